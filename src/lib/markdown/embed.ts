import type { Element } from "hast";
import { pictureElement } from "../images/picture-element.ts";
import { isSoundName } from "../images/image-metadata.ts";
import type { BodyContext } from "./body-context.ts";
import { remark } from "./body-context.ts";
import { formatDate, isDate } from "./format.ts";
import { h, isElement, withoutBlanks } from "./hast.ts";
import { renderLink } from "./link.ts";
import { isBareAddress } from "./link-text.ts";
import { fileOf } from "./local-image-path.ts";
import { renderSound } from "./media-element.ts";
import type { MarkdownOptions, StoredEmbed } from "./markdown-options.ts";
import { VIMEO, YOUTUBE, videoPlayer } from "./video-urls.ts";

/**
 * Replacement for a paragraph that contains only one address: of a video or post on a network, or of a sound file
 * beside the post. Null for every other paragraph.
 */
export function renderEmbed(paragraph: Element, context: BodyContext): Element | null {
  const [only, ...others] = withoutBlanks(paragraph.children);
  if (only === undefined || others.length > 0 || !isElement(only, "a")) return null;
  const href = String(only.properties["href"] ?? "");
  const file = fileOf(href, context.source);
  if (file !== null) return isSoundName(file) ? renderSound(href, only, context) : null;
  return isBareAddress(only) ? renderAddress(href, only, context) : null;
}

/** Renders a video or post by the address of its page; null for other addresses. */
export function renderAddress(href: string, only: Element, context: BodyContext): Element | null {
  if (!/^https?:\/\//i.test(href)) return null;
  const stored = context.options.embeds?.get(href) ?? null;
  const network = networkOf(href) ?? stored?.network ?? null;
  if (network === null) return null;
  const url = renderLink(href, only, context);
  if (stored === null) {
    remark(
      context,
      only,
      `${href} is shown as a link: its content isn't stored`,
      `Store what its page shows:\nnpx backfence embed ${href}`,
    );
    return card(url, network);
  }
  return stored.kind === "video" ? video(url, stored, context) : socialPost(url, stored, network, context);
}

/** Stored embeds whose addresses occur in a text. */
export function embedsIn(
  text: string,
  embeds: MarkdownOptions["embeds"] = new Map(),
): readonly StoredEmbed[] {
  return [...embeds.values()].filter(({ url }) => text.includes(url));
}

const NETWORKS: readonly (readonly [RegExp, string])[] = [
  [YOUTUBE, "YouTube"],
  [VIMEO, "Vimeo"],
  [/^https?:\/\/[\w.-]+(?::\d+)?\/(?:w|videos\/watch)\/[\w-]{20,}/i, "PeerTube"],
  [/^https?:\/\/bsky\.app\/profile\/[^/]+\/post\/\w+/i, "Bluesky"],
  [/^https?:\/\/(?:www\.|mobile\.)?(?:twitter|x)\.com\/(?:\w+|i\/web)\/status\/\d+/i, "X"],
  [
    /^https?:\/\/[\w.-]+(?::\d+)?\/(?:(?:web\/|deck\/)?@[\w.@-]+|users\/[\w.-]+\/statuses|(?:web|deck)\/statuses)\/\d{6,}\/?$/i,
    "Mastodon",
  ],
];

/** The network of a video's or post's address; null for all other addresses. */
export function networkOf(url: string): string | null {
  return NETWORKS.find(([pattern]) => pattern.test(url))?.[1] ?? null;
}

/** A link with the name of its network, for pages whose data isn't stored. */
function card(url: string, network: string): Element {
  return h("figure", { className: ["link-card"] }, [
    h("a", { href: url }, url.replace(/^https?:\/\/(?:www\.)?/, "").replace(/\/$/, "")),
    h("figcaption", { className: ["engine-word"] }, network),
  ]);
}

function video(url: string, stored: StoredEmbed, context: BodyContext): Element {
  const { words } = context;
  const player = videoPlayer(url);
  const poster = stored.poster === null ? null : context.pictures.get(stored.poster);
  if (poster !== null) context.found.pictures.add(poster.file);
  const provider = stored.network ?? networkOf(url);
  return h(
    "figure",
    { className: ["video"] },
    h(
      "div",
      { className: ["video-screen"] },
      h(
        "a",
        { href: url, dataVideo: player, dataTitle: player === null ? null : stored.title },
        poster === null ? null : pictureElement(poster, "", { base: context.source.base }),
        h("span", { className: ["video-play", "engine-word"] }, words.playVideo(stored.title)),
      ),
    ),
    h(
      "figcaption",
      {},
      h("span", { className: ["video-title"] }, stored.title),
      stored.author === null ? null : [" ", h("span", { className: ["credit"] }, stored.author)],
      provider === null ? null : [" ", h("small", { className: ["engine-word"] }, words.playsFrom(provider))],
    ),
  );
}

function socialPost(url: string, stored: StoredEmbed, network: string, context: BodyContext): Element {
  const { date } = stored;
  const when =
    date === null || !isDate(date)
      ? [stored.network ?? network]
      : [h("time", { dateTime: date }, formatDate(date, context.source.lang))];
  const paragraphs = stored.title.split(/\n{2,}/).map((text) => h("p", {}, text));
  return h(
    "figure",
    { className: ["post-quote"] },
    h("blockquote", { cite: url }, paragraphs),
    h(
      "figcaption",
      {},
      h("b", {}, stored.author ?? stored.handle ?? network),
      stored.handle === null ? null : [" ", h("bdi", { className: ["post-quote-handle"] }, stored.handle)],
      " · ",
      h("a", { href: url }, when),
    ),
  );
}
