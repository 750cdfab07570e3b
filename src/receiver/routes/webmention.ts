/** The webmention endpoint (https://www.w3.org/TR/webmention/#receiving-webmentions) and its status pages. */
import type { Hono } from "hono";
import { html } from "hono/html";
import { hostOf, safeUrl } from "../../lib/responses/clean-text.ts";
import { senderSite } from "../../lib/responses/sender-site.ts";
import { acceptNotification, type Refused } from "../accept.ts";
import type { ReceiverContext } from "../context.ts";
import { readForm, sentence, wantsHtml, type FormFields, type ReceiverEnv } from "../http.ts";
import { notificationBy } from "../store/notifications.ts";
import { isPlaceApproved } from "../store/responses.ts";
import { ruleFor, rulesOf } from "../store/rules.ts";

/** Adds `POST /webmention` and `GET /status/<token>`. */
export function addWebmention(app: Hono<ReceiverEnv>, context: ReceiverContext): void {
  app.post("/webmention", async (c) => {
    const form = await readForm(c);
    const problem = problemOf(form);
    if (problem !== null) return await sentence(c, 400, "Not accepted", problem);
    const [source, target, vouch] = [form.one("source"), form.one("target"), form.one("vouch")];
    const vouched = await vouchProblem(context, source, vouch);
    if (vouched !== null) return new Response(`${vouched.message}\n`, { status: vouched.status });
    const answer = await acceptNotification(context, {
      protocol: "webmention",
      source,
      target,
      clientAddress: c.get("clientAddress"),
      ...(vouch === "" ? {} : { vouch }),
    });
    if ("refusal" in answer) {
      if (answer.retryAfterSeconds !== undefined) c.header("retry-after", String(answer.retryAfterSeconds));
      return await sentence(c, statusOf(answer), "Not accepted", capital(answer.message));
    }
    const status = `${context.options.url}/status/${answer.token}`;
    c.header("location", status);
    const link = html`<p><a href="${status}">See what became of it</a></p>`;
    const message = `Thank you. The link will be verified; see ${status}`;
    return wantsHtml(c)
      ? await sentence(c, 201, "Received", "Thank you. The link to the post will be verified.", link)
      : c.text(`${message}\n`, 201);
  });

  app.get("/status/:token", async (c) => {
    const found = await notificationBy(context.database, c.req.param("token"));
    c.header("cache-control", "no-store");
    if (found === null)
      return await sentence(c, 404, "Not known", "There is no such notification, or it's too old.");
    const message = found.message === "" ? "Waiting for verification" : found.message;
    if (!wantsHtml(c))
      return c.json({
        status: found.isDone ? found.outcome : "queued",
        summary: message,
        source: found.source,
        target: found.target,
      });
    return await sentence(
      c,
      200,
      found.isDone ? "Verified" : "Waiting",
      message,
      html`<p class="quiet">From ${found.source}<br />To ${found.target}</p>`,
    );
  });
}

function problemOf(form: FormFields): string | null {
  if (form.all("source").length > 1 || form.all("target").length > 1)
    return "There must be one source and one target";
  if (form.one("source") === "") return "The parameter source is missing";
  if (form.one("target") === "") return "The parameter target is missing";
  // https://indieweb.org/Private-Webmention: what isn't meant for the public has no place on a public page.
  if (form.all("code").length > 0) return "Private webmentions aren't accepted";
  return null;
}

/** https://indieweb.org/Vouch: 449 asks the sender to come back with a vouch. */
async function vouchProblem(
  { options, database }: ReceiverContext,
  source: string,
  vouch: string,
): Promise<{ readonly status: number; readonly message: string } | null> {
  const from = safeUrl(source);
  if (from === null) return null;
  if (vouch !== "") {
    const place = safeUrl(vouch);
    if (place === null) return { status: 400, message: "vouch must be an http or https address" };
    if (await isKnown(place)) return null;
    return { status: 400, message: `Nothing from ${hostOf(place)} was approved here, so it can't vouch` };
  }
  if (!options.isVouchRequired || (await isKnown(from))) return null;
  return {
    status: 449,
    message: "Retry with vouch: the address of a page that links to your site, on a site known here",
  };

  async function isKnown(address: string): Promise<boolean> {
    const rule = ruleFor(await rulesOf(database), hostOf(address));
    return rule === "approve" || (rule === null && (await isPlaceApproved(database, senderSite(address))));
  }
}

function statusOf({ refusal }: Refused): 400 | 403 | 429 | 503 {
  if (refusal === "too-many") return 429;
  if (refusal === "overloaded" || refusal === "site-silent") return 503;
  return refusal === "blocked" ? 403 : 400;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
