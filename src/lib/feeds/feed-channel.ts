/** Which feeds a blog has: the whole site's, and one for each tag, author and series. */
import type { Blog } from "../content/model.ts";
import type { SiteUrls } from "../site/urls.ts";
import type { FeedItem } from "./feed-item.ts";
import { feedId } from "./feed-ids.ts";

/** One logical feed; each format writes it as one or more documents. */
export interface FeedChannel {
  /** Site path of the list that the feed follows: `/`, `/tags/listening/` … */
  readonly scope: string;
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Newest first. */
  readonly items: readonly FeedItem[];
  /** Whether items past the newest document are kept in archive documents. */
  readonly isArchived: boolean;
}

/**
 * The blog's feeds, the site's first. Only the site's has archives: a post is in it, one author's, one series' and
 * several tags' feeds, and archives of all of these would multiply the size of a large blog.
 */
export function feedChannels(
  blog: Blog,
  items: readonly FeedItem[],
  { urls, blogId }: { readonly urls: SiteUrls; readonly blogId: string },
): FeedChannel[] {
  const { title, description } = blog.settings;
  const channel = (scope: string, name: string, about: string, own: readonly FeedItem[]): FeedChannel => ({
    scope,
    id: feedId(blogId, scope),
    title: name === "" ? title : `${name} · ${title}`,
    description: about.trim() || description.trim() || title,
    items: own,
    isArchived: scope === "/",
  });
  const byAuthor = grouped(items, ({ post }) => post.authors);
  const bySeries = grouped(items, ({ post }) => (post.series === null ? [] : [post.series]));
  return [
    channel("/", "", description, items),
    ...tagged(items, urls).map(({ scope, label, own }) => channel(scope, label, "", own)),
    ...blog.authors.map(({ id, name }) => channel(urls.authorPath(id), name, "", byAuthor.get(id) ?? [])),
    ...blog.series.map((series) =>
      channel(urls.seriesPath(series.id), series.title, series.description, bySeries.get(series.id) ?? []),
    ),
  ];
}

/** The tags in the order of their addresses, each with its items; the newest post's way of writing it is the label. */
function tagged(
  items: readonly FeedItem[],
  urls: SiteUrls,
): { readonly scope: string; readonly label: string; readonly own: readonly FeedItem[] }[] {
  const scopes = new Map<string, string>();
  const labels = new Map<string, string>();
  const scopeOf = (label: string): string => {
    const scope = scopes.get(label) ?? urls.tagPath(label);
    scopes.set(label, scope);
    if (!labels.has(scope)) labels.set(scope, label);
    return scope;
  };
  const byScope = grouped(items, ({ post }) => new Set(post.tags.map(scopeOf)));
  return [...byScope]
    .map(([scope, own]) => ({ scope, label: labels.get(scope) ?? scope, own }))
    .sort((a, b) => (a.scope < b.scope ? -1 : 1));
}

function grouped(
  items: readonly FeedItem[],
  keysOf: (item: FeedItem) => Iterable<string>,
): Map<string, FeedItem[]> {
  const groups = new Map<string, FeedItem[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}
