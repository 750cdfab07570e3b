import type { Discovery } from "./discover.ts";
import type { FetchError } from "./fetch-error.ts";
import type { PlannedSend } from "./plan-sends.ts";
import { isEnding } from "./plan-sends.ts";
import type { SendResult } from "./send-result.ts";
import type { LedgerRow } from "./sent-ledger.ts";

const HOUR_MS = 3_600_000;

/** Pauses after the first, second … failure; after the last one it's given up until the post changes. */
const RETRY_HOURS: readonly number[] = [1, 12, 48, 120];

/** First pause before a page without an endpoint is asked again; each further pause is twice as long. */
const ASK_AGAIN_HOURS = 30 * 24;

/** Result of an attempt, before it is recorded. */
export interface Attempt {
  readonly outcome: LedgerRow["outcome"];
  readonly protocol: LedgerRow["protocol"];
  readonly endpoint: string | undefined;
  readonly message: string;
}

/** A try that ended with an answer of the endpoint. */
export function attemptOfResult(found: NonNullable<Discovery["found"]>, result: SendResult): Attempt {
  const { protocol, endpoint } = found;
  return { outcome: result.outcome, protocol, endpoint, message: result.message };
}

/** A page that could not be asked. What can't change by waiting is as good as no endpoint. */
export function attemptOfFetchError(error: FetchError): Attempt {
  const outcome = error.isTransient ? "failed" : "unsupported";
  return { outcome, protocol: undefined, endpoint: undefined, message: `${error.code}: ${error.message}` };
}

/** A page without an endpoint; a server in trouble (5xx, 429) may have one at another time. */
export function attemptOfNothing(status: number): Attempt {
  const isTrouble = status >= 500 || status === 429 || status === 408;
  const message =
    status === 200 ? "offers no way to be notified" : `HTTP ${status}, offers no way to be notified`;
  return { outcome: isTrouble ? "failed" : "unsupported", protocol: undefined, endpoint: undefined, message };
}

/**
 * The row to remember after a try, or null when the target can be dropped: it was notified that the link is
 * gone, or refuses to hear it, or there is no further try.
 */
export function rowAfter(send: PlannedSend, attempt: Attempt, now: Date): LedgerRow | null {
  const { row, version, responsesVersion } = send;
  const isSameTry = row !== null && row.tried === version && row.outcome !== "accepted";
  const tries = isSameTry ? row.tries + 1 : 1;
  const pause = pauseHours(attempt.outcome, tries);
  if (isEnding(version) && (attempt.outcome !== "failed" || pause === null)) return null;
  const isAccepted = attempt.outcome === "accepted";
  const isDone = isAccepted || (send.reason === "responses" && pause === null);
  const known = isDone ? responsesVersion : row?.responses;
  return {
    outcome: attempt.outcome,
    protocol: attempt.protocol ?? row?.protocol,
    endpoint: attempt.endpoint ?? row?.endpoint,
    sent: isAccepted ? version : row?.sent,
    responses: known,
    tried: version,
    tries,
    at: now.toISOString(),
    next: pause === null ? undefined : new Date(now.getTime() + pause * HOUR_MS).toISOString(),
    message: attempt.message,
  };
}

/** Hours until the next try, or null when there is none. */
function pauseHours(outcome: LedgerRow["outcome"], tries: number): number | null {
  if (outcome === "failed") return RETRY_HOURS[tries - 1] ?? null;
  if (outcome === "unsupported") return ASK_AGAIN_HOURS * 2 ** Math.min(tries - 1, 6);
  return null;
}

/** The row of a link that its author doesn't want to be sent: as if the target knew it. */
export function rowAssumed({ version, responsesVersion }: PlannedSend, now: Date): LedgerRow {
  return {
    outcome: "accepted",
    sent: version,
    responses: responsesVersion,
    tried: version,
    tries: 0,
    at: now.toISOString(),
    message: "taken as sent",
  };
}
