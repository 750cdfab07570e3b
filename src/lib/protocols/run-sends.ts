import { forEachByHost } from "./group-by-host.ts";
import { createDiscoverer } from "./discover.ts";
import { FetchError } from "./fetch-error.ts";
import type { GuardedClient } from "./guarded-fetch.ts";
import type { LivePage } from "./live-page.ts";
import { checkLivePage } from "./live-page.ts";
import type { PlannedSend } from "./plan-sends.ts";
import { isEnding } from "./plan-sends.ts";
import type { Attempt } from "./send-outcome.ts";
import { attemptOfFetchError, attemptOfNothing, attemptOfResult, rowAfter } from "./send-outcome.ts";
import { sendNotice } from "./send.ts";
import type { LedgerRow } from "./sent-ledger.ts";

/** Result of a planned notification. */
export interface SendReport {
  readonly send: PlannedSend;
  /**
   * `kept`: nothing was sent, because a pingback or trackback can't be updated. `not-live`: the new state isn't
   * deployed yet. `not-linked`: it is, but the page lacks the link or still has a removed one; retried later.
   */
  readonly outcome: LedgerRow["outcome"] | "kept" | "not-live" | "not-linked";
  readonly protocol: LedgerRow["protocol"] | null;
  readonly endpoint: string | null;
  readonly message: string;
  /** Time of the next attempt, ISO 8601, or null. */
  readonly next: string | null;
}

export interface RunOptions {
  readonly client: GuardedClient;
  readonly blogName: string;
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
  /** Total time to wait for the deployment. */
  readonly waitMs: number;
  /** Interval at which pages that aren't live yet are checked again. */
  readonly pollMs: number;
  /** Called before each pause while waiting for a deployment. */
  readonly onWait: (posts: number, reason: string) => void;
  /**
   * Called after each notification with the new ledger row: null removes the target's row, undefined leaves it
   * unchanged. An error thrown here ends the run.
   */
  readonly onReport: (report: SendReport, row: LedgerRow | null | undefined) => void;
}

/**
 * Executes a plan: waits until each post's live page is in the expected state, then discovers and notifies each target.
 * Posts that don't become live in time are reported as `not-live`.
 */
export async function runSends(sends: readonly PlannedSend[], options: RunOptions): Promise<void> {
  const { client, now, sleep, waitMs, pollMs } = options;
  const discover = createDiscoverer(client, now);
  const deadline = now().getTime() + waitMs;
  let pending: readonly (readonly PlannedSend[])[] = groupBySource(sends);
  for (;;) {
    const waiting: { group: readonly PlannedSend[]; obstacle: string }[] = [];
    const ready: { send: PlannedSend; page: LivePage }[] = [];
    for (const group of pending) {
      const page = await checkGroupPage(group, client);
      if (page.obstacle === null) ready.push(...group.map((send) => ({ send, page })));
      else waiting.push({ group, obstacle: page.obstacle });
    }
    await forEachByHost(
      ready,
      ({ send }) => send.target,
      ({ send, page }) => notify(send, page, options, discover),
    );
    const [first] = waiting;
    if (first === undefined) return;
    if (now().getTime() + pollMs > deadline) {
      for (const { group, obstacle } of waiting) {
        for (const send of group) options.onReport(unsent(send, "not-live", obstacle), undefined);
      }
      return;
    }
    options.onWait(waiting.length, first.obstacle);
    await sleep(pollMs);
    pending = waiting.map(({ group }) => group);
  }
}

function groupBySource(sends: readonly PlannedSend[]): readonly (readonly PlannedSend[])[] {
  return [...Map.groupBy(sends, ({ source, expects }) => JSON.stringify([source, expects])).values()];
}

async function checkGroupPage(group: readonly PlannedSend[], client: GuardedClient): Promise<LivePage> {
  const [first] = group;
  if (first === undefined) return { obstacle: null, linksTo: () => false };
  return checkLivePage(first.source, first.expects, client);
}

type Discover = ReturnType<typeof createDiscoverer>;

async function notify(
  send: PlannedSend,
  page: LivePage,
  options: RunOptions,
  discover: Discover,
): Promise<void> {
  const problem = linkProblem(send, page);
  const attempt = problem === null ? await attemptAt(send, options, discover) : failedAttempt(problem);
  const done = attempt === "kept" ? keptAttempt(send) : attempt;
  const row = rowAfter(send, done, options.now());
  const outcome = problem !== null ? "not-linked" : attempt === "kept" ? "kept" : done.outcome;
  const { protocol = null, endpoint = null, message } = done;
  options.onReport({ send, outcome, protocol, endpoint, message, next: row?.next ?? null }, row);
}

/** Compares the live page with the notification: receivers refuse notifications that contradict it. */
function linkProblem({ expects, version, target }: PlannedSend, page: LivePage): string | null {
  if (expects.kind !== "version" || page.linksTo(target) !== isEnding(version)) return null;
  return isEnding(version) ? "the live page still has the link" : "the live page has no such link";
}

function failedAttempt(message: string): Attempt {
  return { outcome: "failed", protocol: undefined, endpoint: undefined, message };
}

function keptAttempt({ row }: PlannedSend): Attempt {
  const message = "pingbacks and trackbacks can't be updated";
  return { outcome: "accepted", protocol: row?.protocol, endpoint: row?.endpoint, message };
}

/** Makes one attempt. Only webmention supports updates: a second pingback or trackback would be a duplicate. */
async function attemptAt(
  send: PlannedSend,
  { client, blogName }: RunOptions,
  discover: Discover,
): Promise<Attempt | "kept"> {
  const { source, target, title, excerpt } = send;
  try {
    const { found, status } = await discover(target);
    const isKnown = send.row?.sent !== undefined;
    if (found === null) return attemptOfNothing(status);
    if (isKnown && found.protocol !== "webmention") return "kept";
    return attemptOfResult(
      found,
      await sendNotice(found, { source, target, title, excerpt, blogName }, client),
    );
  } catch (error) {
    if (error instanceof FetchError) return attemptOfFetchError(error);
    throw error;
  }
}

function unsent(send: PlannedSend, outcome: "not-live" | "not-linked", message: string): SendReport {
  return { send, outcome, protocol: null, endpoint: null, message, next: null };
}
