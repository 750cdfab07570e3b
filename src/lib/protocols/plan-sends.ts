import type { Ledger, LedgerRow } from "./sent-ledger.ts";
import type { SentSite, SentSource } from "./sent-sources.ts";

/** Why a target is to be notified. */
export type SendReason =
  /** The post has gone without a trace, or left a tombstone. */
  | "deleted"
  /** The post has moved to another address. */
  | "moved"
  /** The link is no longer in the post. */
  | "removed"
  /** The link is there for the first time. */
  | "new"
  /** The post has changed. */
  | "changed"
  /** The post shows other responses than when it was sent (Salmention). */
  | "responses"
  /** The last try failed. */
  | "retry"
  /** The page offered no way to be notified; perhaps it does by now. */
  | "ask-again";

/** Required state of the live page before the target is notified. */
export type Expectation =
  | { readonly kind: "version"; readonly version: string; readonly responses: string | null }
  /** 410, a tombstone, or 404. */
  | { readonly kind: "gone" }
  /** Anything but the post itself. */
  | { readonly kind: "moved" };

/** One notification that is due. */
export interface PlannedSend {
  readonly reason: SendReason;
  /** Site path of the post. */
  readonly path: string;
  /** Absolute address of the post. */
  readonly source: string;
  readonly target: string;
  readonly expects: Expectation;
  /** State that the target is notified of: a version of the post, or `removed`, `deleted`, `moved`. */
  readonly version: string;
  readonly responsesVersion: string;
  /** Content of a trackback. */
  readonly title: string;
  readonly excerpt: string;
  /** The remembered row, null for a target that has never been tried. */
  readonly row: LedgerRow | null;
}

export interface SendPlan {
  /** In the order in which they are to be sent. */
  readonly sends: readonly PlannedSend[];
  /** Rows of removed links that were never notified. */
  readonly forget: readonly { readonly path: string; readonly target: string }[];
  /** Failed ones whose next try isn't due yet. */
  readonly waiting: number;
}

export interface PlanOptions {
  readonly now: Date;
  /** Tell again when the responses under a post have changed. */
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

/** Versions that stand for "the link isn't there any more". */
const endings: ReadonlySet<string> = new Set(["removed", "deleted", "moved"]);

/** Whether a version means that the link isn't there any more, after which its row can be forgotten. */
export function isEnding(version: string): boolean {
  return endings.has(version);
}

/**
 * Compares what the blog's posts link to with what was sent, and lists what is due: no pair of post and target
 * twice, and none whose target already knows the present state.
 */
export function planSends(site: SentSite, ledger: Ledger, options: PlanOptions): SendPlan {
  const sends: PlannedSend[] = [];
  const forget: { path: string; target: string }[] = [];
  let waiting = 0;
  for (const wish of wishes(site, ledger)) {
    const { path, target, row } = wish;
    if (isEnding(wish.version) && row?.sent === undefined) {
      forget.push({ path, target });
      continue;
    }
    const reason = reasonFor(wish, options);
    if (reason === "waiting") waiting++;
    else if (reason !== null) sends.push(planned(wish, reason));
  }
  sends.sort((a, b) => order.indexOf(a.reason) - order.indexOf(b.reason));
  return { sends, forget, waiting };
}

/** State that a target should be notified of. */
interface Wish {
  readonly path: string;
  readonly source: string;
  readonly target: string;
  readonly version: string;
  readonly post: SentSource | null;
  readonly row: LedgerRow | null;
}

function* wishes(site: SentSite, ledger: Ledger): Generator<Wish> {
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

function reasonFor(wish: Wish, { now, isSalmention, since }: PlanOptions): SendReason | "waiting" | null {
  const { version, row, post } = wish;
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

/** The version of an ending is its reason. */
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

function planned({ path, source, target, version, post, row }: Wish, reason: SendReason): PlannedSend {
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
