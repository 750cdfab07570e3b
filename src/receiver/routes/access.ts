/** Management of passkeys and authorized apps. */
import type { Hono } from "hono";
import { moderationWords } from "../../i18n/moderation-words.ts";
import { passkeysOf, registerPasskey, registrationForm, removePasskey } from "../auth/passkeys.ts";
import { endFamily, grantedClients } from "../auth/tokens.ts";
import type { ReceiverContext } from "../context.ts";
import { show, tell, wordsFor, type ReceiverEnv, type ReceiverRequest } from "../http.ts";
import { exceededByClient } from "../limits.ts";
import { formToken, sessionOf, withSessionForm } from "../operator.ts";
import { accessPage } from "../pages/access-page.ts";
import { isSameSecret } from "../secrets.ts";
import { signInAnswer } from "../sign-in.ts";

const PAGE = "/moderate/access";
const MAX_REGISTRATIONS = 10;

/** Adds `/moderate/access` and its actions. */
export function addAccess(app: Hono<ReceiverEnv>, context: ReceiverContext): void {
  const { database, options, now } = context;

  app.get(PAGE, async (c) => await answer(c, null));

  app.post(`${PAGE}/add-passkey`, (c) =>
    withSessionForm(c, context, async (form) => {
      const exceeded = await exceededByClient(context, c.get("clientAddress"), "sign-in", MAX_REGISTRATIONS);
      const words = wordsFor(c);
      if (exceeded !== null)
        return await tell(c, words, 429, words.receiver.notAccepted, words.receiver.later);
      const { wrongToken, notAnAuthor, badPasskey } = moderationWords(words);
      // Require the token, so that a stolen session can't be used to add a passkey.
      if (!(await isSameSecret(form.one("token"), options.token))) return await answer(c, wrongToken, 401);
      const author = form.one("author");
      if (!/^[\p{L}\p{N}_-]{0,60}$/u.test(author)) return await answer(c, notAnAuthor, 400);
      const isAdded = await registerPasskey(context, {
        credential: form.one("credential"),
        ticket: form.one("ticket"),
        name: form.one("name").slice(0, 60) || "Passkey",
        author: author === "" ? null : author,
      });
      return isAdded ? c.redirect(PAGE, 303) : await answer(c, badPasskey, 400);
    }),
  );

  app.post(`${PAGE}/remove-passkey`, (c) =>
    withSessionForm(c, context, async (form) => {
      await removePasskey(database, form.one("id"));
      return c.redirect(PAGE, 303);
    }),
  );

  app.post(`${PAGE}/revoke`, (c) =>
    withSessionForm(c, context, async (form) => {
      await endFamily(database, form.one("id"), now());
      return c.redirect(PAGE, 303);
    }),
  );

  async function answer(c: ReceiverRequest, problem: string | null, status: 200 | 400 | 401 = 200) {
    const session = await sessionOf(c, context);
    if (session === null) return await signInAnswer(c, context, null, PAGE);
    c.set("policy", { hasScript: true, formTargets: [] });
    const page = accessPage(wordsFor(c), {
      passkeys: await passkeysOf(database),
      clients: await grantedClients(context),
      registration: await registrationForm(context),
      formToken: await formToken(session, context),
      problem,
      hasMicropub: context.micropub !== null,
    });
    return await show(c, page, status);
  }
}
