/** Checks a request's access token, its scopes and its rate limit. */
import { bearerOf } from "../auth/bearer.ts";
import { accessTokenBy, type AccessToken } from "../auth/tokens.ts";
import type { ReceiverContext } from "../context.ts";
import type { ReceiverRequest } from "../http.ts";
import { exceededByClient } from "../limits.ts";
import { countAgainst } from "../store/counters.ts";
import { invalid, MicropubError } from "./micropub-error.ts";

/** Maximum requests with one token, and refused requests of one client, in ten minutes. */
const MAX_REQUESTS = 200;
const MAX_REFUSED = 60;
const WINDOW_MS = 10 * 60_000;

/**
 * The access token of a request, from its header or body.
 * @param inBody token in the body, or null for none; undefined before the body is read.
 * @returns null when the token isn't in the header and the body hasn't been read.
 * @throws MicropubError
 */
export async function authorized(
  c: ReceiverRequest,
  context: ReceiverContext,
  inBody: string | null | undefined,
): Promise<AccessToken | null> {
  const inHeader = bearerOf(c);
  // https://www.rfc-editor.org/rfc/rfc6750#section-2
  if (inHeader !== null && typeof inBody === "string")
    throw invalid("The access token is in the header and in the body; one of them is enough");
  if (inHeader === null && inBody === undefined) return null;
  const given = inHeader ?? inBody ?? null;
  if (given === null) throw new MicropubError(401, "unauthorized", "An access token is needed");
  const token = await accessTokenBy(context, given);
  if (token === null) {
    const exceeded = await exceededByClient(context, c.get("clientAddress"), "refused", MAX_REFUSED);
    if (exceeded !== null) throw new MicropubError(429, "forbidden", exceeded.message);
    throw new MicropubError(401, "invalid_token", "The access token isn't valid, or no longer");
  }
  return token;
}

/** Counts a request that changes something. @throws MicropubError */
export async function countRequest({ database, now }: ReceiverContext, token: AccessToken): Promise<void> {
  const limit = { key: `micropub ${token.hash}`, max: MAX_REQUESTS, windowMs: WINDOW_MS };
  if ((await countAgainst(database, [limit], now())) !== null)
    throw new MicropubError(429, "forbidden", "Too many requests; try again in ten minutes");
}

/** @throws MicropubError unless the token has one of the scopes. */
export function needScope(token: AccessToken, ...scopes: readonly string[]): void {
  if (scopes.some((scope) => token.scopes.includes(scope))) return;
  const needed = scopes[0] ?? "";
  throw new MicropubError(401, "insufficient_scope", `The access token has no scope ${needed}`);
}
