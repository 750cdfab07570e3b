/**
 * What a command of `npm run responses` ends with, so that a scheduled job can tell "try again later" from "somebody
 * must look". Numbers are stable: scripts depend on them.
 */
export const exitCodes = {
  /** Done, or nothing was to be done. */
  ok: 0,
  /** A fault of the program. */
  failure: 1,
  /** Unknown command or option. */
  usage: 2,
  /** A mistake in `content/` that its author can fix; reported with file and line. */
  contentMistake: 3,
  /** Something was sent or looked at, but some addresses failed; the next run tries them again. */
  partial: 4,
  /** The live page doesn't show the new content yet; nothing was sent for it. Run again after the deployment. */
  notLive: 5,
  /** `discover`: the page offers no way to be notified. */
  noEndpoint: 6,
  /** The setting that the command needs is missing from site.yaml, or a token from the environment. */
  notConfigured: 7,
  /** The service could not be reached: no network, no such name, connection refused. */
  unreachable: 10,
  /** The service answered with 5xx. */
  serverError: 11,
  /** The service took too long. */
  timeout: 12,
  /** The answer is truncated or isn't what the API promises. */
  badAnswer: 13,
  /** The answer is larger than the limit. */
  tooLarge: 14,
  /** The service asks to wait: 429 or an exhausted quota. */
  rateLimit: 15,
  /** The service refuses the token: 401 or 403. */
  tokenRefused: 16,
  /** Stopped with Ctrl+C at a question; nothing was changed. */
  cancelled: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
