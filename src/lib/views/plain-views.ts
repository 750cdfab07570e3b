import type { Direction, Page, Tombstone } from "../content/model.ts";
import { translationsFor } from "../../i18n/translations-for.ts";
import type { BlogIndex } from "./blog-index.ts";
import type { ViewInput } from "./context.ts";
import { authorsHere } from "./authors-here.ts";
import { metaView, type MetaView } from "./meta-view.ts";
import { postRow, type PostRow } from "./post-row.ts";
import type { LinkView, SiteView } from "./site-view.ts";
import { translationLinks, type TranslationView } from "./translation-links.ts";

interface Base {
  readonly site: SiteView;
  readonly meta: MetaView;
}

export interface SearchView extends Base {
  readonly kind: "search";
  readonly rooms: readonly LinkView[];
}

export interface FeedSetView {
  readonly label: string;
  readonly href: string;
  readonly atom: string;
  readonly rss: string;
  readonly json: string;
}

export interface SubscribeView extends Base {
  readonly kind: "subscribe";
  /** Addresses are absolute, since readers copy them. */
  readonly everything: FeedSetView;
  readonly conversation: string;
  readonly tags: readonly FeedSetView[];
  readonly authors: readonly FeedSetView[];
  readonly series: readonly FeedSetView[];
}

export interface PageView extends Base {
  readonly kind: "page";
  readonly title: string;
  readonly description: string;
  readonly lang: string;
  readonly dir: Direction;
  readonly bodyKey: string;
  readonly translations: readonly TranslationView[];
}

export interface MissingView extends Base {
  readonly kind: "missing";
  readonly newest: readonly PostRow[];
}

export interface OfflineView extends Base {
  readonly kind: "offline";
}

export interface TombstoneView extends Base {
  readonly kind: "tombstone";
  readonly title: string;
  /** Day of the deletion, `2024-05-01`. */
  readonly deleted: string;
}

/** The search page; the search itself is added in the browser. */
export function searchView(input: ViewInput, site: SiteView): SearchView {
  const { urls } = input.context;
  const words = translationsFor(site);
  return {
    kind: "search",
    site,
    meta: metaView(input, urls.searchPath(), { title: words.search.title, description: words.search.intro }),
    rooms: site.rooms,
  };
}

/** The page that lists and explains all feeds. */
export function subscribeView(input: ViewInput, index: BlogIndex, site: SiteView): SubscribeView {
  const { blog, context } = input;
  const { urls } = context;
  const words = translationsFor(site);
  const feeds = (label: string, scope: string): FeedSetView => ({
    label,
    href: urls.path(scope),
    atom: urls.absolute(urls.feedPath("atom", scope)),
    rss: urls.absolute(urls.feedPath("rss", scope)),
    json: urls.absolute(urls.feedPath("json", scope)),
  });
  return {
    kind: "subscribe",
    site,
    meta: metaView(input, urls.subscribePath(), {
      title: words.subscribe.title,
      description: words.subscribe.intro,
    }),
    everything: feeds(blog.settings.title, urls.homePath()),
    conversation: urls.absolute(urls.responsesFeedPath()),
    tags: index.tags.map((tag) => feeds(tag.label, urls.tagPath(tag.label))),
    authors: authorsHere(input, index).map((author) => feeds(author.name, urls.authorPath(author.id))),
    series: blog.series
      .filter((series) => index.bySeries.has(series.id))
      .map((series) => feeds(series.title, urls.seriesPath(series.id))),
  };
}

/** A page by the author. */
export function pageView(input: ViewInput, site: SiteView, page: Page): PageView {
  const { urls } = input.context;
  return {
    kind: "page",
    site,
    meta: metaView(input, urls.pagePath(page.slug), {
      title: page.title,
      description: page.description === "" ? page.body.excerpt : page.description,
      lang: page.lang,
    }),
    title: page.title,
    description: page.description,
    lang: page.lang,
    dir: page.dir,
    bodyKey: page.body.key,
    translations: translationLinks(input, page),
  };
}

/** The “not found” page. */
export function missingView(input: ViewInput, index: BlogIndex, site: SiteView): MissingView {
  const words = translationsFor(site);
  return {
    kind: "missing",
    site,
    meta: metaView(input, "/404.html", { title: words.missing.title, canonical: null, isListed: false }),
    newest: newestRows(input, index),
  };
}

/** The offline page, shown in place of pages that weren't visited. */
export function offlineView(input: ViewInput, site: SiteView): OfflineView {
  const { title } = translationsFor(site).offline;
  const path = input.context.urls.offlinePath();
  return {
    kind: "offline",
    site,
    meta: metaView(input, path, { title, canonical: null, isListed: false }),
  };
}

/** The tombstone page of a deleted post. */
export function tombstoneView(input: ViewInput, site: SiteView, tombstone: Tombstone): TombstoneView {
  const words = translationsFor(site);
  return {
    kind: "tombstone",
    site,
    meta: metaView(input, input.context.urls.postPath(tombstone.slug), {
      title: words.missing.gone,
      canonical: null,
      isListed: false,
      webmention: null,
      pingback: null,
    }),
    title: tombstone.title,
    deleted: tombstone.deleted,
  };
}

function newestRows(input: ViewInput, index: BlogIndex): PostRow[] {
  return input.blog.posts.slice(0, 5).map((post) => postRow(input, index, post));
}
