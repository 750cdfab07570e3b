/** Fetches the page that a post of the blog replies to, as plain text. */
import { cleanLine, cleanName, hostOf, safeUrl } from "../clean-text.ts";
import type { ReplyContext } from "../model.ts";
import { readEntry } from "../mf2-entry.ts";
import { sanitizeHtml } from "../sanitize.ts";
import { FetchError } from "../../protocols/fetch-error.ts";
import type { GuardedClient } from "../../protocols/guarded-fetch.ts";
import { elementsOf, titleOf, type HtmlTree } from "../../protocols/html-tree.ts";
import { isHtml, parsePage } from "../../protocols/page.ts";
import { instantOf } from "./incoming-response.ts";

const EXCERPT = 280;

/**
 * Returns title, author, date and beginning of a page, from its microformats, else from its `<title>` and description.
 * @returns null if the page can't be fetched.
 */
export async function fetchReplyContext(
  client: GuardedClient,
  url: string,
  now: Date,
): Promise<ReplyContext | null> {
  const page = await pageAt(client, url);
  if (page === null) return null;
  const entry = await readEntry(
    page.text,
    page.url,
    async (address) => (await pageAt(client, address))?.text ?? null,
  );
  const words = entry?.summary ?? textOf(entry?.content ?? null) ?? metaOf(page.tree, "description");
  const name = cleanName(entry?.author?.name ?? "");
  return {
    url,
    title: lineOrNull(
      entry === null ? (metaOf(page.tree, "og:title") ?? titleOf(page.tree)) : entry.title,
      200,
    ),
    author: name === "" ? null : { name, url: safeUrl(entry?.author?.url) },
    published: instantOf(entry?.published) ?? null,
    excerpt: lineOrNull(words, EXCERPT),
    site: lineOrNull(metaOf(page.tree, "og:site_name"), 80) ?? hostOf(url),
    fetched: now.toISOString().slice(0, 10),
  };
}

interface HtmlPage {
  readonly url: string;
  readonly text: string;
  readonly tree: HtmlTree;
}

async function pageAt(client: GuardedClient, url: string): Promise<HtmlPage | null> {
  try {
    const response = await client.fetch(url, {
      accept: "text/html",
      wants: isHtml,
      whenTooLarge: "truncate",
    });
    return response.status === 200 && !response.isSkipped ? parsePage(response) : null;
  } catch (error) {
    if (error instanceof FetchError) return null;
    throw error;
  }
}

function textOf(content: { readonly html: string; readonly text: string } | null): string | null {
  if (content === null) return null;
  return (content.html === "" ? null : sanitizeHtml(content.html)?.text) ?? content.text;
}

function metaOf(tree: HtmlTree, name: string): string | null {
  for (const element of elementsOf(tree)) {
    if (element.name !== "meta") continue;
    const key = element.attribute("name") ?? element.attribute("property");
    if (key?.toLowerCase() === name) return element.attribute("content");
  }
  return null;
}

function lineOrNull(raw: string | null, maxLength: number): string | null {
  const line = raw === null ? "" : cleanLine(raw, maxLength);
  return line === "" ? null : line;
}
