/** Single-use challenges for passkeys. They're signed, so that only used ones have to be stored. */
import type { ReceiverContext } from "../context.ts";
import { hmacHex, isSameSecret } from "../secrets.ts";
import { countAgainst } from "../store/counters.ts";

export type ChallengePurpose = "register" | "sign-in";

const VALID_MS = 5 * 60_000;

export interface Challenge {
  /** Base64url, for the browser. */
  readonly challenge: string;
  /** Signed challenge with its expiry time, returned with the form. */
  readonly ticket: string;
}

/** A new challenge, valid for five minutes. */
export async function newChallenge(context: ReceiverContext, purpose: ChallengePurpose): Promise<Challenge> {
  const challenge = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");
  const claim = `${context.now() + VALID_MS}.${challenge}`;
  return { challenge, ticket: `${claim}.${await signed(context, purpose, claim)}` };
}

/** Uses up a ticket. @returns its challenge; null when the ticket is invalid, expired or already used. */
export async function takeChallenge(
  context: ReceiverContext,
  purpose: ChallengePurpose,
  ticket: string,
): Promise<string | null> {
  const [end = "", challenge = "", signature = ""] = ticket.split(".");
  if (!/^\d+$/.test(end) || Number(end) <= context.now()) return null;
  const expected = await signed(context, purpose, `${end}.${challenge}`);
  if (!(await isSameSecret(signature, expected))) return null;
  const once = { key: `challenge ${challenge}`, max: 1, windowMs: 2 * VALID_MS };
  return (await countAgainst(context.database, [once], context.now())) === null ? challenge : null;
}

function signed({ options }: ReceiverContext, purpose: ChallengePurpose, claim: string): Promise<string> {
  return hmacHex(options.token, `challenge ${purpose} ${claim}`);
}
