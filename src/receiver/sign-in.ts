/** The sign-in page, shown instead of any page that requires a session. */
import { passkeysOf, signInForm } from "./auth/passkeys.ts";
import type { ReceiverContext } from "./context.ts";
import { show, wordsFor, type ReceiverRequest } from "./http.ts";
import { signInPage } from "./pages/sign-in-page.ts";

const HOME = "/moderate";

/** Responds with the sign-in page, with passkeys if any are registered. @param next path to redirect to afterwards. */
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

/** Validates the path to redirect to, so that it can't lead to another site; defaults to the moderation page. */
export function safeNext(next: string, receiver: string): string {
  const isPath = /^\/(?:auth\?|moderate(?:\/access)?$)/.test(next) && !/[\\\s]/.test(next);
  return isPath && URL.parse(next, receiver)?.origin === new URL(receiver).origin ? next : HOME;
}
