/**
 * Exit codes of commands, so that a scheduled job can distinguish "retry later" from "needs attention". The numbers
 * are stable: scripts depend on them.
 */
export const exitCodes = {
  /** Done, or nothing to do. */
  ok: 0,
  /** Unexpected error. */
  failure: 1,
  /** Wrong usage: unknown command, option or value. */
  usage: 2,
  /** An error in `content/` that the author can fix; reported with file and line. */
  contentMistake: 3,
  /** Some addresses failed; the next run retries them. */
  partial: 4,
  /** The live page doesn't show the new content yet, so nothing was sent for it. Run again after the deployment. */
  notLive: 5,
  /** `discover`: the page accepts no notifications. */
  noEndpoint: 6,
  /** A required setting is missing from site.yaml, or a token from the environment. */
  notConfigured: 7,
  /** The service could not be reached: no network, unknown host name, connection refused. */
  unreachable: 10,
  /** The service answered with 5xx. */
  serverError: 11,
  /** The service took too long. */
  timeout: 12,
  /** The answer is truncated or doesn't match the API. */
  badAnswer: 13,
  /** The answer is larger than the limit. */
  tooLarge: 14,
  /** The service limits requests: 429 or an exhausted quota. */
  rateLimit: 15,
  /** The service refuses the token: 401 or 403. */
  tokenRefused: 16,
  /** Stopped with Ctrl+C at a question; nothing was changed. */
  cancelled: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
