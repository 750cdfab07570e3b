import type { Element, ElementContent } from "hast";
import { bareText } from "./bare-text.ts";
import type { BodyContext } from "./body-context.ts";
import { cleanAll } from "./clean.ts";
import { element, isElement, property, text } from "./elements.ts";

const FRAMES = new Set(["iframe", "embed", "object", "video", "audio"]);

/**
 * Converts video, audio and frames to a line with their address, which the blog shows as a card; null for all other
 * elements. Scripts that turn a quotation into a social media embed are dropped, and the quotation stays.
 */
export function embedded(node: Element, context: BodyContext): ElementContent[] | null {
  const code = node.tagName === "script" ? gistAddress(property(node, "src")) : null;
  if (code !== null) {
    context.counts.embeds += 1;
    return [element("p", {}, [element("a", { href: code }, [text(code)])])];
  }
  if (!FRAMES.has(node.tagName)) return null;
  context.counts.embeds += 1;
  const address = pageAddress(addressIn(node));
  const words =
    node.tagName === "object" || node.tagName === "video" || node.tagName === "audio"
      ? fallback(node, context)
      : [];
  const target = address === null ? null : context.link(address);
  // A file of the old blog, which is reported as lost: only its address can be shown.
  if (target === null && address !== null && /^https?:/.test(address))
    return [element("p", {}, [text(context.mask(address))]), ...words];
  if (target === null) {
    context.lose(`<${node.tagName}> without an address`);
    return words;
  }
  const title = property(node, "title").trim();
  const label = title === "" || isFilm(target) ? target : title;
  return [element("p", {}, [element("a", { href: target }, [text(label)])]), ...words];
}

/** Address of the gist for GitHub's embed script; null for other scripts. */
function gistAddress(src: string): string | null {
  const [, path] = /^(?:https?:)?\/\/gist\.github\.com\/([\w-]+\/\w+)\.js(?:[?#]|$)/.exec(src) ?? [];
  return path === undefined ? null : `https://gist.github.com/${path}`;
}

/** Fallback content of an embed, unless it only repeats the embed or says that the browser lacks support. */
function fallback(node: Element, context: BodyContext): ElementContent[] {
  const others = node.children.filter(
    (child) =>
      !isElement(child) ||
      !(FRAMES.has(child.tagName) || child.tagName === "param" || child.tagName === "source"),
  );
  const says = bareText({ type: "root", children: others }).trim();
  return says === "" || /browser|flash|support/i.test(says) ? [] : cleanAll(others, context);
}

function addressIn(node: Element): string {
  const own = property(node, "src") || property(node, "data") || property(node, "dataSrc");
  if (own !== "") return own;
  for (const child of node.children) {
    if (!isElement(child)) continue;
    const isMovie = child.tagName === "param" && /^(?:movie|src|url)$/i.test(property(child, "name"));
    if (isMovie && property(child, "value") !== "") return property(child, "value");
    if (child.tagName === "source" || child.tagName === "embed" || child.tagName === "object") {
      const inner = addressIn(child);
      if (inner !== "") return inner;
    }
  }
  return "";
}

/** The address of a video's page instead of its player; other web addresses unchanged. */
function pageAddress(raw: string): string | null {
  const address = raw.startsWith("//") ? `https:${raw}` : raw;
  const url = URL.parse(address);
  if (url === null) return /^\/|^\.\.?\//.test(raw) ? raw : null;
  const host = url.hostname.replace(/^www\./, "");
  const last = url.pathname.split("/").at(-1) ?? "";
  if (/^youtube(?:-nocookie)?\.com$/.test(host) && /^\/(?:embed|v|e)\/[\w-]+/.test(url.pathname)) {
    const id = /^\/(?:embed|v|e)\/([\w-]+)/.exec(url.pathname)?.[1] ?? last;
    return id === "videoseries" ? address : `https://www.youtube.com/watch?v=${id}`;
  }
  if (host === "player.vimeo.com" && /^\d+$/.test(last)) return `https://vimeo.com/${last}`;
  if (host === "vimeo.com" && url.searchParams.has("clip_id"))
    return `https://vimeo.com/${url.searchParams.get("clip_id")}`;
  return /^https?:$/.test(url.protocol) ? address : null;
}

function isFilm(address: string): boolean {
  return /^https:\/\/(?:www\.youtube\.com\/watch|vimeo\.com\/)/.test(address);
}
