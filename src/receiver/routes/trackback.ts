/** TrackBack 1.2: a ping is a form sent to a post, the response is XML. The source must link to the post. */
import type { Hono } from "hono";
import { escapeXml } from "../../lib/escape.ts";
import { cleanLine, cleanLines } from "../../lib/responses/clean-text.ts";
import { acceptNotification } from "../accept.ts";
import type { ReceiverContext } from "../context.ts";
import { SiteUnavailableError } from "../site-unavailable.ts";
import { BadFormError, readForm, type FormFields, type ReceiverEnv, type ReceiverRequest } from "../http.ts";

const MAX_EXCERPT = 1000;

/** Adds `POST /trackback/<slug>`. */
export function addTrackback(app: Hono<ReceiverEnv>, context: ReceiverContext): void {
  // Clients often append a slash to the URL.
  app.on("POST", ["/trackback/:slug", "/trackback/:slug/"], async (c) => {
    const slug = c.req.param("slug");
    const post = await context.posts.bySlug(slug).catch(unlessSilent);
    if (post instanceof SiteUnavailableError) return trackbackAnswer(c, post.message);
    if (post === null) return trackbackAnswer(c, "there is no such post");
    const form = await formOf(c);
    if (typeof form === "string") return trackbackAnswer(c, form);
    const source = form.one("url");
    if (source === "") return trackbackAnswer(c, "the parameter url is missing");
    const accepted = await acceptNotification(context, {
      protocol: "trackback",
      source,
      target: post.url,
      clientAddress: c.get("clientAddress"),
      trackback: {
        title: cleanLine(form.one("title"), 300),
        excerpt: cleanLines(form.one("excerpt"), MAX_EXCERPT),
        site: cleanLine(form.one("blog_name"), 100),
      },
    });
    return trackbackAnswer(c, "refusal" in accepted ? accepted.message.replace("source", "url") : null);
  });
  // Pings with GET and lists of pings (`__mode=rss`) were removed from the specification.
  app.all("/trackback/*", (c) => {
    c.header("allow", "POST");
    return trackbackAnswer(c, "pings are sent with POST", 405);
  });
}

function unlessSilent(error: unknown): SiteUnavailableError {
  if (error instanceof SiteUnavailableError) return error;
  throw error;
}

async function formOf(c: ReceiverRequest): Promise<FormFields | string> {
  try {
    return await readForm(c);
  } catch (error) {
    if (error instanceof BadFormError) return error.message;
    throw error;
  }
}

/** An XML response. Errors also have status 200, which clients from 2004 expect. @param error null for success. */
export function trackbackAnswer(c: ReceiverRequest, error: string | null, status: 200 | 405 = 200): Response {
  const inside =
    error === null ? "<error>0</error>" : `<error>1</error><message>${escapeXml(error)}</message>`;
  const xml = `<?xml version="1.0" encoding="utf-8"?>\n<response>${inside}</response>\n`;
  return c.body(xml, status, { "content-type": "text/xml; charset=utf-8" });
}
