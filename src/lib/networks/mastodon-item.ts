/** Converts a status, like or boost to an item of a thread. */
import { safeUrl } from "../responses/clean-text.ts";
import type { MastodonCopy } from "./copies.ts";
import { signalsInBio } from "./consent.ts";
import type { MastodonAccount, MastodonStatus } from "./mastodon-schema.ts";
import type { NetworkAccount, NetworkAttachment, NetworkItem, OptOutSignal } from "./network-item.ts";
import { htmlOfPlain } from "./rich-text.ts";

/**
 * Converts a reply or quote; null without a usable URL or account.
 * @param idOf returns a status's ActivityPub id by its id on this server; null for the copy and for unknown ids.
 */
export function itemOfStatus(
  status: MastodonStatus,
  kind: "in-reply-to" | "mention-of",
  server: Pick<MastodonCopy, "origin">,
  idOf: (localId: string) => string | null,
): NetworkItem | null {
  const url = safeUrl(status.url) ?? safeUrl(status.uri);
  const account = accountOf(status.account, server);
  if (url === null || account === null) return null;
  const html = `${withoutQuoteLink(status.content ?? "")}${pollHtml(status)}`;
  return {
    id: status.uri,
    localId: status.id,
    url,
    kind,
    account,
    html,
    warning: warningOf(status),
    published: status.created_at ?? null,
    updated: status.edited_at ?? null,
    parent: kind === "in-reply-to" && status.in_reply_to_id != null ? idOf(status.in_reply_to_id) : null,
    attachments: status.media_attachments.flatMap(attachmentOf),
    emoji: emojiOf(status, html),
    isPublic: status.visibility === "public" || status.visibility === "unlisted",
    original: null,
    hidden: null,
  };
}

/**
 * Converts a like or boost. Its URL is the one that Bridgy computes (granary's `mastodon.py`), so that both become one
 * record. The API has no date for it.
 */
export function itemOfReaction(
  raw: MastodonAccount,
  kind: "like-of" | "repost-of",
  copy: MastodonCopy,
  status: MastodonStatus,
): NetworkItem | null {
  const account = accountOf(raw, copy);
  const word = kind === "like-of" ? "favorited" : "reblogged";
  const url = safeUrl(`${safeUrl(status.url) ?? copy.address}#${word}-by-${raw.id}`);
  if (account === null || url === null) return null;
  return {
    id: `${status.uri}#${word}-by-${raw.id}`,
    localId: raw.id,
    url,
    kind,
    account,
    html: "",
    warning: "",
    published: null,
    updated: null,
    parent: null,
    attachments: [],
    emoji: {},
    isPublic: true,
    original: null,
    hidden: null,
  };
}

/** Converts an account; null without a valid profile URL or id. */
export function accountOf(
  account: MastodonAccount,
  { origin }: Pick<MastodonCopy, "origin">,
): NetworkAccount | null {
  const url = safeUrl(account.url) ?? safeUrl(account.uri);
  if (url === null) return null;
  const [user = "", server = new URL(origin).host] = account.acct.split("@");
  const uid = uidOf(account, url, server);
  if (uid === null) return null;
  return {
    uid,
    nickname: `@${user}@${server}`,
    name: (account.display_name ?? "").replace(/:[\w-]{1,64}:/g, "").trim() || account.username,
    url,
    photo: pictureOf(account.avatar_static ?? account.avatar),
    signals: signalsOf(account),
    isSuspended: account.suspended === true,
  };
}

/**
 * The ActivityPub id. Servers that omit it: the profile URL, but only if it's on the account's own server, since the
 * account can choose it; otherwise a URL built from server and username.
 */
function uidOf({ uri, pleroma, username }: MastodonAccount, url: string, server: string): string | null {
  const id = safeUrl(uri) ?? safeUrl(pleroma?.ap_id);
  if (id !== null) return id;
  return new URL(url).host === server.toLowerCase() ? url : safeUrl(`https://${server}/@${username}`);
}

function signalsOf(account: MastodonAccount): readonly OptOutSignal[] {
  const signals: OptOutSignal[] = [...signalsInBio(account.note ?? "")];
  if (account.noindex === true) signals.push("noindex");
  if (account.indexable === false) signals.push("indexable");
  return signals;
}

/** URL of the avatar; null for a server's placeholder. */
function pictureOf(address: string | null | undefined): string | null {
  const url = safeUrl(address);
  return url === null || /\/missing\.(?:png|svg)$/.test(new URL(url).pathname) ? null : url;
}

function attachmentOf(media: MastodonStatus["media_attachments"][number]): NetworkAttachment[] {
  const url = safeUrl(media.url) ?? safeUrl(media.remote_url);
  if (url === null) return [];
  const type = media.type === "gifv" ? "video" : media.type;
  const isKnown = type === "image" || type === "video" || type === "audio";
  const preview = safeUrl(media.preview_url) ?? (type === "image" ? url : null);
  return [{ type: isKnown ? type : "link", url, preview, alt: media.description ?? "" }];
}

/** Content warning, shown as plain text: without the codes of custom emoji, unless it consists only of them. */
function warningOf({ spoiler_text: raw, emojis }: MastodonStatus): string {
  const codes = new Set(emojis.map(({ shortcode }) => `:${shortcode}:`));
  const words = (raw ?? "").replace(/:[\w-]{1,64}:/g, (code) => (codes.has(code) ? "" : code)).trim();
  return words || (raw ?? "");
}

function emojiOf({ emojis, poll }: MastodonStatus, html: string): Readonly<Record<string, string>> {
  const all = [...emojis, ...(poll?.emojis ?? [])];
  const pairs = all.flatMap(({ shortcode, url, static_url: still }): [string, string][] => {
    const picture = safeUrl(still) ?? safeUrl(url);
    const isUsed = /^[\w-]{1,64}$/.test(shortcode) && html.includes(`:${shortcode}:`);
    return picture === null || !isUsed ? [] : [[shortcode, picture]];
  });
  return Object.fromEntries(pairs.slice(0, 40));
}

function pollHtml({ poll }: MastodonStatus): string {
  if (poll == null || poll.options.length === 0) return "";
  const items = poll.options
    .slice(0, 20)
    .map(
      ({ title, votes_count: votes }) =>
        `<li>${htmlOfPlain(title)}${votes == null ? "" : ` (${votes})`}</li>`,
    );
  return `<ul>${items.join("")}</ul>`;
}

/**
 * Removes the link to the quoted status, which is meant for clients without support for quotes
 * (docs.joinmastodon.org/client/quotes).
 */
function withoutQuoteLink(html: string): string {
  return html.slice(0, 100_000).replace(/<p class="quote-inline">[^]*?<\/p>/, "");
}
