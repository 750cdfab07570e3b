import type { LanguageSite, LanguageSites } from "../content/language-sites.ts";
import { lazyPage, type PageSpec } from "../site/outputs.ts";
import { ANYWHERE } from "./anywhere.ts";
import type { ViewContext, ViewInput } from "./context.ts";
import type { ArchivePeriodView, ArchiveView } from "./archive-view.ts";
import type { HomeView } from "./home-view.ts";
import type { ListView } from "./list-view.ts";
import type {
  AuthorPageView,
  AuthorsView,
  SeriesIndexView,
  SeriesPageView,
  TagsView,
} from "./overview-views.ts";
import type { SearchView, SubscribeView } from "./plain-views.ts";
import type { PageGroup } from "./site-pages.ts";

/** View of a page of {@link ROUTE}. */
export type LanguagePageView =
  | HomeView
  | ListView
  | TagsView
  | AuthorsView
  | AuthorPageView
  | SeriesIndexView
  | SeriesPageView
  | ArchiveView
  | ArchivePeriodView
  | SearchView
  | SubscribeView;

/** The route of the home page, lists and search in languages other than the blog's own. */
const ROUTE = "languages/[...page]";

/** Input for the pages in one language, with its addresses. Related posts are limited to the same language. */
export function inLanguage(
  context: ViewContext,
  sites: LanguageSites,
  here: LanguageSite | undefined,
): ViewInput {
  if (here === undefined) throw new Error("A blog has a language");
  const { blog, urls } = here;
  const own: ViewContext = { ...context, urls, languages: { sites, here } };
  if (sites.all.length === 1) return { blog, context: own };
  const posts = new Set(blog.posts);
  return {
    blog,
    context: { ...own, related: (post) => context.related(post).filter((other) => posts.has(other)) },
  };
}

/** Moves the lists of a language to {@link ROUTE}. Posts and pages keep the routes of the blog's own language. */
export function belowLanguage(group: PageGroup, prefix: string): PageGroup {
  if (group.routes.some((route) => route === ANYWHERE || route.startsWith("posts/[slug]"))) return group;
  const { key } = group;
  return {
    routes: [ROUTE],
    ...(key === undefined ? {} : { key: () => key.call(group) }),
    pages: () => group.pages().map((page) => below(page, prefix)),
  };
}

function below(page: PageSpec, prefix: string): PageSpec {
  const rest = decodeURI(page.path)
    .slice(prefix.length)
    .replace(/^\/|\/$/g, "");
  const params = { lang: prefix.slice(1), page: rest === "" ? undefined : rest };
  return lazyPage({ route: ROUTE, params, path: page.path }, () => page.view);
}
