/** The moderation page, behind the operator's token. */
import type { Hono } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import type { ResponseStatus } from "../../lib/responses/model.ts";
import type { ReceiverContext } from "../context.ts";
import { readForm, sentence, type FormFields, type ReceiverEnv, type ReceiverRequest } from "../http.ts";
import { exceededByClient } from "../limits.ts";
import { moderate } from "../moderate.ts";
import { formToken, newSession, SESSION_SECONDS, sessionCookieName, sessionOf } from "../operator.ts";
import { LISTED, moderationPage, signInPage, type Listed } from "../pages/moderation-pages.ts";
import { isSameSecret } from "../secrets.ts";
import { countByStatus, responsesIn } from "../store/responses.ts";
import { RULE_ACTIONS, rulesOf, setRule } from "../store/rules.ts";

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
    if (session === null) return c.html(await signInPage(null), 401);
    const shown = listedOf(c.req.query("status"));
    const page = Math.max(1, Math.trunc(Number(c.req.query("page") ?? "1")) || 1);
    const found = await responsesIn(database, shown, PER_PAGE + 1, (page - 1) * PER_PAGE);
    return c.html(
      await moderationPage({
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
    if (exceeded !== null) return await sentence(c, 429, "Later, please", exceeded.message);
    const form = await readForm(c);
    if (!(await isSameSecret(form.one("token"), options.token)))
      return c.html(await signInPage("That isn't the token."), 401);
    setCookie(c, cookie, await newSession(context), { ...cookieOptions, maxAge: SESSION_SECONDS });
    return c.redirect("/moderate", 303);
  });

  app.post("/moderate/sign-out", (c) =>
    withForm(c, async () => {
      deleteCookie(c, cookie, cookieOptions);
      return c.redirect("/moderate", 303);
    }),
  );

  app.post("/moderate/decide", (c) =>
    withForm(c, async (form) => {
      const block = form.one("block");
      const status = block === "" ? statusOf(form.one("status")) : "spam";
      const id = Number(form.one("id"));
      if (status === null || !Number.isSafeInteger(id))
        return await sentence(c, 400, "Not done", "There is no such decision.");
      if (block !== "") await setRule(database, block, "block");
      await moderate(context, id, status);
      return c.redirect(`/moderate?status=${listedOf(form.one("shown"))}`, 303);
    }),
  );

  app.post("/moderate/rule", (c) =>
    withForm(c, async (form) => {
      const domain = form.one("domain").toLowerCase();
      if (!/^(?:[a-z\d-]+\.)*[a-z\d-]+$/.test(domain))
        return await sentence(c, 400, "Not done", "That isn't a domain.");
      const action = RULE_ACTIONS.find((known) => known === form.one("action")) ?? null;
      await setRule(database, domain, action);
      return c.redirect("/moderate", 303);
    }),
  );

  /** Runs an action for a session whose form it came from; the cookie alone doesn't do. */
  async function withForm(
    c: ReceiverRequest,
    action: (form: FormFields) => Promise<Response>,
  ): Promise<Response> {
    const session = await sessionOf(c, context);
    if (session === null) return c.html(await signInPage("Please sign in again."), 401);
    const form = await readForm(c);
    const isOurs = await isSameSecret(form.one("form-token"), await formToken(session, context));
    return isOurs
      ? await action(form)
      : await sentence(c, 403, "Not done", "The form isn't from this session.");
  }
}

function listedOf(raw: string | undefined): Listed {
  return LISTED.find((status) => status === raw) ?? "pending";
}

function statusOf(raw: string): ResponseStatus | null {
  return (["approved", "pending", "spam", "deleted"] as const).find((status) => status === raw) ?? null;
}
