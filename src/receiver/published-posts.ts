/** Looks up posts on the published site, for receivers without the blog's folder. */
import { findWebmention } from "../lib/protocols/discover-webmention.ts";
import { FetchError } from "../lib/protocols/fetch-error.ts";
import type { GuardedClient } from "../lib/protocols/guarded-fetch.ts";
import { elementsOf, titleOf, type HtmlTree } from "../lib/protocols/html-tree.ts";
import { isHtml, parsePage } from "../lib/protocols/page.ts";
import { languageTag } from "../lib/site/settings-fields/strings.ts";
import { collapseWhitespace } from "../lib/markdown/collapse-whitespace.ts";
import { siteUrls, type SiteUrls } from "../lib/site/urls.ts";
import type { Posts, ReceivingPost } from "./posts.ts";
import { SiteUnavailableError } from "./site-unavailable.ts";

const KNOWN_MS = 5 * 60_000;
/** How long a missing post is cached; short, so that a new post is soon found. */
const MISSING_MS = 30_000;
/** While the blog doesn't respond, how long the result known before is used until the next try. */
const SILENT_MS = 10_000;
const MOST_KNOWN = 5000;

/**
 * Lookup of posts by fetching their pages, at most once in five minutes; concurrent lookups share the request. A page
 * accepts responses if it links to this receiver's webmention endpoint. While the blog doesn't respond, the methods
 * throw a `SiteUnavailableError` for a page without a cached result.
 *
 * @param endpoint URL of this receiver's webmention endpoint.
 */
export function publishedPosts(
  site: string,
  endpoint: string,
  client: GuardedClient,
  now: () => number,
): Posts {
  const urls = siteUrls({ url: site });
  const known = new Map<string, { readonly post: Promise<ReceivingPost | null>; until: number }>();
  const fetched = (sitePath: string): Promise<ReceivingPost | null> => {
    const held = known.get(sitePath);
    if (held !== undefined && held.until > now()) return held.post;
    if (known.size >= MOST_KNOWN) known.clear();
    const looking = look(urls.absolute(sitePath));
    const entry = { post: looking, until: now() + KNOWN_MS };
    known.set(sitePath, entry);
    looking.then(
      (post) => {
        if (post === null) entry.until = now() + MISSING_MS;
      },
      () => {
        if (held === undefined) known.delete(sitePath);
        else known.set(sitePath, { ...held, until: now() + SILENT_MS });
      },
    );
    return held === undefined ? looking : looking.catch(() => held.post);
  };
  const look = async (address: string): Promise<ReceivingPost | null> => {
    try {
      const response = await client.fetch(address, { wants: isHtml, whenTooLarge: "truncate" });
      if (response.status >= 500 || response.status === 429) throw new SiteUnavailableError();
      if (response.status !== 200) return null;
      const slug = slugOf(response.url);
      const page = parsePage(response);
      const isOpen = findWebmention(page)?.endpoint === endpoint;
      const title = titleOf(page.tree) ?? slug;
      return slug === null || title === null
        ? null
        : { slug, title, url: response.url, lang: langOf(page.tree), isOpen };
    } catch (error) {
      if (error instanceof FetchError) throw new SiteUnavailableError({ cause: error });
      throw error;
    }
  };
  const slugOf = (address: string): string | null => {
    const sitePath = urls.sitePathOf(address);
    // With any permalink pattern, the last segment of the path is the slug.
    const slug = sitePath
      ?.replace(/[?#].*/s, "")
      .split("/")
      .filter(Boolean)
      .at(-1);
    return slug === undefined ? null : decodedSlug(slug);
  };
  return {
    byUrl: async (address) => {
      const sitePath = URL.canParse(address) ? urls.sitePathOf(address) : null;
      return sitePath === null ? null : await fetched(sitePath.replace(/[?#].*/s, ""));
    },
    bySlug: (slug) => fetched(urls.postPath(slug)),
    tags: () => publishedTags(urls, client),
  };
}

/** Tags in the published list of tags, as spelled in its links. */
async function publishedTags(urls: SiteUrls, client: GuardedClient): Promise<readonly string[]> {
  try {
    const response = await client.fetch(urls.absolute(urls.tagsPath()), {
      wants: isHtml,
      whenTooLarge: "truncate",
    });
    if (response.status !== 200) return [];
    const page = parsePage(response);
    const tags = Array.from(elementsOf(page.tree)).flatMap((element) => {
      const address = URL.parse(element.attribute("href") ?? "", page.baseUrl)?.href ?? "";
      const [, tag] = /^\/tags\/([^/?#]+)\/$/.exec(urls.sitePathOf(address) ?? "") ?? [];
      const label = element.name === "a" && tag !== undefined ? collapseWhitespace(element.text()) : "";
      return label === "" ? [] : [label];
    });
    return [...new Set(tags)].sort();
  } catch (error) {
    if (error instanceof FetchError) return [];
    throw error;
  }
}

/** Language declared by a page; null when there is none or it isn't valid for `Intl`. */
function langOf(tree: HtmlTree): string | null {
  for (const element of elementsOf(tree)) {
    if (element.name !== "html") continue;
    const parsed = languageTag().safeParse(element.attribute("lang"));
    return parsed.success ? parsed.data : null;
  }
  return null;
}

function decodedSlug(slug: string): string | null {
  try {
    return decodeURIComponent(slug);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
