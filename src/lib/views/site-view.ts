import type { OwnWords } from "../../i18n/messages.ts";
import type { Blog, Direction } from "../content/model.ts";
import { directionOf } from "../content/scripts.ts";
import { hasTranslations, translationsFor } from "../../i18n/translations-for.ts";
import { analyticsScript } from "../site/analytics.ts";
import { BLOGROLL_PATH } from "../site/blogroll.ts";
import { newsletterForm, type NewsletterForm } from "../site/newsletter.ts";
import type { Settings } from "../site/settings.ts";
import type { Appearance } from "../themes/appearance.ts";
import type { LogoFile } from "../themes/own-files.ts";
import { hasVectorIcon } from "../themes/vector-icon.ts";
import { hasOwnTitle, isListMissing, localLinks, pagesFor } from "./local-links.ts";
import type { ViewInput } from "./context.ts";

export interface LinkView {
  readonly label: string;
  /** Empty for a group of links without a page of its own. */
  readonly href: string;
  /** Language of the label if it isn't that of the page. */
  readonly lang?: string;
  /** Links below it, in the menu. */
  readonly items?: readonly LinkView[];
}

/** A picture in the header. */
export interface LogoView {
  readonly href: string;
  readonly width: number;
  readonly height: number;
}

/** Data of the theme and the author's settings for every page, other than style sheets. */
export interface LookView {
  /** Color of the browser's toolbars. */
  readonly paper: { readonly light: string; readonly dark: string };
  /** SVG elements (with a 32 × 32 view box) before the blog's name; null for none. */
  readonly mark: string | null;
  readonly logo: { readonly light: LogoView; readonly dark: LogoView | null; readonly alt: string } | null;
  readonly hasVectorIcon: boolean;
  readonly bars: Appearance["bars"];
  /** Which posts show their cover in lists. */
  readonly pictures: Appearance["pictures"];
  readonly opening: Appearance["opening"];
  readonly share: Settings["look"]["share"];
  readonly hasDates: boolean;
  readonly hasReadingTime: boolean;
}

/** Header and footer of every page. The same value for all pages of a build in one language. */
export interface SiteView {
  readonly title: string;
  readonly description: string;
  /** Language of the page: of the blog, or of a post in another language. BCP 47. */
  readonly lang: string;
  readonly dir: Direction;
  /** Language of the author's own texts, such as links and notes about authors; null if it's that of the page. */
  readonly ownLang: string | null;
  /** Language of tags and lists; null if it's that of the page. */
  readonly listLang: string | null;
  /** Language of title and description; null if it's that of the page. */
  readonly titleLang: string | null;
  /** The author's own interface texts, by language. */
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
  /** Address of the blogroll for feed readers; null for a blog without one. */
  readonly blogroll: string | null;
  readonly licence: { readonly name: string; readonly url: string } | null;
  /** Year in which the blog began; empty for a blog without posts. From content, never from the clock. */
  readonly since: string;
  /** The author's additions to the footer; pages that it links to aren't in `pages`. */
  readonly footer: {
    readonly text: string;
    /** Language of the text; null if it's that of the page. */
    readonly lang: string | null;
    readonly links: readonly LinkView[];
  };
  /** Name and address of the generator; null if the author hides it. */
  readonly generator: LinkView | null;
  readonly newsletter: {
    readonly title: string | null;
    readonly text: string;
    /** Language of both; null if it's that of the page. */
    readonly lang: string | null;
    readonly form: NewsletterForm;
  } | null;
  /** Attributes of the analytics script; null if the blog has none. */
  readonly analytics: Readonly<Record<string, string>> | null;
  readonly look: LookView;
  /** Address of the service worker; null if the blog has none. */
  readonly worker: string | null;
}

/**
 * The shell of all pages of a blog.
 * @param lang language of the page; if the interface isn't translated into it, the blog's is used.
 */
export function siteView(input: ViewInput, lang = input.blog.settings.lang): SiteView {
  const { blog, context } = input;
  const { urls, menu = [], blogroll = null } = context;
  const { settings } = blog;
  const isTranslated = lang !== settings.lang && hasTranslations(lang);
  const pageLang = isTranslated ? lang : settings.lang;
  const textLang = context.languages?.sites.whole.settings.lang ?? settings.lang;
  const titleLang = hasOwnTitle(input) ? settings.lang : textLang;
  const otherThanPage = (tag: string): string | null => (tag === pageLang ? null : tag);
  const ownLang = otherThanPage(textLang);
  const { newsletter } = settings;
  const named = context.languages?.here.language;
  const langOfOwn = (isOwn: boolean): string | null => otherThanPage(isOwn ? settings.lang : textLang);
  const form = newsletterForm(settings);
  const { shell, blogroll: blogrollWords } = translationsFor({ lang: pageLang, words: settings.words });
  const to = (label: string, sitePath: string): LinkView => ({ label, href: urls.path(sitePath) });
  const toOwn = ({ label, url }: { readonly label: string; readonly url: string }): LinkView => ({
    label,
    href: url.startsWith("/") ? urls.path(url) : url,
  });
  const inOwnLang = (link: LinkView): LinkView =>
    ownLang === null || rooms.includes(link) ? link : { ...link, lang: ownLang };
  const local = localLinks(input, pageLang);
  const inMenu = (link: LinkView): LinkView => ({
    ...(local.get(link.href) ?? inOwnLang(link)),
    ...(link.items === undefined ? {} : { items: link.items.map(inMenu) }),
  });
  const isMenuOwn = (named?.menu.length ?? 0) > 0;
  const isFooterOwn = (named?.footer ?? null) !== null;
  const inLang = (link: LinkView, own: string | null): LinkView => ({
    ...link,
    ...(own === null ? {} : { lang: own }),
    ...(link.items === undefined ? {} : { items: link.items.map((item) => inLang(item, own)) }),
  });
  const rooms = [
    to(shell.posts, urls.postsPath()),
    ...(blog.posts.some((post) => post.tags.length > 0) ? [to(shell.tags, urls.tagsPath())] : []),
    ...(blog.series.length > 0 ? [to(shell.series, urls.seriesIndexPath())] : []),
    ...(blog.authors.length > 0 ? [to(shell.authors, urls.authorsPath())] : []),
    to(shell.archive, urls.archivePath()),
    ...(settings.people.isOn ? [to(shell.people, urls.peoplePath())] : []),
    ...(blogroll === null ? [] : [to(blogrollWords.title, urls.blogrollPath())]),
    to(shell.subscribe, urls.subscribePath()),
  ];
  const footerLinks = settings.look.footer.links
    .map(toOwn)
    .map(isFooterOwn ? (link) => inLang(link, langOfOwn(true)) : inMenu);
  return {
    title: settings.title,
    description: settings.description,
    lang: pageLang,
    dir: directionOf(pageLang),
    ownLang,
    listLang: langOfOwn(true),
    titleLang: otherThanPage(titleLang),
    words: settings.words,
    timeZone: settings.timeZone,
    base: urls.base,
    homeHref: urls.path(urls.homePath()),
    searchHref: urls.path(urls.searchPath()),
    navigation: withMenu(navigationOf(blog, rooms, urls.path), menu)
      .filter(({ href }) => !isListMissing(input, href))
      .map((link) => (isMenuOwn && !menu.includes(link) ? inLang(link, langOfOwn(true)) : inMenu(link))),
    rooms,
    pages: pagesFor(input)
      .map((page) => ({
        ...to(page.title, urls.pagePath(page.slug)),
        ...(page.lang === pageLang ? {} : { lang: page.lang }),
      }))
      .filter(({ href }) => !footerLinks.some((link) => link.href === href)),
    profiles: settings.profiles.map(({ label, url }) => ({ label, href: url })),
    feeds: [
      to("RSS", urls.feedPath("rss")),
      to("Atom", urls.feedPath("atom")),
      to("JSON Feed", urls.feedPath("json")),
    ],
    blogroll: blogroll === null ? null : urls.path(BLOGROLL_PATH),
    licence: settings.licence,
    since: beginning(context.languages?.sites.whole ?? blog),
    footer: {
      text: settings.look.footer.text,
      lang: langOfOwn(isFooterOwn),
      links: footerLinks,
    },
    generator: settings.colophon ? { ...GENERATOR, label: shell.madeWith(GENERATOR.label) } : null,
    newsletter:
      form === null
        ? null
        : {
            title: newsletter?.title ?? null,
            text: newsletter?.text ?? "",
            lang: langOfOwn((named?.newsletter ?? null) !== null),
            form,
          },
    analytics: analyticsAttrs(settings, urls.path),
    look: lookView(settings, urls.path),
    worker: settings.offline ? urls.path("/sw.js") : null,
  };
}

function analyticsAttrs(settings: Settings, path: (sitePath: string) => string): SiteView["analytics"] {
  const script = analyticsScript(settings);
  if (script === null) return null;
  const { src = "", ...attrs } = script.attrs;
  return { ...attrs, src: src.startsWith("/") ? path(src) : src };
}

const GENERATOR: LinkView = { label: "Backfence", href: "https://www.npmjs.com/package/backfence" };

function lookView({ look, appearance }: Settings, path: (sitePath: string) => string): LookView {
  const { colors, logo, mark, isMarkInHeader, bars, pictures, opening } = appearance;
  const logoView = ({ path: file, width, height }: LogoFile): LogoView => ({
    href: path(file),
    width,
    height,
  });
  return {
    paper: colors.paper,
    mark: isMarkInHeader ? mark : null,
    logo:
      logo === null
        ? null
        : {
            light: logoView(logo.light),
            dark: logo.dark === null ? null : logoView(logo.dark),
            alt: logo.alt,
          },
    hasVectorIcon: hasVectorIcon(appearance),
    bars,
    pictures,
    opening,
    share: look.share,
    hasDates: look.dates,
    hasReadingTime: look.readingTime,
  };
}

/** The author's own links, else the most important lists. Search is left out, since it has its own place. */
function navigationOf(
  blog: Blog,
  rooms: readonly LinkView[],
  path: (sitePath: string) => string,
): LinkView[] {
  const { menu, navigation } = blog.settings;
  const own = (menu.length > 0 ? menu : navigation).filter((link) => link.url !== "/search/");
  if (own.length === 0) return rooms.slice(0, 2).concat(rooms.slice(-1));
  const href = (url: string) => (url.startsWith("/") ? path(url) : url);
  return own.map(({ label, url, items }) => ({
    label,
    href: url === null ? "" : href(url),
    ...(items.length === 0
      ? {}
      : { items: items.map((item) => ({ label: item.label, href: href(item.url) })) }),
  }));
}

/** Adds links to the user's own pages to the menu. */
function withMenu(links: readonly LinkView[], more: readonly LinkView[]): readonly LinkView[] {
  const known = new Set(links.map(({ href }) => href));
  return [...links, ...more.filter(({ href }) => !known.has(href))];
}

/** The year in which the blog began. The last year isn't shown: the first post of a year would change all pages. */
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
