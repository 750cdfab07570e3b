/** Asking the operator to sign in, on any page that needs it. */
import { passkeysOf, signInForm } from "./auth/passkeys.ts";
import type { ReceiverContext } from "./context.ts";
import { show, wordsFor, type ReceiverRequest } from "./http.ts";
import { signInPage } from "./pages/sign-in-page.ts";

const HOME = "/moderate";

/** The sign-in page, with a passkey when there is one. @param next path that is shown afterwards. */
export async function signInAnswer(
  c: ReceiverRequest,
  context: ReceiverContext,
  problem: string | null,
  next = HOME,
): Promise<Response> {
  const hasPasskeys = (await passkeysOf(context.database)).length > 0;
  c.set("policy", { hasScript: true, formTargets: [] });
  c.header("cache-control", "no-store");
  const passkey = hasPasskeys ? await signInForm(context) : null;
  return await show(c, signInPage(wordsFor(c), { problem, passkey, next }), 401);
}

/** A path of the receiver's own that a form names, else the moderation page. */
export function safeNext(next: string, receiver: string): string {
  const isPath = /^\/(?:auth\?|moderate(?:\/access)?$)/.test(next) && !/[\\\s]/.test(next);
  return isPath && URL.parse(next, receiver)?.origin === new URL(receiver).origin ? next : HOME;
}
