import type { GuardedClient } from "./guarded-fetch.ts";
import type { SendResult } from "./send-result.ts";
import { firstLine, resultOfStatus } from "./send-result.ts";
import { readXml, XmlError } from "./xml.ts";

/** In characters. Servers crop longer excerpts; Movable Type cropped at 255. */
const MAX_EXCERPT = 255;

/** Content of a trackback, displayed on the target's page. */
export interface Trackback {
  /** Permalink of the linking post. */
  readonly url: string;
  readonly title: string;
  readonly excerpt: string;
  readonly blogName: string;
}

/**
 * Sends a TrackBack 1.2 ping.
 *
 * @throws FetchError
 */
export async function sendTrackback(
  endpoint: string,
  trackback: Trackback,
  client: GuardedClient,
): Promise<SendResult> {
  const form = new URLSearchParams({
    title: trackback.title,
    url: trackback.url,
    excerpt: crop(trackback.excerpt),
    blog_name: trackback.blogName,
  });
  const response = await client.fetch(endpoint, {
    method: "POST",
    accept: "text/xml, application/xml",
    body: { type: "application/x-www-form-urlencoded; charset=utf-8", content: form.toString() },
    maxBytes: 8 * 1024,
  });
  const { status } = response;
  if (status < 200 || status >= 300) return resultOfStatus(status, `HTTP ${status}`);
  try {
    const { error, message } = parseTrackbackAnswer(response.text());
    if (error === 0) return { outcome: "accepted", status, message: firstLine(message) || "accepted" };
    return { outcome: "refused", status, message: `Error ${error}: ${firstLine(message)}` };
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return {
      outcome: "failed",
      status,
      message: `The response isn't a valid TrackBack response: ${firstLine(error.message)}`,
    };
  }
}

/**
 * Parses `<response><error>0</error><message>…</message></response>`.
 *
 * @throws XmlError
 */
export function parseTrackbackAnswer(xml: string): { readonly error: number; readonly message: string } {
  const path: string[] = [];
  const fields = new Map<string, string>();
  readXml(xml.trim(), {
    open: ({ name }) => void path.push(name),
    close: () => void path.pop(),
    text: (text) => {
      const [root, field] = path;
      if (root !== "response" || field === undefined) return;
      fields.set(field, (fields.get(field) ?? "") + text);
    },
  });
  const error = fields.get("error")?.trim() ?? "";
  if (!/^\d+$/.test(error)) throw new XmlError("No error code");
  return { error: Number(error), message: fields.get("message") ?? "" };
}

/** Cuts between code points, not inside a surrogate pair. */
function crop(text: string): string {
  const letters = [...text];
  return letters.length > MAX_EXCERPT ? `${letters.slice(0, MAX_EXCERPT - 1).join("")}…` : text;
}
