/** Converts a post, like or repost of the AppView to an item of a thread. */
import { safeUrl } from "../responses/clean-text.ts";
import type { BlueskyActor, BlueskyPost } from "./bluesky-schema.ts";
import { signalsInBio } from "./consent.ts";
import type { NetworkAccount, NetworkAttachment, NetworkItem, OptOutSignal } from "./network-item.ts";
import { htmlOfRichText } from "./rich-text.ts";

/** Labels that collapse a post behind a warning, with the text of the warning. */
const WARNINGS: Readonly<Record<string, string>> = {
  "!warn": "Content warning",
  porn: "Adult content",
  sexual: "Sexually suggestive",
  nudity: "Nudity",
  "graphic-media": "Graphic media",
};

/** URL of a post, with the account's DID, which never changes. */
export function postUrl(uri: string): string {
  const [, did = "", rkey = ""] = /^at:\/\/([^/]+)\/app\.bsky\.feed\.post\/(.+)$/.exec(uri) ?? [];
  return `https://bsky.app/profile/${did}/post/${rkey}`;
}

export interface PostPlace {
  readonly kind: "in-reply-to" | "mention-of";
  /** URI of the copy. */
  readonly root: string;
  /** URIs of the replies that the thread's author has hidden. */
  readonly hidden: ReadonlySet<string>;
  /** Profile texts by DID; the AppView doesn't include them in posts. */
  readonly bios: ReadonlyMap<string, string>;
}

/** Converts a reply or quote. @see PostPlace */
export function itemOfPost(post: BlueskyPost, { kind, root, hidden, bios }: PostPlace): NetworkItem {
  const { record, uri } = post;
  const labels = activeLabels(post.labels, record.labels?.values ?? []);
  const parent = record.reply?.parent.uri ?? null;
  return {
    id: uri,
    localId: null,
    url: postUrl(uri),
    kind,
    account: accountOf(post.author, bios.get(post.author.did)),
    html: record.text === "" ? "" : htmlOfRichText(record.text, record.facets),
    warning: [...new Set(labels.flatMap((label) => WARNINGS[label] ?? []))].join(", "),
    published: earlier(record.createdAt, post.indexedAt),
    updated: null,
    parent: kind === "in-reply-to" && parent !== root ? parent : null,
    attachments: attachmentsOf(post),
    emoji: {},
    isPublic: !labels.includes("!hide"),
    // Any client can set this field; only Bridgy Fed has accounts under its own domain.
    original: post.author.handle.endsWith(".brid.gy") ? safeUrl(record.bridgyOriginalUrl) : null,
    hidden: hidden.has(uri) ? "hidden on Bluesky by the author of the thread" : null,
  };
}

/** Converts a like or repost; its URL is the one that Bridgy computes (granary's `bluesky.py`). */
export function itemOfReaction(
  actor: BlueskyActor,
  kind: "like-of" | "repost-of",
  root: string,
  published: string | null,
): NetworkItem {
  const mark = `#${kind === "like-of" ? "liked" : "reposted"}_by_${actor.did}`;
  return {
    id: `${root}${mark}`,
    localId: null,
    url: `${postUrl(root)}${mark}`,
    kind,
    account: accountOf(actor, actor.description ?? undefined),
    html: "",
    warning: "",
    published,
    updated: null,
    parent: null,
    attachments: [],
    emoji: {},
    isPublic: true,
    original: null,
    hidden: null,
  };
}

function accountOf(actor: BlueskyActor, bio = ""): NetworkAccount {
  const signals: OptOutSignal[] = [...signalsInBio(bio)];
  if (activeLabels(actor.labels, []).includes("!no-unauthenticated")) signals.push("loggedOut");
  const handle = actor.handle === "handle.invalid" ? "" : `@${actor.handle}`;
  return {
    uid: actor.did,
    nickname: handle,
    name: actor.displayName?.trim() || actor.handle,
    url: `https://bsky.app/profile/${actor.did}`,
    photo: safeUrl(actor.avatar),
    signals,
    isSuspended: activeLabels(actor.labels, []).includes("!takedown"),
  };
}

/** Labels in effect: a negation cancels every label with the same value. */
function activeLabels(
  labels: readonly { readonly val: string; readonly neg?: boolean | undefined }[],
  own: readonly { readonly val: string }[],
): readonly string[] {
  const negated = new Set(labels.filter(({ neg }) => neg === true).map(({ val }) => val));
  return [...labels.filter(({ val }) => !negated.has(val)), ...own].map(({ val }) => val);
}

/** The earlier of both dates: the client sets `createdAt`, so it may be in the future. */
function earlier(created: string | null | undefined, indexed: string | null | undefined): string | null {
  const [a, b] = [Date.parse(created ?? ""), Date.parse(indexed ?? "")];
  if (Number.isNaN(a)) return indexed ?? null;
  return Number.isNaN(b) || a <= b ? (created ?? null) : (indexed ?? null);
}

function attachmentsOf({ embed, uri }: BlueskyPost): NetworkAttachment[] {
  if (embed == null) return [];
  return [embed, ...(embed.media == null ? [] : [embed.media])].flatMap((media) => {
    const images = [...media.images, ...media.items].slice(0, 20).flatMap((image): NetworkAttachment[] => {
      const url = safeUrl(image.fullsize) ?? safeUrl(image.thumb);
      return url === null
        ? []
        : [{ type: "image", url, preview: safeUrl(image.thumb), alt: image.alt ?? "" }];
    });
    const video: NetworkAttachment[] =
      safeUrl(media.playlist) === null
        ? []
        : [{ type: "video", url: postUrl(uri), preview: safeUrl(media.thumbnail), alt: media.alt ?? "" }];
    const link = safeUrl(media.external?.uri);
    const card: NetworkAttachment[] =
      link === null
        ? []
        : [
            {
              type: "link",
              url: link,
              preview: safeUrl(media.external?.thumb),
              alt: media.external?.title ?? "",
            },
          ];
    return [...images, ...video, ...card];
  });
}
