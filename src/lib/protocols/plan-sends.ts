import type { Ledger, LedgerRow } from "./sent-ledger.ts";
import type { SentSite, SentSource } from "./sent-sources.ts";

/** Why a target is to be notified. */
export type SendReason =
  /** The post was deleted, with or without a tombstone. */
  | "deleted"
  /** The post has moved to another address. */
  | "moved"
  /** The post no longer has the link. */
  | "removed"
  /** The link was never sent. */
  | "new"
  /** The post has changed. */
  | "changed"
  /** The responses displayed under the post have changed since the last notification (Salmention). */
  | "responses"
  /** The last attempt failed. */
  | "retry"
  /** The page had no endpoint at the last attempt, but may have one now. */
  | "ask-again";

/** Required state of the live page before the target is notified. */
export type Expectation =
  | { readonly kind: "version"; readonly version: string; readonly responses: string | null }
  /** 410, a tombstone, or 404. */
  | { readonly kind: "gone" }
  /** Anything except the post itself. */
  | { readonly kind: "moved" };

/** One notification that is due. */
export interface PlannedSend {
  readonly reason: SendReason;
  /** Site path of the post. */
  readonly path: string;
  /** Absolute URL of the post. */
  readonly source: string;
  readonly target: string;
  readonly expects: Expectation;
  /** State that the target is notified of: a version of the post, or `removed`, `deleted`, `moved`. */
  readonly version: string;
  readonly responsesVersion: string;
  /** Title in a trackback. */
  readonly title: string;
  readonly excerpt: string;
  /** The ledger row, null for a target without an attempt so far. */
  readonly row: LedgerRow | null;
}

export interface SendPlan {
  /** In sending order. */
  readonly sends: readonly PlannedSend[];
  /** Rows of removed links that were never notified. */
  readonly forget: readonly { readonly path: string; readonly target: string }[];
  /** Number of targets that failed or had no endpoint and whose next attempt isn't due yet. */
  readonly waiting: number;
}

export interface PlanOptions {
  readonly now: Date;
  /** Send again when the responses under a post have changed. */
  readonly isSalmention: boolean;
  /** Links of posts published before this instant aren't sent for the first time. */
  readonly since: Date | null;
}

const order: readonly SendReason[] = [
  "deleted",
  "moved",
  "removed",
  "new",
  "changed",
  "responses",
  "retry",
  "ask-again",
];

/** Versions that mean that the link no longer exists. */
const endings: ReadonlySet<string> = new Set(["removed", "deleted", "moved"]);

/** Whether a version means that the link no longer exists, so that its row can be removed after sending. */
export function isEnding(version: string): boolean {
  return endings.has(version);
}

/**
 * Compares the links of the blog's posts with the ledger and lists the notifications that are due: at most one per post
 * and target, and none for the state that the target was last notified of.
 */
export function planSends(site: SentSite, ledger: Ledger, options: PlanOptions): SendPlan {
  const sends: PlannedSend[] = [];
  const forget: { path: string; target: string }[] = [];
  let waiting = 0;
  for (const candidate of candidates(site, ledger)) {
    const { path, target, row } = candidate;
    if (isEnding(candidate.version) && row?.sent === undefined) {
      forget.push({ path, target });
      continue;
    }
    const reason = reasonFor(candidate, options);
    if (reason === "waiting") waiting++;
    else if (reason !== null) sends.push(planned(candidate, reason));
  }
  sends.sort((a, b) => order.indexOf(a.reason) - order.indexOf(b.reason));
  return { sends, forget, waiting };
}

/** State that a target should be notified of. */
interface Candidate {
  readonly path: string;
  readonly source: string;
  readonly target: string;
  readonly version: string;
  readonly post: SentSource | null;
  readonly row: LedgerRow | null;
}

function* candidates(site: SentSite, ledger: Ledger): Generator<Candidate> {
  const present = new Set<string>();
  for (const post of site.sources) {
    const { path, url: source, targets } = post;
    present.add(path);
    const rows = ledger.get(path);
    for (const target of targets) {
      yield { path, source, target, version: post.version, post, row: rows?.get(target) ?? null };
    }
    const linked = new Set(targets);
    for (const [target, row] of rows ?? []) {
      if (!linked.has(target)) yield { path, source, target, version: "removed", post, row };
    }
  }
  for (const [path, rows] of ledger) {
    if (present.has(path)) continue;
    const version = site.moved.has(path) ? "moved" : "deleted";
    for (const [target, row] of rows) {
      yield { path, source: site.absolute(path), target, version, post: null, row };
    }
  }
}

function reasonFor(
  candidate: Candidate,
  { now, isSalmention, since }: PlanOptions,
): SendReason | "waiting" | null {
  const { version, row, post } = candidate;
  if (row === null) return since !== null && post !== null && new Date(post.date) < since ? null : "new";
  if (row.sent === version) {
    const isBehind =
      isSalmention && row.protocol === "webmention" && row.responses !== post?.responsesVersion;
    return isBehind && isDue(row, now) ? "responses" : null;
  }
  if (row.outcome === "unsupported") return dueOr(row, now, "ask-again");
  if (row.tried !== version) return endingReason(version) ?? (row.sent === undefined ? "new" : "changed");
  return row.outcome === "failed" ? dueOr(row, now, "retry") : null;
}

/** Versions that mean an ending are named like their reasons. */
function endingReason(version: string): SendReason | null {
  return order.find((reason) => reason === version && isEnding(reason)) ?? null;
}

function dueOr(row: LedgerRow, now: Date, reason: SendReason): SendReason | "waiting" | null {
  if (row.next === undefined) return null;
  return isDue(row, now) ? reason : "waiting";
}

function isDue(row: LedgerRow, now: Date): boolean {
  return row.next === undefined || new Date(row.next) <= now;
}

function planned({ path, source, target, version, post, row }: Candidate, reason: SendReason): PlannedSend {
  return {
    reason,
    path,
    source,
    target,
    expects: expectationOf(version, post, reason),
    version,
    responsesVersion: post?.responsesVersion ?? "-",
    title: post?.title ?? "",
    excerpt: post?.excerpt ?? "",
    row,
  };
}

function expectationOf(version: string, post: SentSource | null, reason: SendReason): Expectation {
  if (post === null) return { kind: version === "moved" ? "moved" : "gone" };
  return {
    kind: "version",
    version: post.version,
    responses: reason === "responses" ? post.responsesVersion : null,
  };
}
