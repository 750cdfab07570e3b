import type { OwnWords } from "../../i18n/messages.ts";
import type { Blog, Direction } from "../content/model.ts";
import { hasTranslations, translationsFor } from "../../i18n/translations-for.ts";
import type { ViewInput } from "./context.ts";

export interface LinkView {
  readonly label: string;
  readonly href: string;
  /** Language of the label where it isn't that of the page. */
  readonly lang?: string;
}

/** What is around every page, masthead and footer. The same value for all pages of a build in one language. */
export interface SiteView {
  readonly title: string;
  readonly description: string;
  /** Language of the page: of the blog, or of a post in another language. BCP 47. */
  readonly lang: string;
  readonly dir: Direction;
  /** Language of the author's own texts here: title, description, own links. Null when it's that of the page. */
  readonly ownLang: string | null;
  /** The author's own texts of the interface, by language. */
  readonly words: OwnWords;
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

/**
 * The shell of all pages of a blog.
 * @param lang language of the page; the blog's when the interface isn't translated into it.
 */
export function siteView(
  { blog, context: { urls, menu = [] } }: ViewInput,
  lang = blog.settings.lang,
): SiteView {
  const { settings } = blog;
  const isTranslated = lang !== settings.lang && hasTranslations(lang);
  const pageLang = isTranslated ? lang : settings.lang;
  const { shell } = translationsFor({ lang: pageLang, words: settings.words });
  const to = (label: string, sitePath: string): LinkView => ({ label, href: urls.path(sitePath) });
  const inOwnLang = (link: LinkView): LinkView =>
    isTranslated && !rooms.includes(link) ? { ...link, lang: settings.lang } : link;
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
    lang: pageLang,
    dir: directionOf(pageLang),
    ownLang: isTranslated ? settings.lang : null,
    words: settings.words,
    timeZone: settings.timeZone,
    base: urls.base,
    homeHref: urls.path("/"),
    searchHref: urls.path(urls.searchPath()),
    navigation: withMenu(navigationOf(blog, rooms, urls.path, urls.searchPath()), menu).map(inOwnLang),
    rooms,
    pages: blog.pages.map((page) => inOwnLang(to(page.title, urls.pagePath(page.slug)))),
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
