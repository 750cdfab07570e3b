import type { Blog } from "../posts/model.ts";
import { lazyPage, type PageSpec } from "../site/outputs.ts";
import { archivePages } from "./archive-view.ts";
import { indexBlog, type BlogIndex } from "./blog-index.ts";
import { postConversation } from "./conversation-pages.ts";
import type { ViewContext, ViewInput } from "./context.ts";
import { homeView } from "./home-view.ts";
import { postsPages, tagPages } from "./list-view.ts";
import { authorPageView, authorsView, seriesIndexView, seriesPageView, tagsView } from "./overview-views.ts";
import { peoplePages } from "./people-view.ts";
import {
  missingView,
  offlineView,
  pageView,
  searchView,
  subscribeView,
  tombstoneView,
} from "./plain-views.ts";
import { postView } from "./post-view.ts";
import { responsesPages } from "./responses-page-view.ts";
import { siteView } from "./site-view.ts";

/**
 * Every HTML page of a blog with all that it shows. The same blog gives the same JSON, byte for byte.
 * Only what readers may see has to be in `blog`; in dev that includes drafts, which are marked.
 */
export function sitePages(
  blog: Blog,
  context: ViewContext,
  index: BlogIndex = indexBlog(blog, context.urls),
): PageSpec[] {
  const input: ViewInput = { blog, context };
  const { urls } = context;
  const site = siteView(input);
  const page = (
    route: string,
    path: string,
    makeView: () => object,
    params: PageSpec["params"] = {},
  ): PageSpec => lazyPage({ route, params, path }, makeView);
  return [
    page("index", "/", () => homeView(input, index, site)),
    ...postsPages(input, index, site),
    ...blog.posts.flatMap((post) => {
      const view = () => postView(input, index, site, post, postConversation(input, index, post));
      return [
        page("posts/[slug]", urls.postPath(post.slug), view, { slug: post.slug }),
        ...responsesPages(input, index, site, post),
      ];
    }),
    ...blog.tombstones.map((tombstone) =>
      page("posts/[slug]", urls.postPath(tombstone.slug), () => tombstoneView(input, site, tombstone), {
        slug: tombstone.slug,
      }),
    ),
    page("tags/index", urls.tagsPath(), () => tagsView(input, index, site)),
    ...index.tags.flatMap((tag) => tagPages(input, index, site, tag)),
    page("authors/index", urls.authorsPath(), () => authorsView(input, index, site)),
    ...blog.authors.map((author) =>
      page("authors/[id]", urls.authorPath(author.id), () => authorPageView(input, index, site, author), {
        id: author.id,
      }),
    ),
    page("series/index", urls.seriesIndexPath(), () => seriesIndexView(input, index, site)),
    ...blog.series.map((series) =>
      page("series/[id]", urls.seriesPath(series.id), () => seriesPageView(input, index, site, series), {
        id: series.id,
      }),
    ),
    ...archivePages(input, index, site),
    ...peoplePages(input, index, site),
    page("search", urls.searchPath(), () => searchView(input, site)),
    page("subscribe", urls.subscribePath(), () => subscribeView(input, index, site)),
    ...blog.pages.map((own) =>
      page("[...page]", urls.pagePath(own.slug), () => pageView(input, site, own), { page: own.slug }),
    ),
    ...(blog.settings.offline ? [page("offline", urls.offlinePath(), () => offlineView(input, site))] : []),
    page("404", "/404.html", () => missingView(input, index, site)),
  ];
}
