/** Fetches data of an external page for a card in a post: from a network's API, oEmbed (oembed.com) or Open Graph. */
import * as z from "zod";
import { copyAt, type BlueskyCopy, type MastodonCopy } from "../networks/copies.ts";
import { didSchema, postsSchema } from "../networks/bluesky-schema.ts";
import { statusSchema } from "../networks/mastodon-schema.ts";
import { networkOf } from "../markdown/embed.ts";
import type { StoredEmbed } from "../markdown/markdown-options.ts";
import type { GuardedClient } from "../protocols/guarded-fetch.ts";
import { elementsOf, titleOf, type HtmlTree } from "../protocols/html-tree.ts";
import { isHtml, parsePage } from "../protocols/page.ts";
import { cleanLine, hostOf, safeUrl } from "../responses/clean-text.ts";
import { sanitizeHtml } from "../responses/sanitize.ts";

/** An embed whose picture isn't downloaded yet. */
export interface FoundEmbed extends Omit<StoredEmbed, "poster"> {
  /** Address of the preview picture, or null. */
  readonly picture: string | null;
}

export interface FetchEmbedOptions {
  readonly client: GuardedClient;
  /** Origin of Bluesky's AppView. */
  readonly appView: string;
}

/** Thrown if a page is refused or has no data for a card. The message is for the author. */
export class NoEmbedError extends Error {
  override readonly name = "NoEmbedError";
}

const LONGEST_TITLE = 300;
const LONGEST_TEXT = 3000;

/**
 * Fetches the embed data of an address.
 * @throws NoEmbedError if the page has no data; FetchError if it can't be reached.
 */
export async function fetchEmbed(url: string, options: FetchEmbedOptions): Promise<FoundEmbed> {
  const copy = copyAt(url);
  if (copy?.network === "bluesky") return blueskyPost(url, copy, options);
  const status = copy === null ? null : await mastodonStatus(url, copy, options);
  if (status !== null) return status;
  const page = await pageOf(url, options);
  const oembed = await oembedOf(url, page, options);
  const { author_name, author_url, html } = oembed ?? {};
  const isPost = networkOf(url) === "X" || oembed?.type === "rich";
  const text = isPost && html ? textOf(html) : null;
  const title =
    line(text?.replace(/\s*— [^\n]*$/, "") ?? null, LONGEST_TEXT) ??
    line(oembed?.title ?? metaOf(page, "og:title") ?? (page === null ? null : titleOf(page)), LONGEST_TITLE);
  if (title === null) throw new NoEmbedError("the page has no title and no text");
  const isFilm = oembed?.type === "video" || metaOf(page, "og:type")?.startsWith("video") === true;
  return {
    ...{ url, kind: isFilm ? "video" : "post", title },
    author: line(author_name ?? null, 120),
    handle: isPost ? handleIn(author_url) : null,
    network: networkOf(url) ?? line(oembed?.provider_name ?? metaOf(page, "og:site_name"), 80) ?? hostOf(url),
    date: instant(metaOf(page, "article:published_time") ?? metaOf(page, "og:video:release_date")),
    picture: safeUrl(oembed?.thumbnail_url ?? metaOf(page, "og:image")),
  };
}

const maybe = z.string().nullish().catch(null);
const oembedSchema = z.object({
  type: maybe,
  title: maybe,
  author_name: maybe,
  author_url: maybe,
  provider_name: maybe,
  thumbnail_url: maybe,
  html: maybe,
});
type OEmbed = z.infer<typeof oembedSchema>;

/** oEmbed endpoints of services whose pages don't link to them, or only with JavaScript. */
const ENDPOINTS: Readonly<Record<string, string>> = {
  YouTube: "https://www.youtube.com/oembed?format=json&url=",
  Vimeo: "https://vimeo.com/api/oembed.json?url=",
  X: "https://publish.x.com/oembed?omit_script=true&url=",
};

async function oembedOf(
  url: string,
  page: HtmlTree | null,
  { client }: FetchEmbedOptions,
): Promise<OEmbed | null> {
  const known = ENDPOINTS[networkOf(url) ?? ""];
  const endpoint = known === undefined ? linkedEndpoint(url, page) : known + encodeURIComponent(url);
  if (endpoint === null) return null;
  const value = await jsonAt(endpoint, client);
  return oembedSchema.safeParse(value).data ?? null;
}

function linkedEndpoint(url: string, page: HtmlTree | null): string | null {
  if (page === null) return null;
  for (const element of elementsOf(page)) {
    const isEndpoint = element.attribute("type")?.toLowerCase() === "application/json+oembed";
    if (element.name === "link" && isEndpoint)
      return URL.parse(element.attribute("href") ?? "", url)?.href ?? null;
  }
  return null;
}

/** Fetches a post from Mastodon's API; null if the server doesn't have this API. */
async function mastodonStatus(
  url: string,
  { origin, id }: MastodonCopy,
  { client }: FetchEmbedOptions,
): Promise<FoundEmbed | null> {
  const value = await jsonAt(`${origin}/api/v1/statuses/${encodeURIComponent(id)}`, client);
  const { data: status } = statusSchema.safeParse(value);
  if (status === undefined) return null;
  if (status.visibility !== "public" && status.visibility !== "unlisted")
    throw new NoEmbedError("its author shows it to followers only");
  const { account } = status;
  const warning = line(status.spoiler_text ?? "", LONGEST_TITLE);
  const text = line(textOf(status.content ?? ""), LONGEST_TEXT);
  const title = [warning, text].filter((part) => part !== null).join("\n\n");
  if (title === "") throw new NoEmbedError("it has no text");
  const acct = account.acct.includes("@") ? account.acct : `${account.acct}@${new URL(origin).host}`;
  return {
    ...{ url, kind: "post", title, network: "Mastodon", picture: null },
    author: line(account.display_name ?? null, 120) ?? account.username,
    handle: `@${cleanLine(acct, 200)}`,
    date: instant(status.created_at),
  };
}

async function blueskyPost(
  url: string,
  { actor, rkey }: BlueskyCopy,
  { client, appView }: FetchEmbedOptions,
): Promise<FoundEmbed> {
  const ask = (method: string, params: Record<string, string>): Promise<unknown> =>
    jsonAt(`${appView.replace(/\/$/, "")}/xrpc/${method}?${new URLSearchParams(params)}`, client);
  const resolved = actor.startsWith("did:")
    ? { did: actor }
    : didSchema.safeParse(await ask("com.atproto.identity.resolveHandle", { handle: actor })).data;
  if (resolved === undefined) throw new NoEmbedError("there is no such account");
  const uri = `at://${resolved.did}/app.bsky.feed.post/${rkey}`;
  const post = postsSchema.safeParse(await ask("app.bsky.feed.getPosts", { uris: uri })).data?.posts[0];
  if (post === undefined) throw new NoEmbedError("the post isn't there, or its author hides it");
  const title = line(post.record.text ?? "", LONGEST_TEXT);
  if (title === null) throw new NoEmbedError("it has no text");
  const handle = cleanLine(post.author.handle, 200);
  return {
    ...{ url, kind: "post", title, network: "Bluesky", picture: null },
    author: line(post.author.displayName ?? null, 120) ?? handle,
    handle: `@${handle}`,
    date: instant(post.record.createdAt),
  };
}

async function pageOf(url: string, { client }: FetchEmbedOptions): Promise<HtmlTree | null> {
  const response = await client.fetch(url, { accept: "text/html", wants: isHtml, whenTooLarge: "truncate" });
  if (response.status === 404 || response.status === 410)
    throw new NoEmbedError(`the server says that nothing is there (${response.status})`);
  return response.status === 200 && !response.isSkipped ? parsePage(response).tree : null;
}

/** Fetches JSON; null for any other answer. */
async function jsonAt(url: string, client: GuardedClient): Promise<unknown> {
  const response = await client.fetch(url, { accept: "application/json", timeoutMs: 15_000 });
  if (response.status !== 200) return null;
  try {
    return JSON.parse(response.text());
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function metaOf(page: HtmlTree | null, name: string): string | null {
  if (page === null) return null;
  for (const element of elementsOf(page)) {
    if (element.name !== "meta") continue;
    const key = element.attribute("property") ?? element.attribute("name");
    if (key?.toLowerCase() === name) return element.attribute("content");
  }
  return null;
}

function textOf(html: string): string | null {
  return sanitizeHtml(html)?.text ?? null;
}

/** Cleans plain text and keeps its paragraphs; null if nothing is left. */
function line(raw: string | null, maxLength: number): string | null {
  const paragraphs = (raw ?? "").slice(0, maxLength * 4).split(/\n+/);
  const text = paragraphs
    .map((paragraph) => cleanLine(paragraph, maxLength))
    .filter(Boolean)
    .join("\n\n");
  return text === "" ? null : text.slice(0, maxLength);
}

function handleIn(url: string | null | undefined): string | null {
  const name = URL.parse(url ?? "")
    ?.pathname.split("/")
    .find((part) => part !== "");
  return name === undefined ? null : `@${cleanLine(name.replace(/^@/, ""), 200)}`;
}

/** Normalizes a date to ISO 8601 in UTC; null if invalid. */
function instant(raw: string | null | undefined): string | null {
  const ms = Date.parse(raw ?? "");
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}
