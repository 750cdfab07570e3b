/**
 * Whether one of the blog's own authors wrote a response. Only facts that a sender can't choose count: where the page
 * stands that was fetched, and the account that a network vouches for. Typed names and addresses never do.
 */
import type { AuthorAccount } from "../content/author-accounts.ts";
import type { PostResponse } from "./model.ts";

/** By what the blog's authors are recognized. */
export interface BlogOwner {
  /** Address of the blog with its base path. */
  readonly siteUrl: string;
  /** Places of the authors' own: the `links` of `content/authors/*.yaml`, marked up as `rel=me`. */
  readonly sites?: readonly string[] | undefined;
  /** Accounts of all authors, from `content/authors/*.yaml`. */
  readonly accounts?: readonly AuthorAccount[] | undefined;
}

/** Data of a loaded blog about its authors. */
export interface OwnedBlog {
  readonly settings: { readonly url: string };
  readonly authors: readonly {
    readonly links: readonly { readonly url: string }[];
    readonly accounts: readonly AuthorAccount[];
  }[];
}

/** The owner of a loaded blog. */
export function blogOwner({ settings, authors }: OwnedBlog): BlogOwner {
  return {
    siteUrl: settings.url,
    sites: authors.flatMap(({ links }) => links.map(({ url }) => url)),
    accounts: authors.flatMap(({ accounts }) => accounts),
  };
}

/**
 * - Webmention, pingback: the source, which the receiver has fetched, is a page of the blog or of an author's own site.
 * - Imported comment: the importer knew the account for that of an author (`author.uid` below the blog's address).
 * - GitHub: the profile that GitHub gives is a listed account, or `author.uid` was set by hand as for a comment.
 * - Mastodon, Bluesky: the account's id is a listed one.
 * - Trackback: never; nothing about one was ever checked.
 */
export function isOwnResponse(
  record: PostResponse,
  { siteUrl, sites = [], accounts = [] }: BlogOwner,
): boolean {
  const { uid, url } = record.author;
  switch (record["wm-protocol"]) {
    case "webmention":
    case "pingback":
      return [siteUrl, ...sites].some((site) => isBelow(record["wm-source"], site));
    case "comment":
      return uid !== undefined && isBelow(uid, siteUrl);
    case "giscus":
      if (uid !== undefined && isBelow(uid, siteUrl)) return true;
      return accounts.some(({ network, id }) => network === "github" && sameAddress(id, uid ?? url));
    case "mastodon":
    case "bluesky":
      return accounts.some((account) => isAccount(account, record));
    case "trackback":
      return false;
  }
}

/** By its id; a Mastodon account listed without one by its profile, when that is on the server of its id. */
function isAccount(account: AuthorAccount, record: PostResponse): boolean {
  const { uid, url } = record.author;
  if (account.network !== record["wm-protocol"] || uid === undefined) return false;
  if (account.id !== null) return account.id === uid;
  if (account.network !== "mastodon" || url === undefined) return false;
  return sameAddress(account.url, url) && URL.parse(uid)?.host === URL.parse(account.url)?.host;
}

function sameAddress(a: string | null, b: string | undefined): boolean {
  const spelt = (address: string | null | undefined) => address?.replace(/\/$/, "").toLowerCase();
  return a !== null && spelt(a) === spelt(b);
}

/** Parsed, so that neither `https://blog.example.evil.example/` nor `…/blog/../x` passes. */
function isBelow(address: string, base: string): boolean {
  const [page, site] = [URL.parse(address), URL.parse(base)];
  if (page === null || site === null || page.origin !== site.origin) return false;
  // `…/profile.php?id=1` names one page; others below its path belong to other people.
  if (site.search !== "") return page.href === site.href;
  const path = site.pathname.endsWith("/") ? site.pathname : `${site.pathname}/`;
  return `${page.pathname}/`.startsWith(path);
}
