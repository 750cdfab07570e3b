import type { Author, Series } from "../content/model.ts";
import { curlyQuotes } from "../curly-quotes.ts";
import { translationsFor } from "../../i18n/translations-for.ts";
import { authorsHere } from "./authors-here.ts";
import type { BlogIndex } from "./blog-index.ts";
import type { ViewInput } from "./context.ts";
import { seriesShelf, type ShelfView } from "./home-view.ts";
import { breadcrumbs, profilePage } from "./json-ld.ts";
import { feedLinks, metaView, type FeedLinkView, type MetaView } from "./meta-view.ts";
import { postCard, postRow, type PostCard, type PostRow } from "./post-row.ts";
import { authorView, type AuthorView } from "./post-view.ts";
import type { LinkView, SiteView } from "./site-view.ts";

interface Base {
  readonly site: SiteView;
  readonly meta: MetaView;
}

export interface TagsView extends Base {
  readonly kind: "tags";
  readonly tags: readonly {
    readonly label: string;
    readonly href: string;
    readonly count: number;
    /** The tag's newest post. */
    readonly newest: PostRow | null;
  }[];
}

export interface AuthorsView extends Base {
  readonly kind: "authors";
  readonly authors: readonly {
    readonly author: AuthorView;
    readonly count: number;
    readonly latest: PostRow | null;
  }[];
}

export interface AuthorPageView extends Base {
  readonly kind: "author";
  readonly author: AuthorView;
  readonly bioHtml: string;
  readonly links: readonly LinkView[];
  readonly total: number;
  /** The newest posts; the archive has the others. */
  readonly posts: readonly PostRow[];
  readonly archiveHref: string;
  readonly feeds: readonly FeedLinkView[];
}

export interface SeriesIndexView extends Base {
  readonly kind: "series-index";
  readonly series: readonly ShelfView[];
}

export interface SeriesPageView extends Base {
  readonly kind: "series";
  readonly title: string;
  readonly description: string;
  /** In reading order. */
  readonly parts: readonly PostCard[];
  readonly feeds: readonly FeedLinkView[];
}

const AUTHOR_ROWS = 100;

/** All tags, the most used first. */
export function tagsView(input: ViewInput, index: BlogIndex, site: SiteView): TagsView {
  const { urls } = input.context;
  const words = translationsFor(input.blog.settings);
  return {
    kind: "tags",
    site,
    meta: metaView(input, urls.tagsPath(), {
      title: words.list.tagsTitle,
      description: words.list.tagsIntro,
    }),
    tags: index.tags.map(({ label, posts }) => ({
      label,
      href: urls.path(urls.tagPath(label)),
      count: posts.length,
      newest: posts[0] === undefined ? null : postRow(input, index, posts[0]),
    })),
  };
}

/** All authors, hosts before guests. */
export function authorsView(input: ViewInput, index: BlogIndex, site: SiteView): AuthorsView {
  const { blog, context } = input;
  const words = translationsFor(blog.settings);
  const entries = authorsHere(input, index).map((author) => {
    const posts = index.byAuthor.get(author.id) ?? [];
    const latest = posts[0] === undefined ? null : postRow(input, index, posts[0]);
    return { author: authorView(context, author), count: posts.length, latest };
  });
  return {
    kind: "authors",
    site,
    meta: metaView(input, context.urls.authorsPath(), {
      title: words.list.authorsTitle,
      description: words.list.authorsIntro,
    }),
    authors: entries.sort((a, b) => Number(a.author.isGuest) - Number(b.author.isGuest) || b.count - a.count),
  };
}

/** One author with bio, links and posts. */
export function authorPageView(
  input: ViewInput,
  index: BlogIndex,
  site: SiteView,
  author: Author,
): AuthorPageView {
  const { urls } = input.context;
  const words = translationsFor(input.blog.settings);
  const posts = index.byAuthor.get(author.id) ?? [];
  const sitePath = urls.authorPath(author.id);
  const feeds = feedLinks(input, words.list.postsBy(author.name), sitePath);
  return {
    kind: "author",
    site,
    meta: metaView(input, sitePath, {
      title: author.name,
      description: author.short,
      type: "profile",
      feeds,
      jsonLd: [profilePage(input, author)],
    }),
    author: authorView(input.context, author),
    bioHtml: author.bioHtml,
    links: author.links.map((link) => ({
      label: curlyQuotes(link.label, input.blog.settings.lang),
      href: link.url,
    })),
    total: posts.length,
    posts: posts.slice(0, AUTHOR_ROWS).map((post) => postRow(input, index, post)),
    archiveHref: urls.path(urls.archivePath()),
    feeds,
  };
}

/** All series. */
export function seriesIndexView(input: ViewInput, index: BlogIndex, site: SiteView): SeriesIndexView {
  const words = translationsFor(input.blog.settings);
  return {
    kind: "series-index",
    site,
    meta: metaView(input, input.context.urls.seriesIndexPath(), {
      title: words.list.seriesTitle,
      description: words.list.seriesIntro,
    }),
    series: seriesShelf(input, index),
  };
}

/** One series in reading order. */
export function seriesPageView(
  input: ViewInput,
  index: BlogIndex,
  site: SiteView,
  series: Series,
): SeriesPageView {
  const { blog, context } = input;
  const { urls } = context;
  const words = translationsFor(blog.settings);
  const sitePath = urls.seriesPath(series.id);
  const feeds = feedLinks(input, series.title, sitePath);
  const description = curlyQuotes(series.description, blog.settings.lang);
  return {
    kind: "series",
    site,
    meta: metaView(input, sitePath, {
      title: series.title,
      description,
      feeds,
      jsonLd: [
        breadcrumbs([
          { name: blog.settings.title, url: urls.absolute(urls.homePath()) },
          { name: words.list.seriesTitle, url: urls.absolute(urls.seriesIndexPath()) },
          { name: series.title, url: urls.absolute(sitePath) },
        ]),
      ],
    }),
    title: series.title,
    description,
    parts: (index.bySeries.get(series.id) ?? []).map((post) => postCard(input, index, post)),
    feeds,
  };
}
