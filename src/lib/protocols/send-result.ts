import type { FetchError } from "./fetch-error.ts";

/**
 * Result of one notification.
 * `accepted`: the endpoint accepted it. `refused`: it was rejected, and a retry won't help. `failed`: retry later.
 */
export interface SendResult {
  readonly outcome: "accepted" | "refused" | "failed";
  /** HTTP status of the endpoint, null without a response. */
  readonly status: number | null;
  /** One human-readable line: the endpoint's message or the error. */
  readonly message: string;
}

/** 4xx statuses after which a retry may succeed; 449 is Vouch's "retry with". */
const retryStatuses: ReadonlySet<number> = new Set([408, 421, 423, 425, 429, 449]);

/** Result for a non-success status: 4xx is a refusal unless a retry may succeed; all others are temporary. */
export function resultOfStatus(status: number, message: string): SendResult {
  const isRefusal = status >= 400 && status < 500 && !retryStatuses.has(status);
  return { outcome: isRefusal ? "refused" : "failed", status, message };
}

/** Result for a request without a response: permanent errors count as refused. */
export function resultOfFetchError(error: FetchError): SendResult {
  const outcome = error.isTransient ? "failed" : "refused";
  return { outcome, status: null, message: `${error.code}: ${error.message}` };
}

/** Returns the first non-empty line of an endpoint's message, without control characters, cut to fit a table. */
export function firstLine(text: string, maxLength = 120): string {
  const line = text.split(/[\r\n]/).find((part) => part.trim() !== "") ?? "";
  const clean = line.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "").trim();
  return clean.length > maxLength ? `${clean.slice(0, maxLength - 1)}…` : clean;
}
