import type { Post } from "../content/model.ts";
import { copyAt, networkName } from "../networks/copies.ts";
import { safeUrl } from "../responses/clean-text.ts";
import type { PostResponse } from "../responses/model.ts";
import type { BlogIndex } from "./blog-index.ts";
import type { ViewInput } from "./context.ts";

export interface GiscusView {
  readonly host: string;
  readonly repo: string;
  readonly repoId: string;
  readonly category: string;
  readonly categoryId: string;
  /** The post's stable id. */
  readonly term: string;
  /** The discussion on GitHub, or a search for it while no response from there is stored. */
  readonly discussionUrl: string;
}

/** Ways to respond to a post; null for each that isn't offered. */
export interface WaysView {
  /** The form for a comment without an account. */
  readonly comment: { readonly endpoint: string; readonly slug: string } | null;
  readonly giscus: GiscusView | null;
  /** Copies of the post from which replies are fetched; null instead of an empty list. */
  readonly copies: readonly { readonly network: string; readonly href: string }[] | null;
  readonly webmention: { readonly endpoint: string; readonly target: string } | null;
  readonly trackback: string | null;
  /** A `mailto:` address. */
  readonly mail: string | null;
}

/** For closed posts. */
export const NO_WAYS: WaysView = {
  comment: null,
  giscus: null,
  copies: null,
  webmention: null,
  trackback: null,
  mail: null,
};

/** The ways to respond to an open post. */
export function waysView(input: ViewInput, index: BlogIndex, post: Post): WaysView {
  const { settings } = input.blog;
  const { urls } = input.context;
  const url = urls.absolute(urls.postPath(post.slug));
  const form = settings.webmention?.comments ?? null;
  return {
    comment: form === null ? null : { endpoint: form, slug: post.slug },
    giscus: giscusView(input, post, index.responsesOf(post)),
    copies: copiesOf(input, post),
    webmention: settings.webmention === null ? null : { endpoint: settings.webmention.endpoint, target: url },
    trackback: trackbackUrl(input, post),
    mail: mailTo(settings.replyEmail, post.title, url),
  };
}

/** The trackback address of a post; null if site.yaml sets none. */
export function trackbackUrl({ blog }: ViewInput, post: Post): string | null {
  return blog.settings.webmention?.trackback?.replace("{slug}", encodeURIComponent(post.slug)) ?? null;
}

/** Address of the receiver's form for a reply within a thread; null if comments aren't accepted. */
export function replyHref({ blog }: ViewInput, post: Post, responseUrl: string): string | null {
  const form = blog.settings.webmention?.comments ?? null;
  if (form === null || post.comments !== "open") return null;
  const address = new URL(form);
  address.searchParams.set("post", post.slug);
  address.searchParams.set("reply-to", responseUrl);
  return address.href;
}

function copiesOf({ blog: { settings } }: ViewInput, { syndication }: Post): WaysView["copies"] {
  const copies = syndication.flatMap((href) => {
    const copy = copyAt(href);
    const isRead = copy !== null && settings.networks[copy.network];
    return isRead && !href.startsWith("at:") ? [{ copy, network: networkName(copy), href }] : [];
  });
  if (copies.length === 0) return null;
  // Two links must not have the same label.
  return copies.map(({ copy, network, href }) => {
    const isOnly = copies.filter((other) => other.network === network).length === 1;
    const place = copy.network === "mastodon" ? new URL(copy.origin).host : copy.actor;
    return { network: isOnly || network === place ? network : `${network} (${place})`, href };
  });
}

function giscusView({ blog }: ViewInput, post: Post, records: readonly PostResponse[]): GiscusView | null {
  const { giscus } = blog.settings;
  if (giscus === null) return null;
  const known = records.findLast((record) => record["wm-protocol"] === "giscus")?.["wm-source"];
  const discussion = safeUrl(known?.replace(/#.*/, ""));
  const query = new URLSearchParams({ discussions_q: `"${post.id}" in:title category:"${giscus.category}"` });
  const search = `https://github.com/${giscus.repo}/discussions?${query}`;
  return { ...giscus, term: post.id, discussionUrl: discussion ?? search };
}

function mailTo(address: string | null, title: string, url: string): string | null {
  if (address === null) return null;
  return `mailto:${address}?subject=${encodeURIComponent(`Re: ${title}`)}&body=${encodeURIComponent(`\n\n${url}`)}`;
}
