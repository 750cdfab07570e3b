/** The moderation page, which requires a passkey or the operator's token. */
import type { Hono } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import { moderationWords } from "../../i18n/moderation-words.ts";
import type { ResponseStatus } from "../../lib/responses/model.ts";
import { signedBy } from "../auth/passkeys.ts";
import type { ReceiverContext } from "../context.ts";
import { readForm, sentence, show, tell, wordsFor, type ReceiverEnv } from "../http.ts";
import { exceededByClient } from "../limits.ts";
import { moderate } from "../moderate.ts";
import {
  formToken,
  newSession,
  SESSION_SECONDS,
  sessionCookieName,
  sessionOf,
  withSessionForm,
} from "../operator.ts";
import { LISTED, moderationPage, type Listed } from "../pages/moderation-pages.ts";
import { isSameSecret } from "../secrets.ts";
import { safeNext, signInAnswer } from "../sign-in.ts";
import { countByStatus, responsesIn } from "../store/responses.ts";
import { domainFrom, RULE_ACTIONS, rulesOf, setRule } from "../store/rules.ts";

const PER_PAGE = 50;
const MAX_SIGN_INS = 10;

/** Adds `/moderate` and its actions. */
export function addModeration(app: Hono<ReceiverEnv>, context: ReceiverContext): void {
  const { options, database } = context;
  const cookie = sessionCookieName(options.url);
  const isHttps = options.url.startsWith("https:");
  const cookieOptions = { path: "/", httpOnly: true, sameSite: "Strict", secure: isHttps } as const;

  app.use("/moderate/*", async (c, next) => {
    await next();
    c.header("cache-control", "no-store");
    c.header("referrer-policy", "no-referrer");
  });

  app.get("/moderate", async (c) => {
    const session = await sessionOf(c, context);
    if (session === null) return await signInAnswer(c, context, null);
    const shown = listedOf(c.req.query("status"));
    const page = pageOf(c.req.query("page") ?? "");
    const found = await responsesIn(database, shown, PER_PAGE + 1, (page - 1) * PER_PAGE);
    return await show(
      c,
      moderationPage({
        words: wordsFor(c),
        shown,
        counts: await countByStatus(database),
        responses: found.slice(0, PER_PAGE),
        rules: await rulesOf(database),
        formToken: await formToken(session, context),
        page,
        hasMore: found.length > PER_PAGE,
      }),
    );
  });

  app.post("/moderate/sign-in", async (c) => {
    const exceeded = await exceededByClient(context, c.get("clientAddress"), "sign-in", MAX_SIGN_INS);
    const words = wordsFor(c);
    if (exceeded !== null) return await tell(c, words, 429, words.receiver.notAccepted, words.receiver.later);
    const form = await readForm(c);
    const next = safeNext(form.one("next"), options.url);
    const credential = form.one("credential");
    const passkey =
      credential === "" ? null : await signedBy(context, { credential, ticket: form.one("ticket") });
    if (credential !== "" && passkey === null)
      return await signInAnswer(c, context, moderationWords(words).unknownPasskey, next);
    if (passkey === null && !(await isSameSecret(form.one("token"), options.token)))
      return await signInAnswer(c, context, moderationWords(words).wrongToken, next);
    const session = await newSession(context, passkey?.id ?? null);
    setCookie(c, cookie, session, { ...cookieOptions, maxAge: SESSION_SECONDS });
    return c.redirect(next, 303);
  });

  app.post("/moderate/sign-out", (c) =>
    withSessionForm(c, context, async () => {
      deleteCookie(c, cookie, cookieOptions);
      return c.redirect("/moderate", 303);
    }),
  );

  app.post("/moderate/decide", (c) =>
    withSessionForm(c, context, async (form) => {
      const block = domainFrom(form.one("block"));
      const status = block === null ? statusOf(form.one("status")) : "spam";
      const id = form.one("id");
      if (status === null || !/^\d{1,15}$/.test(id))
        return await sentence(c, 400, "Not done", "There is no such decision.");
      if (block !== null) await setRule(database, block, "block");
      await moderate(context, Number(id), status);
      return c.redirect(`/moderate?status=${listedOf(form.one("shown"))}`, 303);
    }),
  );

  app.post("/moderate/rule", (c) =>
    withSessionForm(c, context, async (form) => {
      const domain = domainFrom(form.one("domain"));
      const words = wordsFor(c);
      if (domain === null)
        return await tell(c, words, 400, words.receiver.notAccepted, moderationWords(words).notADomain);
      const word = form.one("action");
      const action = RULE_ACTIONS.find((known) => known === word) ?? null;
      if (action === null && word !== "none")
        return await sentence(c, 400, "Not done", "There is no such rule.");
      await setRule(database, domain, action);
      return c.redirect("/moderate", 303);
    }),
  );
}

/** Parses a page number; 1 when it's invalid. */
function pageOf(raw: string): number {
  return /^[1-9]\d{0,5}$/.test(raw) ? Number(raw) : 1;
}

function listedOf(raw: string | undefined): Listed {
  return LISTED.find((status) => status === raw) ?? "pending";
}

function statusOf(raw: string): ResponseStatus | null {
  return (["approved", "pending", "spam", "deleted"] as const).find((status) => status === raw) ?? null;
}
