import { isoInZone } from "../content/dates.ts";
import type { Author, Post } from "../content/model.ts";
import { languageGroup, languageNames } from "../site/language-group.ts";
import type { SocialPicture, ViewContext, ViewInput } from "./context.ts";

/** A feed, or another form of the page, that a page announces. */
export interface FeedLinkView {
  readonly title: string;
  readonly type: string;
  readonly href: string;
}

/** A language of the blog in the switcher at the head of each page. */
export interface LanguageLink {
  /** In the language itself. */
  readonly name: string;
  readonly lang: string;
  readonly href: string;
  readonly isHere: boolean;
}

/** Data for the head of a page. */
export interface MetaView {
  /** Title of the page; the site's name is added unless it is the site's own. */
  readonly title: string;
  readonly description: string;
  /** Absolute address. */
  readonly canonical: string | null;
  readonly type: "website" | "article" | "profile";
  readonly picture: SocialPicture | null;
  /** Language of what the page shows, when it may differ from that of the interface. */
  readonly lang: string | null;
  /** Versions of the page in all its languages, itself and `x-default` among them: absolute addresses. */
  readonly alternates: readonly { readonly lang: string; readonly href: string }[];
  /** The blog's languages, each with the version of this page in it or else its home; empty for a blog in one. */
  readonly languages: readonly LanguageLink[];
  readonly feeds: readonly FeedLinkView[];
  /** Structured data as JSON-LD nodes. */
  readonly jsonLd: readonly object[];
  /** False for pages that a search engine shouldn't list. */
  readonly isListed: boolean;
  readonly previous: string | null;
  readonly next: string | null;
  /** Style sheets that the page needs besides the engine's own: those of a post's own components. */
  readonly styles: readonly string[];
  /** By which `npx backfence responses send` sees that the live page shows what it announces. */
  readonly version: string | null;
  readonly webmention: string | null;
  readonly pingback: string | null;
  /** Address of the receiver that takes posts from apps; on the front page only. */
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

/** The head of a page; `own` says what differs from a plain page. */
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

/** Facts about a post for Open Graph. */
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
