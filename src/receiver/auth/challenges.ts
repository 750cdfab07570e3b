/** Challenges for passkeys: signed, so that none is stored before it's used; each can be used once. */
import type { ReceiverContext } from "../context.ts";
import { hmacHex, isSameSecret } from "../secrets.ts";
import { countAgainst } from "../store/counters.ts";

export type ChallengePurpose = "register" | "sign-in";

const VALID_MS = 5 * 60_000;

export interface Challenge {
  /** Base64url, for the browser. */
  readonly challenge: string;
  /** Goes with the form and comes back with it. */
  readonly ticket: string;
}

/** A new challenge, valid for five minutes. */
export async function newChallenge(context: ReceiverContext, purpose: ChallengePurpose): Promise<Challenge> {
  const challenge = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");
  const claim = `${context.now() + VALID_MS}.${challenge}`;
  return { challenge, ticket: `${claim}.${await signed(context, purpose, claim)}` };
}

/** The challenge of a ticket that is valid and wasn't used before, else null. */
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
