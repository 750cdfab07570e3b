import { isoInZone } from "../content/dates.ts";
import type { Post } from "../content/model.ts";
import type { SocialPicture, ViewInput } from "./context.ts";

/** A feed that a page announces. */
export interface FeedLinkView {
  readonly title: string;
  readonly type: string;
  readonly href: string;
}

/** What the head of a page says. */
export interface MetaView {
  /** Title of the page; the site's name is added unless it is the site's own. */
  readonly title: string;
  readonly description: string;
  /** Absolute address. */
  readonly canonical: string | null;
  readonly type: "website" | "article" | "profile";
  readonly picture: SocialPicture | null;
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
  readonly article: {
    readonly published: string;
    readonly modified: string | null;
    readonly authors: readonly string[];
    readonly section: string | null;
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
  return {
    description: settings.description,
    canonical: context.urls.absolute(sitePath),
    type: "website",
    picture: context.socialPicture(null),
    jsonLd: [],
    isListed: true,
    previous: null,
    next: null,
    styles: [],
    version: null,
    webmention: settings.webmention?.endpoint ?? null,
    pingback: settings.webmention?.pingback ?? null,
    article: null,
    ...own,
    feeds: [...(own.feeds ?? []), ...feedLinks({ context }, settings.title)],
  };
}

/**
 * The three feeds of a list.
 * @param scope site path of the list, `/` for the whole site.
 */
export function feedLinks(
  { context: { urls } }: Pick<ViewInput, "context">,
  title: string,
  scope = "/",
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
  authors: readonly string[],
  timeZone: string | null = null,
): MetaView["article"] {
  return {
    published: isoInZone(post.date, timeZone),
    modified: post.updated === null ? null : isoInZone(post.updated, timeZone),
    authors,
    section: post.tags[0] ?? null,
    tags: post.tags,
  };
}
