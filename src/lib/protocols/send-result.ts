import type { FetchError } from "./fetch-error.ts";

/**
 * What came of one notification.
 * `accepted`: the endpoint took it. `refused`: it said no, and would say so again. `failed`: try again later.
 */
export interface SendResult {
  readonly outcome: "accepted" | "refused" | "failed";
  /** HTTP status of the endpoint, null when it gave none. */
  readonly status: number | null;
  /** One line for a person: what the endpoint said or what went wrong. */
  readonly message: string;
}

/** Statuses that ask for another try rather than say no; 449 is Vouch's "retry with". */
const retryStatuses: ReadonlySet<number> = new Set([408, 421, 423, 425, 429, 449]);

/** A status other than the one that the protocol counts as success: 4xx says no, the rest may pass. */
export function resultOfStatus(status: number, message: string): SendResult {
  const isRefusal = status >= 400 && status < 500 && !retryStatuses.has(status);
  return { outcome: isRefusal ? "refused" : "failed", status, message };
}

/** No answer at all: what can't change by waiting counts as refused. */
export function resultOfFetchError(error: FetchError): SendResult {
  const outcome = error.isTransient ? "failed" : "refused";
  return { outcome, status: null, message: `${error.code}: ${error.message}` };
}

/** The first line of what an endpoint said, free of control characters, short enough for a table. */
export function firstLine(text: string, maxLength = 120): string {
  const line = text.split(/[\r\n]/).find((part) => part.trim() !== "") ?? "";
  const clean = line.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "").trim();
  return clean.length > maxLength ? `${clean.slice(0, maxLength - 1)}…` : clean;
}
