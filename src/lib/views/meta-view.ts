import { isoInZone } from "../content/dates.ts";
import type { Author, Post } from "../content/model.ts";
import { languageGroup, languageNames } from "../site/language-group.ts";
import type { SocialPicture, ViewContext, ViewInput } from "./context.ts";

/** A feed, or another format of the page, to which the head of a page links. */
export interface FeedLinkView {
  readonly title: string;
  readonly type: string;
  readonly href: string;
}

/** A language of the blog in the language switcher in the header of each page. */
export interface LanguageLink {
  /** In the language itself. */
  readonly name: string;
  readonly lang: string;
  readonly href: string;
  readonly isHere: boolean;
}

/** Data for the head of a page. */
export interface MetaView {
  /** Title of the page. In the window title, the site's title is added, unless the two are equal. */
  readonly title: string;
  readonly description: string;
  /** Absolute address. */
  readonly canonical: string | null;
  readonly type: "website" | "article" | "profile";
  readonly picture: SocialPicture | null;
  /** Language of the page's content, if it can differ from that of the interface. */
  readonly lang: string | null;
  /** Versions of the page in all its languages, including itself and `x-default`. Addresses are absolute. */
  readonly alternates: readonly { readonly lang: string; readonly href: string }[];
  /** The blog's languages, each with its version of this page, else its home page; empty for a blog in one language. */
  readonly languages: readonly LanguageLink[];
  readonly feeds: readonly FeedLinkView[];
  /** Structured data as JSON-LD nodes. */
  readonly jsonLd: readonly object[];
  /** False for pages that a search engine shouldn't list. */
  readonly isListed: boolean;
  readonly previous: string | null;
  readonly next: string | null;
  /** Style sheets in addition to the engine's own: those of a post's own components. */
  readonly styles: readonly string[];
  /** Version mark by which `npx backfence responses send` checks that the live page is up to date. */
  readonly version: string | null;
  readonly webmention: string | null;
  readonly pingback: string | null;
  /** Address of the receiver for posts from apps (Micropub); only on the home page. */
  readonly micropub: string | null;
  readonly article: {
    readonly published: string;
    readonly modified: string | null;
    readonly authors: readonly string[];
    /** Authors' accounts for Mastodon's previews of links: `@nell@social.example`. */
    readonly fediverseCreators: readonly string[];
    readonly tags: readonly string[];
  } | null;
}

/** The head of a page; `own` overrides the defaults. */
export function metaView(
  { blog, context }: ViewInput,
  sitePath: string,
  own: Partial<MetaView> & Pick<MetaView, "title">,
): MetaView {
  const { settings } = blog;
  const canonical = context.urls.absolute(sitePath);
  const isItself = own.isListed !== false && (own.canonical ?? canonical) === canonical;
  return {
    description: settings.description,
    canonical,
    lang: null,
    type: "website",
    picture: context.socialPicture(null),
    alternates: isItself ? alternatesFor(context, sitePath) : [],
    languages: languageLinks(context, sitePath),
    jsonLd: [],
    isListed: true,
    previous: null,
    next: null,
    styles: [],
    version: null,
    webmention: settings.webmention?.endpoint ?? null,
    pingback: settings.webmention?.pingback ?? null,
    micropub: sitePath === "/" ? settings.micropub : null,
    article: null,
    ...own,
    feeds: [...(own.feeds ?? []), ...feedLinks({ context }, settings.title)],
  };
}

function alternatesFor({ urls, languages }: ViewContext, sitePath: string): MetaView["alternates"] {
  const found = languages?.sites.alternates.get(sitePath);
  if (found === undefined) return [];
  return [
    ...found.versions.map(({ lang, path }) => ({ lang, href: urls.absolute(path) })),
    { lang: "x-default", href: urls.absolute(found.fallback) },
  ];
}

function languageLinks({ urls, languages }: ViewContext, sitePath: string): readonly LanguageLink[] {
  if (languages === undefined || languages.sites.all.length < 2) return [];
  const { sites, here } = languages;
  const versions = sites.alternates.get(sitePath)?.versions ?? [];
  const names = languageNames(sites.all.map(({ language }) => language.lang));
  return sites.all.map(({ language, urls: own }, at) => {
    const same = versions.find(({ lang }) => languageGroup(lang) === language.group);
    return {
      name: names[at] ?? language.lang,
      lang: language.lang,
      href: urls.path(same?.path ?? own.homePath()),
      isHere: language === here.language,
    };
  });
}

/**
 * The three feeds of a list.
 * @param scope site path of the list; the default is the whole blog in the language of the page.
 */
export function feedLinks(
  { context: { urls } }: Pick<ViewInput, "context">,
  title: string,
  scope = urls.homePath(),
): FeedLinkView[] {
  const link = (kind: "rss" | "atom" | "json", type: string, name: string): FeedLinkView => ({
    title: `${title} (${name})`,
    type,
    href: urls.path(urls.feedPath(kind, scope)),
  });
  return [
    link("atom", "application/atom+xml", "Atom"),
    link("rss", "application/rss+xml", "RSS"),
    link("json", "application/feed+json", "JSON Feed"),
  ];
}

/** Open Graph metadata of a post. */
export function articleMeta(
  post: Post,
  authors: readonly Pick<Author, "name" | "accounts">[],
  timeZone: string | null = null,
): MetaView["article"] {
  return {
    published: isoInZone(post.date, timeZone),
    modified: post.updated === null ? null : isoInZone(post.updated, timeZone),
    authors: authors.map(({ name }) => name),
    fediverseCreators: authors.flatMap(
      ({ accounts }) => accounts.find(({ network }) => network === "mastodon")?.name ?? [],
    ),
    tags: post.tags,
  };
}
