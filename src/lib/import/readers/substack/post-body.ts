/** Cleans the HTML of a Substack post: removes buttons, converts embeds, galleries and captions to plain elements. */
import type { Element, ElementContent, Root } from "hast";
import { bareText } from "../../html/bare-text.ts";
import { element, property, text } from "../../html/elements.ts";
import { classesOf, findElement, hasClass, replaceElements } from "../../html/tree.ts";
import { percentDecoded } from "../../../percent-decoded.ts";
import { changedHtml } from "../change-html.ts";

export interface SubstackBody {
  readonly html: string;
  /** Number of buttons and forms of the newsletter that were left out. */
  readonly buttons: number;
  /** Whether the rest of the text is for paying subscribers; it isn't in `html`. */
  readonly isCut: boolean;
  /** Descriptions of parts that can't be kept. */
  readonly losses: readonly string[];
}

/** Invitations to subscribe, share, comment or install an app. */
const BUTTONS = new Set([
  "button-wrapper",
  "captioned-button-wrap",
  "subscription-widget",
  "subscription-widget-wrap",
  "subscription-widget-wrap-editor",
  "install-substack-app-embed",
  "install-substack-app-embed-web",
  "directMessage",
  "community-chat",
  "subscribe-widget",
]);
/** Classes of the site's interface elements around pictures and headings. */
const ORNAMENTS = new Set([
  "image-link-expand",
  "header-anchor-parent",
  "header-anchor-widget",
  "file-embed-icon",
  "hide-text",
]);

export function substackBody(source: string): SubstackBody {
  let buttons = 0;
  let isCut = false;
  const losses = new Set<string>();
  const html = changedHtml(source, (root) => {
    isCut = cutAtPaywall(root);
    replaceElements(root, (node) => {
      if (classesOf(node).some((name) => BUTTONS.has(name))) {
        buttons += 1;
        return [];
      }
      if (classesOf(node).some((name) => ORNAMENTS.has(name))) return [];
      if (node.tagName === "img") node.properties["src"] = originalPicture(property(node, "src"));
      if (node.tagName === "a") node.properties["href"] = originalPicture(property(node, "href"));
      return embed(node, losses);
    });
  });
  return { html, buttons, isCut, losses: [...losses] };
}

/** Removes the part for paying subscribers. */
function cutAtPaywall(root: Root): boolean {
  const at = root.children.findIndex(
    (child) =>
      child.type === "element" &&
      (hasClass(child, "paywall-jump") ||
        findElement(child, (node) => hasClass(node, "paywall-jump")) !== null),
  );
  if (at === -1) return false;
  root.children.splice(at);
  return true;
}

function embed(node: Element, losses: Set<string>): ElementContent[] | null {
  const is = (name: string): boolean => hasClass(node, name);
  const attributes = attributesOf(node);
  if (is("captioned-image-container") || is("image2-inset")) return null;
  if (is("pullquote")) return [element("blockquote", {}, node.children)];
  if (is("image3")) return [figure(attributes)];
  if (is("image-gallery-embed")) return gallery(attributes["gallery"]);
  if (is("youtube-wrap")) return film("https://www.youtube.com/watch?v=", attributes["videoId"], node);
  if (is("vimeo-wrap")) return film("https://vimeo.com/", attributes["videoId"], node);
  if (is("tweet") || is("twitter-embed") || is("bluesky-wrap") || is("instagram-embed-wrap"))
    return quoted(node, attributes);
  if (is("embedded-post-wrap") || is("digest-post-embed") || is("embedded-publication-wrap"))
    return card(attributes, node);
  if (is("latex-rendered")) return formula(attributes, losses);
  if (is("file-embed-wrapper")) return file(node);
  if (is("mention-wrap")) return [text(words(attributes["name"]))];
  if (is("poll-embed")) losses.add("a poll");
  else if (is("native-video-embed") || is("native-audio-embed"))
    losses.add("a video or audio file hosted by Substack");
  else if (is("comment") && node.tagName === "div") losses.add("a comment shown as a card");
  else return null;
  return [];
}

/** Substack stores the data of an embed as JSON in an attribute. */
function attributesOf(node: Element): Readonly<Record<string, unknown>> {
  try {
    const data: unknown = JSON.parse(property(node, "dataAttrs") || "{}");
    return isRecord(data) ? data : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function words(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function film(base: string, id: unknown, node: Element): ElementContent[] | null {
  const known = words(id);
  return /^[\w-]+$/.test(known)
    ? [linked(base + known, base + known)]
    : findElement(node, isFrame) === null
      ? []
      : null;
}

function isFrame({ tagName }: Element): boolean {
  return tagName === "iframe";
}

/** An embedded social media post: its text, with its author as a link. */
function quoted(node: Element, attributes: Readonly<Record<string, unknown>>): ElementContent[] {
  const anchor = findElement(node, ({ tagName }) => tagName === "a");
  const address = words(attributes["url"]) || (anchor === null ? "" : property(anchor, "href"));
  const said =
    words(attributes["full_text"]) || words(attributes["text"]) || words(attributes["title"]) || saidIn(node);
  const who = words(attributes["name"]) || words(attributes["authorName"]) || words(attributes["username"]);
  const source = linked(address, who === "" ? address : who);
  return said === "" ? [source] : [element("blockquote", {}, [element("p", {}, [text(said)]), source])];
}

function saidIn(node: Element): string {
  const inner = findElement(node, (child) => hasClass(child, "tweet-text"));
  return inner === null ? "" : bareText(inner).trim();
}

/** A link to another post or publication. */
function card(attributes: Readonly<Record<string, unknown>>, node: Element): ElementContent[] {
  const anchor = findElement(node, ({ tagName }) => tagName === "a");
  const address =
    words(attributes["url"]) ||
    words(attributes["canonical_url"]) ||
    words(attributes["base_url"]) ||
    (anchor === null ? "" : property(anchor, "href"));
  const title = words(attributes["title"]) || words(attributes["name"]) || address;
  return [linked(address, title)];
}

function formula(attributes: Readonly<Record<string, unknown>>, losses: Set<string>): ElementContent[] {
  const tex = words(attributes["persistentExpression"]).trim();
  if (tex === "") {
    losses.add("a formula without its source");
    return [];
  }
  return [element("pre", {}, [element("code", { className: ["language-math"] }, [text(tex)])])];
}

function file(node: Element): ElementContent[] {
  const button = findElement(node, (child) => hasClass(child, "file-embed-button") && child.tagName === "a");
  const title = findElement(node, (child) => hasClass(child, "file-embed-details-h1"));
  const address = button === null ? "" : property(button, "href");
  return [linked(address, title === null ? address : bareText(title).trim())];
}

function gallery(data: unknown): ElementContent[] {
  if (!isRecord(data)) return [];
  const { images, caption } = data;
  const pictures = Array.isArray(images) ? images.filter(isRecord).map((image) => figure(image)) : [];
  const said = words(caption);
  return said === "" ? pictures : [...pictures, element("p", {}, [element("em", {}, [text(said)])])];
}

function figure(attributes: Readonly<Record<string, unknown>>): Element {
  const caption = words(attributes["title"]) || words(attributes["caption"]);
  const img = element("img", {
    src: originalPicture(words(attributes["src"])),
    alt: words(attributes["alt"]),
  });
  return element("figure", {}, caption === "" ? [img] : [img, element("figcaption", {}, [text(caption)])]);
}

function linked(address: string, title: string): Element {
  return element("p", {}, [address === "" ? text(title) : element("a", { href: address }, [text(title)])]);
}

/** The original address of a picture resized by Substack's CDN: `…/image/fetch/w_424/https%3A%2F%2F…`. */
function originalPicture(address: string): string {
  const [, inner] =
    /^https:\/\/(?:substackcdn\.com|cdn\.substack\.com)\/image\/fetch\/.*?(https?%3A%2F%2F.+)$/i.exec(
      address,
    ) ?? [];
  return inner === undefined ? address : percentDecoded(inner);
}

/** The host of the newsletter, from the addresses of its buttons; null if the text has none. */
export function newsletterHost(source: string): string | null {
  const [, host] = /https:\/\/([\w.-]+)\/subscribe\?/.exec(source) ?? [];
  return host ?? null;
}

/** Hosts and names of the newsletter posts that a text links to. */
export function linkedPosts(source: string): { readonly host: string; readonly slug: string }[] {
  return [...source.matchAll(/https:\/\/([\w.-]+)\/p\/([\w-]+)/g)].map(([, host = "", slug = ""]) => ({
    host,
    slug,
  }));
}
