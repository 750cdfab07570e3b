/** Who may moderate: a bearer token for programs, a session cookie for the moderation page. */
import { getCookie } from "hono/cookie";
import type { ReceiverContext } from "./context.ts";
import type { ReceiverRequest } from "./http.ts";
import { hmacHex, isSameSecret } from "./secrets.ts";

/** `__Host-` where the receiver is reached by https: then no other site of the domain can set it. */
export function sessionCookieName(url: string): string {
  return url.startsWith("https:") ? "__Host-session" : "session";
}

export const SESSION_SECONDS = 14 * 24 * 60 * 60;

/** Whether a request carries the operator's token in `Authorization`. */
export async function isOperator(c: ReceiverRequest, { options }: ReceiverContext): Promise<boolean> {
  const given = /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  return given !== undefined && (await isSameSecret(given, options.token));
}

/** A session that ends by itself: its end, signed with the operator's token, so that a new token ends all sessions. */
export async function newSession({ options, now, random }: ReceiverContext): Promise<string> {
  const claim = `${now() + SESSION_SECONDS * 1000}.${random()}`;
  return `${claim}.${await hmacHex(options.token, `session ${claim}`)}`;
}

/** The session of a request when it's valid, else null. */
export async function sessionOf(
  c: ReceiverRequest,
  { options, now }: ReceiverContext,
): Promise<string | null> {
  const cookie = getCookie(c, sessionCookieName(options.url)) ?? "";
  const [end = "", id = "", signature = ""] = cookie.split(".");
  if (!/^\d+$/.test(end) || Number(end) <= now()) return null;
  const expected = await hmacHex(options.token, `session ${end}.${id}`);
  return (await isSameSecret(signature, expected)) ? cookie : null;
}

/** Stands in each form of a session, against requests that another site makes in the operator's name. */
export async function formToken(session: string, { options }: ReceiverContext): Promise<string> {
  return await hmacHex(options.token, `form ${session}`);
}
