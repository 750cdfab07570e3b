import type { Discovery } from "./discover.ts";
import type { FetchError } from "./fetch-error.ts";
import type { PlannedSend } from "./plan-sends.ts";
import { isEnding } from "./plan-sends.ts";
import type { SendResult } from "./send-result.ts";
import type { LedgerRow } from "./sent-ledger.ts";

const HOUR_MS = 3_600_000;

/** Pauses after the first, second … failure. After the last one, there is no retry until the post changes. */
const RETRY_HOURS: readonly number[] = [1, 12, 48, 120];

/** Pause before a page without an endpoint is fetched again; doubles with each attempt, up to 64 times. */
const ASK_AGAIN_HOURS = 30 * 24;

/** Result of an attempt, before it is recorded. */
export interface Attempt {
  readonly outcome: LedgerRow["outcome"];
  readonly protocol: LedgerRow["protocol"];
  readonly endpoint: string | undefined;
  readonly message: string;
}

/** Attempt for which the endpoint returned a result. */
export function attemptOfResult(found: NonNullable<Discovery["found"]>, result: SendResult): Attempt {
  const { protocol, endpoint } = found;
  return { outcome: result.outcome, protocol, endpoint, message: result.message };
}

/** Attempt for a page that couldn't be fetched. Permanent errors are treated like a missing endpoint. */
export function attemptOfFetchError(error: FetchError): Attempt {
  const outcome = error.isTransient ? "failed" : "unsupported";
  return { outcome, protocol: undefined, endpoint: undefined, message: `${error.code}: ${error.message}` };
}

/** Attempt for a page without an endpoint. With a status of 5xx, 408 or 429 it counts as a temporary failure. */
export function attemptOfNothing(status: number): Attempt {
  const isTrouble = status >= 500 || status === 429 || status === 408;
  const message =
    status === 200 ? "offers no way to be notified" : `HTTP ${status}, offers no way to be notified`;
  return { outcome: isTrouble ? "failed" : "unsupported", protocol: undefined, endpoint: undefined, message };
}

/**
 * Returns the ledger row after an attempt. Null removes the target: the link no longer exists, and the target accepted
 * or refused the notification, or there is no further retry.
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

/** Returns the hours until the next attempt, or null if there is none. */
function pauseHours(outcome: LedgerRow["outcome"], tries: number): number | null {
  if (outcome === "failed") return RETRY_HOURS[tries - 1] ?? null;
  if (outcome === "unsupported") return ASK_AGAIN_HOURS * 2 ** Math.min(tries - 1, 6);
  return null;
}

/** Row that marks a link as already sent, for links that the author doesn't want to send. */
export function rowAssumed({ version, responsesVersion }: PlannedSend, now: Date): LedgerRow {
  return {
    outcome: "accepted",
    sent: version,
    responses: responsesVersion,
    tried: version,
    tries: 0,
    at: now.toISOString(),
    message: "marked as sent",
  };
}
