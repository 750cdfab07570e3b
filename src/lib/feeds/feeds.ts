/** The feeds of a blog: of the whole site, of notes, of each tag, author and series, and of conversations. */
import { hashOf } from "../cache/file-cache.ts";
import { languageSites } from "../content/language-sites.ts";
import type { Blog } from "../content/model.ts";
import type { SiteUrls } from "../site/urls.ts";
import { translationsFor } from "../../i18n/translations-for.ts";
import { archivedPages } from "./archives.ts";
import { conversationsOf } from "./conversations.ts";
import { feedId } from "./feed-ids.ts";
import type { Feed, FeedFormat, FeedHead, FeedItem } from "./feed.ts";
import { siteHead } from "./head.ts";
import { NEVER } from "./instant.ts";
import { type PostEntry, type PostItemContext, postEntries } from "./post-items.ts";
import { type ResponseFeedContext, responseFeeds } from "./response-feeds.ts";

/** Data for feeds from other parts of the generator. */
export type FeedContext = PostItemContext & ResponseFeedContext;

const FORMATS: readonly FeedFormat[] = ["rss", "atom", "json"];

/** A list of posts that has a feed. */
interface FeedScope {
  /** Site path of the page with the same list: `/`, `/tags/listening/` … */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  /** Newest first. */
  readonly entries: readonly PostEntry[];
}

/**
 * Returns all feeds of a blog in each of its languages: the newest document of each feed, then the archives of the site
 * feeds, then the conversation feeds. Only site feeds have archives: every post is in several other feeds, and archives
 * of them all would multiply the size of a large blog.
 */
export function feeds(blog: Blog, context: FeedContext): Feed[] {
  const conversations = conversationsOf(blog);
  const loadItem = itemCache();
  const entries = postEntries(blog, conversations, context);
  const posts = languageSites(blog, context.urls).all.flatMap((site) => {
    const here = new Set(site.blog.posts);
    const own = entries.filter(({ post }) => here.has(post));
    return scopesOf(site.blog, own, site.urls).flatMap((scope) =>
      scopeFeeds(scope, site.blog, site.urls, loadItem),
    );
  });
  return [
    ...posts.filter(({ page }) => page === 1).map(({ feed }) => feed),
    ...posts.filter(({ page }) => page > 1).map(({ feed }) => feed),
    ...responseFeeds([...conversations.values()], blog.settings, context),
  ];
}

function scopesOf(blog: Blog, entries: readonly PostEntry[], urls: SiteUrls): FeedScope[] {
  const { title, description } = blog.settings;
  const scope = (path: string, name: string, about: string, own: readonly PostEntry[]): FeedScope => ({
    path,
    title: name === "" ? title : `${name} · ${title}`,
    description: about.trim() || description.trim() || title,
    entries: own,
  });
  const notes = entries.filter(({ post }) => post.kind === "note");
  const { list } = translationsFor(blog.settings);
  const byTag = grouped(entries, ({ post }) => new Set(post.tags.map((tag) => urls.tagPath(tag))));
  const byAuthor = grouped(entries, ({ post }) => post.authors);
  const bySeries = grouped(entries, ({ post }) => (post.series === null ? [] : [post.series]));
  const tags = [...byTag].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    scope(urls.homePath(), "", "", entries),
    ...(notes.length === 0 ? [] : [scope(urls.notesPath(), list.notes, "", notes)]),
    ...tags.map(([path, own]) => scope(path, labelOf(path, own, urls), "", own)),
    ...blog.authors
      .filter(({ id }) => urls.homePath() === "/" || byAuthor.has(id))
      .map(({ id, name }) => scope(urls.authorPath(id), name, "", byAuthor.get(id) ?? [])),
    ...blog.series.map(({ id, title: name, description: about }) =>
      scope(urls.seriesPath(id), name, about, bySeries.get(id) ?? []),
    ),
  ];
}

/** Returns a tag's name as spelled in its newest post. */
function labelOf(path: string, entries: readonly PostEntry[], urls: SiteUrls): string {
  return entries[0]?.post.tags.find((tag) => urls.tagPath(tag) === path) ?? path;
}

/** The documents of one scope in each format. */
function scopeFeeds(
  { path: scope, title, description, entries }: FeedScope,
  { settings }: Blog,
  urls: SiteUrls,
  loadItem: (entry: PostEntry) => Promise<FeedItem>,
): { readonly page: number; readonly feed: Feed }[] {
  const pages = archivedPages(entries, settings.feedItems, { hasArchives: scope === urls.homePath() });
  return pages.flatMap(({ page, items, older, newer }) =>
    FORMATS.map((format) => {
      const path = urls.feedPath(format, scope, page);
      const urlOf = (number: number | null) =>
        number === null ? null : urls.absolute(urls.feedPath(format, scope, number));
      const site = siteHead(settings, urls, { id: feedId(settings.id ?? "", scope), path });
      const head: FeedHead = {
        ...site,
        title,
        description,
        homeUrl: urls.absolute(scope),
        currentUrl: urls.absolute(urls.feedPath(format, scope)),
        isArchive: page > 1,
        previousArchiveUrl: urlOf(older),
        nextArchiveUrl: urlOf(newer),
        updated: items.map(({ updated }) => updated).reduce((a, b) => (a > b ? a : b), NEVER),
        hub: page > 1 ? null : site.hub,
      };
      const key = hashOf(format, JSON.stringify(head), items.map(({ digest }) => digest).join());
      return {
        page,
        feed: {
          format,
          path,
          key,
          load: async () => ({ head, items: await Promise.all(items.map(loadItem)) }),
        },
      };
    }),
  );
}

/** Maximum number of items cached for other feeds, about 40 MB. */
const MAX_CACHED_ITEMS = 2_500;

/** Returns a loader that loads each item once for all feeds that contain it. */
function itemCache(): (entry: PostEntry) => Promise<FeedItem> {
  const cached = new Map<string, Promise<FeedItem>>();
  return (entry) => {
    const found = cached.get(entry.digest) ?? entry.load();
    cached.set(entry.digest, found);
    const [oldest] = cached.keys();
    if (cached.size > MAX_CACHED_ITEMS && oldest !== undefined) cached.delete(oldest);
    return found;
  };
}

function grouped(
  entries: readonly PostEntry[],
  keysOf: (entry: PostEntry) => Iterable<string>,
): Map<string, PostEntry[]> {
  const groups = new Map<string, PostEntry[]>();
  for (const entry of entries) {
    for (const key of keysOf(entry)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [entry]);
      else group.push(entry);
    }
  }
  return groups;
}
