/**
 * Recognizes responses by the blog's own authors. Only facts that a sender can't choose count: the URL of the fetched
 * page, and the account confirmed by a network. Names and URLs typed by the sender never count.
 */
import type { AuthorAccount } from "../content/author-accounts.ts";
import type { PostResponse } from "./model.ts";

/** Data to recognize the blog's authors. */
export interface BlogOwner {
  /** URL of the blog with its base path. */
  readonly siteUrl: string;
  /** The authors' own sites: the `links` in `content/authors/*.yaml`, marked up as `rel=me`. */
  readonly sites?: readonly string[] | undefined;
  /** Accounts of all authors, from `content/authors/*.yaml`. */
  readonly accounts?: readonly AuthorAccount[] | undefined;
}

/** Data about the authors of a loaded blog. */
export interface OwnedBlog {
  readonly settings: { readonly url: string };
  readonly authors: readonly {
    readonly links: readonly { readonly url: string }[];
    readonly accounts: readonly AuthorAccount[];
  }[];
}

/** Returns the owner data of a loaded blog. */
export function blogOwner({ settings, authors }: OwnedBlog): BlogOwner {
  return {
    siteUrl: settings.url,
    sites: authors.flatMap(({ links }) => links.map(({ url }) => url)),
    accounts: authors.flatMap(({ accounts }) => accounts),
  };
}

/**
 * Whether one of the blog's own authors wrote a response:
 *
 * - Webmention, pingback: the source, which the receiver has fetched, is a page of the blog or of an author's own site.
 * - Imported comment: the importer recognized the account as an author's (`author.uid` is below the blog's URL).
 * - GitHub: the profile according to GitHub is a listed account, or `author.uid` was set by hand as for a comment.
 * - Mastodon, Bluesky: the account's id is listed.
 * - Trackback: never, because trackbacks aren't verified.
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

/** Compares ids. A Mastodon account listed without an id is compared by profile, which must be on the id's server. */
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

/** Compares parsed URLs, so that `https://blog.example.evil.example/` and `…/blog/../x` don't match. */
function isBelow(address: string, base: string): boolean {
  const [page, site] = [URL.parse(address), URL.parse(base)];
  if (page === null || site === null || page.origin !== site.origin) return false;
  // `…/profile.php?id=1` is a single page; others below its path belong to other people.
  if (site.search !== "") return page.href === site.href;
  const path = site.pathname.endsWith("/") ? site.pathname : `${site.pathname}/`;
  return `${page.pathname}/`.startsWith(path);
}
