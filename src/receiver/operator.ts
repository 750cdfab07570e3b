/** Authentication of the operator: a bearer token for programs, a session cookie for the moderation page. */
import { getCookie } from "hono/cookie";
import { moderationWords } from "../i18n/moderation-words.ts";
import { bearerOf } from "./auth/bearer.ts";
import { passkeyBy, type Passkey } from "./auth/passkeys.ts";
import type { ReceiverContext } from "./context.ts";
import { readForm, tell, wordsFor, type FormFields, type ReceiverRequest } from "./http.ts";
import { isWithinLimit } from "./limits.ts";
import { hmacHex, isSameSecret } from "./secrets.ts";
import { signInAnswer } from "./sign-in.ts";

/** Name of the session cookie: with `__Host-` over https, so that other hosts of the domain can't set it. */
export function sessionCookieName(url: string): string {
  return url.startsWith("https:") ? "__Host-session" : "session";
}

export const SESSION_SECONDS = 14 * 24 * 60 * 60;

/** Maximum wrong tokens of one client in ten minutes; beyond it even the right token is refused. */
const MAX_WRONG_TOKENS = 60;

/**
 * Whether a request has the operator's token in `Authorization`. After too many wrong tokens, a client is refused even
 * with the right one, so that guessing isn't faster here than by signing in.
 */
export async function isOperator(c: ReceiverRequest, context: ReceiverContext): Promise<boolean> {
  const given = bearerOf(c);
  if (given === null) return false;
  const isRight = await isSameSecret(given, context.options.token);
  const client = c.get("clientAddress");
  return (await isWithinLimit(context, client, "wrong-token", MAX_WRONG_TOKENS, !isRight)) && isRight;
}

/** A valid session of the operator. */
export interface Session {
  /** Value of the cookie. */
  readonly value: string;
  /** Passkey used to sign in; null for the token. */
  readonly passkey: Passkey | null;
}

/**
 * Creates the cookie value of a session: its expiry time, signed with the operator's token, so that a new token
 * invalidates all sessions.
 * @param passkeyId passkey used to sign in; null for the token.
 */
export async function newSession(
  { options, now, random }: ReceiverContext,
  passkeyId: string | null,
): Promise<string> {
  const claim = `${now() + SESSION_SECONDS * 1000}.${random()}.${passkeyId ?? ""}`;
  return `${claim}.${await hmacHex(options.token, `session ${claim}`)}`;
}

/** The valid session of a request, else null. Removing its passkey ends the session. */
export async function sessionOf(c: ReceiverRequest, context: ReceiverContext): Promise<Session | null> {
  const { options, now, database } = context;
  const value = getCookie(c, sessionCookieName(options.url)) ?? "";
  const [end = "", id = "", passkeyId = "", signature = ""] = value.split(".");
  if (!/^\d+$/.test(end) || Number(end) <= now()) return null;
  const expected = await hmacHex(options.token, `session ${end}.${id}.${passkeyId}`);
  if (!(await isSameSecret(signature, expected))) return null;
  if (passkeyId === "") return { value, passkey: null };
  const passkey = await passkeyBy(database, passkeyId);
  return passkey === null ? null : { value, passkey };
}

/** Token for the forms of a session, against cross-site request forgery. */
export async function formToken({ value }: Session, { options }: ReceiverContext): Promise<string> {
  return await hmacHex(options.token, `form ${value}`);
}

/** Reads a form and runs an action if the session and the form's token are valid. */
export async function withSessionForm(
  c: ReceiverRequest,
  context: ReceiverContext,
  action: (form: FormFields, session: Session) => Promise<Response>,
): Promise<Response> {
  const session = await sessionOf(c, context);
  const words = wordsFor(c);
  const { signInAgain } = moderationWords(words);
  if (session === null) return await signInAnswer(c, context, signInAgain);
  const form = await readForm(c);
  const isOurs = await isSameSecret(form.one("form-token"), await formToken(session, context));
  return isOurs
    ? await action(form, session)
    : await tell(c, words, 403, words.receiver.notAccepted, signInAgain);
}
