import { hashOf } from "../cache/file-cache.ts";
import { languageSites } from "../content/language-sites.ts";
import type { Blog, Page, Post, Tombstone } from "../content/model.ts";
import { lazyPage, type PageSpec } from "../site/outputs.ts";
import { ANYWHERE, anywhere } from "./anywhere.ts";
import { archivePages } from "./archive-view.ts";
import { authorsHere } from "./authors-here.ts";
import { blogrollView } from "./blogroll-view.ts";
import { indexBlog, type BlogIndex } from "./blog-index.ts";
import { isOnOnePage, postConversation } from "./conversation-pages.ts";
import type { ViewContext, ViewInput } from "./context.ts";
import { isHomeText } from "./home-text.ts";
import { belowLanguage, inLanguage } from "./language-pages.ts";
import { homeView } from "./home-view.ts";
import { notesPages, postsPages, tagPages } from "./list-view.ts";
import { authorPageView, authorsView, seriesIndexView, seriesPageView, tagsView } from "./overview-views.ts";
import { peopleKey, peoplePages } from "./people-view.ts";
import {
  missingView,
  offlineView,
  pageView,
  searchView,
  subscribeView,
  tombstoneView,
} from "./plain-views.ts";
import { postInputs } from "./post-inputs.ts";
import { postView } from "./post-view.ts";
import { responsesPages } from "./responses-page-view.ts";
import { siteView, type SiteView } from "./site-view.ts";

/** Pages whose paths are computed together; the dev server computes only groups that are visited. */
export interface PageGroup {
  /** Route files that render them, as in `PageSpec`. */
  readonly routes: readonly string[];
  /**
   * Hash of all inputs other than the code that determine the pages and their content. While it's unchanged, all pages
   * of the group can be skipped. Left out if computing the pages costs about as much.
   */
  key?(): string | null;
  pages(): readonly PageSpec[];
}

/**
 * All HTML pages of a blog with their views, grouped by route. The same blog results in the same JSON, byte for byte.
 * `blog` must contain only what readers can see; in dev that includes drafts, which are marked.
 */
export function pageGroups(
  blog: Blog,
  context: ViewContext,
  index: BlogIndex,
  sites = languageSites(blog, context.urls),
): readonly PageGroup[] {
  const [main, ...others] = sites.all;
  return [
    ...groupsIn(inLanguage(context, sites, main), main?.blog === blog ? index : null),
    ...others.flatMap((here) =>
      groupsIn(inLanguage(context, sites, here), null).map((group) =>
        belowLanguage(group, here.language.prefix),
      ),
    ),
    peopleGroup(blog, inLanguage(context, sites, main), index),
  ];
}

/** Pages about people who responded to posts in any language. */
function peopleGroup(blog: Blog, main: ViewInput, index: BlogIndex): PageGroup {
  const site = siteView(main);
  const input = { ...main, blog };
  return {
    routes: ["people/index", "people/[person]"],
    key: () => peopleKey(input, index, site),
    pages: () => peoplePages(input, index, site),
  };
}

/** Pages of a blog in one language. @param known the index of the same blog, if there is one. */
function groupsIn(input: ViewInput, known: BlogIndex | null): readonly PageGroup[] {
  const { blog, context } = input;
  const { urls } = context;
  const index = known ?? indexBlog(blog, urls);
  const isMain = urls.homePath() === "/";
  const site = siteView(input);
  const inputsOf = postInputs(input, index, site);
  const sites = new Map([[blog.settings.lang, site]]);
  const siteOf = ({ lang }: Post | Page): SiteView => {
    const known = sites.get(lang) ?? siteView(input, lang);
    sites.set(lang, known);
    return known;
  };
  const postOf = (post: Post): object =>
    postView(input, index, siteOf(post), post, postConversation(input, index, post));
  return [
    one("index", urls.homePath(), () => homeView(input, index, site)),
    { routes: ["posts/index", "posts/page/[page]"], pages: () => postsPages(input, index, site) },
    { routes: ["notes/index", "notes/page/[page]"], pages: () => notesPages(input, index, site) },
    {
      routes: ["posts/[slug]", ANYWHERE],
      pages: () => {
        const page = ({ slug, path }: Post | Tombstone) =>
          decodeURI(path) === `/posts/${slug}/`
            ? { route: "posts/[slug]", params: { slug }, path }
            : anywhere(path);
        return [
          ...blog.posts.map((post) =>
            lazyPage(
              { ...page(post), inputs: () => inputsOf(post), isListed: post.visibility === "published" },
              () => postOf(post),
            ),
          ),
          ...blog.tombstones.map((post) => lazyPage(page(post), () => tombstoneView(input, site, post))),
        ];
      },
    },
    {
      routes: ["posts/[slug]/responses/[page]", ANYWHERE],
      key: () => together(blog.posts.filter((post) => !isOnOnePage(index, post)).map(inputsOf)),
      pages: () => blog.posts.flatMap((post) => responsesPages(input, index, siteOf(post), post)),
    },
    one("tags/index", urls.tagsPath(), () => tagsView(input, index, site)),
    {
      routes: ["tags/[tag]", "tags/[tag]/page/[page]"],
      pages: () => index.tags.flatMap((tag) => tagPages(input, index, site, tag)),
    },
    one("authors/index", urls.authorsPath(), () => authorsView(input, index, site)),
    several("authors/[id]", authorsHere(input, index), (author) => ({
      params: { id: author.id },
      path: urls.authorPath(author.id),
      view: () => authorPageView(input, index, site, author),
    })),
    ...(isMain || blog.series.length > 0
      ? [one("series/index", urls.seriesIndexPath(), () => seriesIndexView(input, index, site))]
      : []),
    several("series/[id]", blog.series, (series) => ({
      params: { id: series.id },
      path: urls.seriesPath(series.id),
      view: () => seriesPageView(input, index, site, series),
    })),
    {
      routes: ["archive/index", "archive/[year]", "archive/[year]/[month]"],
      pages: () => archivePages(input, index, site),
    },
    one("search", urls.searchPath(), () => searchView(input, site)),
    one("subscribe", urls.subscribePath(), () => subscribeView(input, index, site)),
    ...(isMain ? blogrollPages(input, site) : []),
    several(
      ANYWHERE,
      blog.pages.filter((own) => !isHomeText(own)),
      (own) => ({
        ...anywhere(urls.pagePath(own.slug)),
        view: () => pageView(input, siteOf(own), own),
      }),
    ),
    ...(isMain && blog.settings.offline
      ? [one("offline", urls.offlinePath(), () => offlineView(input, site))]
      : []),
    ...(isMain ? [one("404", "/404.html", () => missingView(input, index, site))] : []),
  ];
}

function blogrollPages(input: ViewInput, site: SiteView): PageGroup[] {
  const { urls, blogroll = null } = input.context;
  return blogroll === null
    ? []
    : [one("blogroll", urls.blogrollPath(), () => blogrollView(input, site, blogroll))];
}

/** Hash of several hashes; null if one of them is null. */
function together(inputs: readonly (string | null)[]): string | null {
  return inputs.includes(null) ? null : hashOf(inputs.join());
}

/** Group of a route with one page. */
function one(route: string, path: string, view: () => object): PageGroup {
  return { routes: [route], pages: () => [lazyPage({ route, params: {}, path }, view)] };
}

/** Group of a route with one page for each item. */
function several<Thing>(
  route: string,
  things: readonly Thing[],
  pageOf: (thing: Thing) => Pick<PageSpec, "params" | "path"> & { view: () => object },
): PageGroup {
  const page = (thing: Thing): PageSpec => {
    const { params, path, view } = pageOf(thing);
    return lazyPage({ route, params, path }, view);
  };
  return { routes: [route], pages: () => things.map(page) };
}
