import type { Blog, Direction } from "../content/model.ts";
import { translationsFor } from "../../i18n/translations-for.ts";
import type { ViewInput } from "./context.ts";

export interface LinkView {
  readonly label: string;
  readonly href: string;
}

/** What stands around every page: masthead and footer. The same value for all pages of a build. */
export interface SiteView {
  readonly title: string;
  readonly description: string;
  readonly lang: string;
  readonly dir: Direction;
  readonly timeZone: string | null;
  /** Base path, `/` or `/blog/`. */
  readonly base: string;
  readonly homeHref: string;
  readonly searchHref: string;
  readonly navigation: readonly LinkView[];
  readonly rooms: readonly LinkView[];
  readonly pages: readonly LinkView[];
  readonly profiles: readonly LinkView[];
  readonly feeds: readonly LinkView[];
  readonly licence: { readonly name: string; readonly url: string } | null;
  /** Year in which the blog began; empty for a blog without posts. From content, never from the clock. */
  readonly since: string;
  /** Address of the service worker, null when the blog has none. */
  readonly worker: string | null;
}

/** The shell of all pages of a blog. */
export function siteView({ blog, context: { urls, menu = [] } }: ViewInput): SiteView {
  const { settings } = blog;
  const { shell } = translationsFor(settings.lang);
  const to = (label: string, sitePath: string): LinkView => ({ label, href: urls.path(sitePath) });
  const rooms = [
    to(shell.posts, urls.postsPath()),
    ...(blog.posts.some((post) => post.tags.length > 0) ? [to(shell.tags, urls.tagsPath())] : []),
    ...(blog.series.length > 0 ? [to(shell.series, urls.seriesIndexPath())] : []),
    ...(blog.authors.length > 0 ? [to(shell.authors, urls.authorsPath())] : []),
    to(shell.archive, urls.archivePath()),
    ...(settings.people.isOn ? [to(shell.people, urls.peoplePath())] : []),
    to(shell.subscribe, urls.subscribePath()),
  ];
  return {
    title: settings.title,
    description: settings.description,
    lang: settings.lang,
    dir: directionOf(settings.lang),
    timeZone: settings.timeZone,
    base: urls.base,
    homeHref: urls.path("/"),
    searchHref: urls.path(urls.searchPath()),
    navigation: withMenu(navigationOf(blog, rooms, urls.path, urls.searchPath()), menu),
    rooms,
    pages: blog.pages.map((page) => to(page.title, urls.pagePath(page.slug))),
    profiles: settings.profiles.map(({ label, url }) => ({ label, href: url })),
    feeds: [
      to("RSS", urls.feedPath("rss")),
      to("Atom", urls.feedPath("atom")),
      to("JSON Feed", urls.feedPath("json")),
    ],
    licence: settings.licence,
    since: beginning(blog),
    worker: settings.offline ? urls.path("/sw.js") : null,
  };
}

/** Writing direction of a language. */
export function directionOf(lang: string): Direction {
  const { language, script } = new Intl.Locale(lang).maximize();
  const isRightToLeft = ["Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg"].includes(script ?? language);
  return isRightToLeft ? "rtl" : "ltr";
}

/** The author's own links, else the rooms that a reader looks for first. Search has a place of its own. */
function navigationOf(
  blog: Blog,
  rooms: readonly LinkView[],
  path: (sitePath: string) => string,
  searchPath: string,
): LinkView[] {
  const own = blog.settings.navigation.filter((link) => link.url !== searchPath);
  if (own.length === 0) return rooms.slice(0, 2).concat(rooms.slice(-1));
  return own.map(({ label, url }) => ({ label, href: url.startsWith("/") ? path(url) : url }));
}

/** The menu with the pages that ask for a place in it. */
function withMenu(links: readonly LinkView[], more: readonly LinkView[]): readonly LinkView[] {
  const known = new Set(links.map(({ href }) => href));
  return [...links, ...more.filter(({ href }) => !known.has(href))];
}

/** The year in which the blog began. The last year isn't said: each page would change with the first post of a year. */
function beginning({ posts, settings }: Blog): string {
  const inZone = new Intl.DateTimeFormat("en", {
    timeZone: settings.timeZone ?? "UTC",
    year: "numeric",
    calendar: "gregory",
  });
  const oldest = posts.at(-1);
  const years = [
    settings.since,
    oldest === undefined ? null : Number(inZone.format(Date.parse(oldest.date))),
  ];
  const known = years.filter((year) => year !== null);
  return known.length === 0 ? "" : String(Math.min(...known));
}
