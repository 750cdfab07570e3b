import type { FetchErrorCode } from "../../lib/protocols/fetch-error.ts";
import type { ExitCode } from "./exit-codes.ts";
import { exitCodes } from "./exit-codes.ts";

/** The exit code for a failed request that a command can't continue without. */
export function exitCodeOfFetchError(code: FetchErrorCode): ExitCode {
  switch (code) {
    case "bad-url":
    case "bad-scheme":
    case "credentials":
    case "blocked-port":
    case "blocked-address":
      return exitCodes.usage;
    case "dns":
    case "network":
    case "aborted":
      return exitCodes.unreachable;
    case "timeout":
      return exitCodes.timeout;
    case "too-large":
      return exitCodes.tooLarge;
    case "too-many-redirects":
    case "bad-redirect":
    case "bad-encoding":
    case "content-type":
    case "too-complex":
      return exitCodes.badAnswer;
  }
}
