import { firstWords } from "../lib/feeds/first-words.ts";
import { element, textElement } from "../lib/feeds/xml.ts";
import type { StoredResponse } from "./store/responses.ts";

const NAMESPACES = {
  xmlns: "http://www.w3.org/2005/Atom",
  "xmlns:thr": "http://purl.org/syndication/thread/1.0",
};

/**
 * Renders responses as an Atom feed (RFC 4287); each entry refers to its post (RFC 4685).
 * @param self absolute URL of the feed. @param now milliseconds since 1970, for a feed without entries.
 */
export function mentionsAtom(responses: readonly StoredResponse[], self: string, now: number): string {
  const newest = Math.max(...responses.map(({ changed }) => changed));
  const parts = [
    textElement("id", self),
    textElement("title", "Webmentions"),
    textElement("updated", isoOf(responses.length === 0 ? now : newest)),
    element("link", { rel: "self", href: self }),
    ...responses.map((response) => entry(response, new URL(self).host)),
  ];
  return `<?xml version="1.0" encoding="utf-8"?>\n${element("feed", NAMESPACES, "\n", parts.join("\n"), "\n")}\n`;
}

function entry({ id, record, changed }: StoredResponse, host: string): string {
  const { author, content, "wm-target": target } = record;
  const name = author.name || new URL(record["wm-source"]).host;
  const words = record.name ?? firstWords(content?.text ?? record.summary ?? "");
  return element(
    "entry",
    {},
    textElement("id", `tag:${host},2026:response-${id}`),
    textElement("title", words === "" ? name : words),
    element(
      "author",
      {},
      textElement("name", name),
      author.url === undefined ? "" : textElement("uri", author.url),
    ),
    element("link", { rel: "alternate", href: record.url }),
    textElement("published", isoOf(Date.parse(record.published ?? record["wm-received"]))),
    textElement("updated", isoOf(changed)),
    element("thr:in-reply-to", { ref: target, href: target }),
    content === undefined
      ? ""
      : textElement("content", content.html ?? content.text, {
          type: content.html === undefined ? "text" : "html",
        }),
  );
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
