/** The webmention endpoint (https://www.w3.org/TR/webmention/#receiving-webmentions) and its status pages. */
import type { Hono } from "hono";
import { html } from "hono/html";
import { hostOf, safeUrl } from "../../lib/responses/clean-text.ts";
import { senderSite } from "../../lib/responses/sender-site.ts";
import type { Translations } from "../../i18n/translations.ts";
import { acceptNotification, type Refusal, type Refused } from "../accept.ts";
import type { ReceiverContext } from "../context.ts";
import {
  readForm,
  sentence,
  tell,
  wantsHtml,
  wordsFor,
  type FormFields,
  type ReceiverEnv,
  type ReceiverRequest,
} from "../http.ts";
import { notificationBy, type Notification } from "../store/notifications.ts";
import { isPlaceApproved } from "../store/responses.ts";
import { ruleFor, rulesOf } from "../store/rules.ts";

/** Adds `POST /webmention` and `GET /status/<token>`. */
export function addWebmention(app: Hono<ReceiverEnv>, context: ReceiverContext): void {
  app.post("/webmention", async (c) => {
    const form = await readForm(c);
    const problem = problemOf(form);
    if (problem !== null) return await refused(c, 400, problem, null);
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
      return await refused(c, statusOf(answer), capital(answer.message), answer.refusal);
    }
    const status = `${context.options.url}/status/${answer.token}`;
    c.header("location", status);
    if (!wantsHtml(c)) return c.text(`Thank you. The link will be verified; see ${status}\n`, 201);
    const words = wordsFor(c, answer.post.lang);
    const { thanks, willVerify, status: result } = words.receiver;
    return await tell(c, words, 201, thanks, willVerify, html`<p><a href="${status}">${result}</a></p>`);
  });

  app.get("/status/:token", async (c) => {
    const found = await notificationBy(context.database, c.req.param("token"));
    c.header("cache-control", "no-store");
    if (wantsHtml(c)) return await statusPage(c, context, found);
    if (found === null) return c.text("There is no such notification, or it's too old\n", 404);
    return c.json({
      status: found.isDone ? found.outcome : "queued",
      summary: found.message === "" ? "Waiting for verification" : found.message,
      source: found.source,
      target: found.target,
    });
  });
}

async function statusPage(
  c: ReceiverRequest,
  { posts }: ReceiverContext,
  found: Notification | null,
): Promise<Response> {
  const post = found === null ? null : await posts.bySlug(found.slug).catch(() => null);
  const words = wordsFor(c, post?.lang);
  if (found === null) return await tell(c, words, 404, words.missing.title, words.missing.text);
  const { source, target } = found;
  const lines = html`<p class="quiet" dir="ltr">${source}<br />→ ${target}</p>`;
  return await tell(c, words, 200, words.receiver.status, outcomeIn(words, found), lines);
}

/** Outcome of a notification in the reader's language; the JSON status also has the reason. */
function outcomeIn({ receiver }: Translations, { isDone, outcome }: Notification): string {
  if (!isDone) return receiver.willVerify;
  switch (outcome) {
    case "shown":
    case "updated":
      return receiver.whenUpdated;
    case "same":
      return receiver.arrived;
    case "waits":
      return receiver.whenApproved;
    case "deleted":
      return receiver.deleted;
    case "no-link":
      return receiver.noLink;
    case "no-source":
    case "unreadable":
    case "failed":
      return receiver.unreadable;
    case "bad-vouch":
    case "none":
      return receiver.notAccepted;
  }
}

/** Responds with an error. @param problem in English, for programs. @param refusal null for an invalid form. */
async function refused(
  c: ReceiverRequest,
  status: 400 | 403 | 429 | 503,
  problem: string,
  refusal: Refusal | null,
): Promise<Response> {
  const words = wordsFor(c);
  const message = refusalIn(words, refusal);
  return wantsHtml(c) && message !== null
    ? await tell(c, words, status, words.receiver.notAccepted, message)
    : await sentence(c, status, "Not accepted", problem);
}

/** Message for readers about a refusal; null when they can't do anything about it. */
function refusalIn({ receiver, conversation }: Translations, refusal: Refusal | null): string | null {
  switch (refusal) {
    case "bad-source":
    case "bad-target":
      return receiver.badAddress;
    case "no-post":
      return receiver.noPost;
    case "closed":
      return conversation.closed;
    case "too-many":
    case "overloaded":
    case "site-silent":
      return receiver.later;
    case "same-page":
    case "own-site":
    case "blocked":
    case null:
      return null;
  }
}

function problemOf(form: FormFields): string | null {
  if (form.all("source").length > 1 || form.all("target").length > 1)
    return "There must be one source and one target";
  if (form.one("source") === "") return "The parameter source is missing";
  if (form.one("target") === "") return "The parameter target is missing";
  // `code` marks a private webmention (https://indieweb.org/Private-Webmention), which mustn't be shown publicly.
  if (form.all("code").length > 0) return "Private webmentions aren't accepted";
  return null;
}

/** Checks the vouch, see https://indieweb.org/Vouch: with status 449 the sender should retry with a vouch. */
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
