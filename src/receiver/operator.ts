/** Who may moderate: a bearer token for programs, a session cookie for the moderation page. */
import { getCookie } from "hono/cookie";
import { moderationWords } from "../i18n/moderation-words.ts";
import { bearerOf } from "./auth/bearer.ts";
import { passkeyBy, type Passkey } from "./auth/passkeys.ts";
import type { ReceiverContext } from "./context.ts";
import { readForm, tell, wordsFor, type FormFields, type ReceiverRequest } from "./http.ts";
import { isWithinLimit } from "./limits.ts";
import { hmacHex, isSameSecret } from "./secrets.ts";
import { signInAnswer } from "./sign-in.ts";

/** `__Host-` where the receiver is reached by https: then no other site of the domain can set it. */
export function sessionCookieName(url: string): string {
  return url.startsWith("https:") ? "__Host-session" : "session";
}

export const SESSION_SECONDS = 14 * 24 * 60 * 60;

/** Wrong tokens of one client in ten minutes; after them the right one isn't taken either. */
const MAX_WRONG_TOKENS = 60;

/**
 * Whether a request carries the operator's token in `Authorization`. A client that guesses is refused whatever it
 * sends, so that it can't find the token here faster than by signing in.
 */
export async function isOperator(c: ReceiverRequest, context: ReceiverContext): Promise<boolean> {
  const given = bearerOf(c);
  if (given === null) return false;
  const isRight = await isSameSecret(given, context.options.token);
  const client = c.get("clientAddress");
  return (await isWithinLimit(context, client, "wrong-token", MAX_WRONG_TOKENS, !isRight)) && isRight;
}

/** A person who signed in on a page. */
export interface Session {
  /** Value of the cookie. */
  readonly value: string;
  /** With which it began; null for the token. */
  readonly passkey: Passkey | null;
}

/**
 * A session that ends by itself: its end, signed with the operator's token, so that a new token ends all sessions.
 * @param passkeyId with which it begins; null for the token.
 */
export async function newSession(
  { options, now, random }: ReceiverContext,
  passkeyId: string | null,
): Promise<string> {
  const claim = `${now() + SESSION_SECONDS * 1000}.${random()}.${passkeyId ?? ""}`;
  return `${claim}.${await hmacHex(options.token, `session ${claim}`)}`;
}

/** The session of a request when it's valid, else null. It ends with the passkey that began it. */
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

/** Stands in each form of a session, against requests that another site makes in the operator's name. */
export async function formToken({ value }: Session, { options }: ReceiverContext): Promise<string> {
  return await hmacHex(options.token, `form ${value}`);
}

/** Runs an action for a session whose form it came from; the cookie alone doesn't do. */
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
