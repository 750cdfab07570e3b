import Slugger from "github-slugger";
import type { Nodes } from "hast";
import { percentDecoded } from "../percent-decoded.ts";
import type { BodyContext } from "./body-context.ts";
import { lineOf, report } from "./body-context.ts";
import { shortcodeAt, shortcodeHint } from "./dialect/shortcodes.ts";
import { resolveLink } from "./local-link.ts";
import { linkTextOf } from "./link-text.ts";

const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
const HARMFUL = new Set(["javascript", "data", "vbscript", "file", "blob"]);

/**
 * Returns a link's address for the HTML, with the base path before root-relative addresses, and records the link.
 * Reports invalid addresses.
 */
export function renderLink(written: string, at: Nodes | number, context: BodyContext): string {
  const { source, found } = context;
  const url = withHeadingId(written);
  const resolved = resolveLink(url, at, context);
  if (resolved?.kind === "reported") return url;
  if (resolved?.kind === "file") return resolved.url;
  if (resolved?.kind === "page") return renderLink(resolved.url, at, context);
  const problem = problemOf(url, linkTextOf(at));
  if (problem !== null) {
    report(context, at, problem.message, problem.hint);
    return url;
  }
  found.links.push({ url, line: typeof at === "number" ? at : lineOf(at, source) });
  return withBase(url, source.base);
}

/** Converts a heading's text in the fragment, as Obsidian writes it, to the heading's id. */
function withHeadingId(url: string): string {
  const [path = "", ...parts] = url.split("#");
  const words = percentDecoded(parts.at(-1) ?? "");
  return /^[a-z][a-z0-9+.-]*:|^\/\//i.test(path) || !/\S\s+\S/.test(words)
    ? url
    : `${path}#${new Slugger().slug(words.normalize("NFC"))}`;
}

/** Adds the base path to a root-relative address; returns any other address unchanged. */
export function withBase(url: string, base: string): string {
  return /^\/(?!\/)/.test(url) ? base + url.slice(1) : url;
}

/**
 * The problem with an author's address, or null.
 * @param words text of the link, for the hint.
 */
export function problemOf(url: string, words = "the text"): { message: string; hint: string } | null {
  const trimmed = url.trim();
  if (trimmed === "") {
    return { message: "A link has no address", hint: `Give it one: [${words}](https://example.org/)` };
  }
  if (/^[#/]/.test(trimmed)) return null;
  if (/\{[{%]/.test(trimmed)) {
    const shortcode = shortcodeAt(trimmed, 0);
    const form = shortcode === null ? null : shortcodeHint(shortcode);
    return {
      message: `The link "${url}" is syntax of another program`,
      hint: form === null ? `Write the address itself:\n[${words}](/posts/)` : form,
    };
  }
  if (/^(?:[a-z]:[\\/]|file:)/i.test(trimmed)) {
    return {
      message: `"${url}" is a file on your own computer, which readers don't have`,
      hint: `Put the file beside the post:\n[${words}](./${trimmed.replace(/^.*[\\/]/s, "")})`,
    };
  }
  const scheme = SCHEME.exec(trimmed)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    return {
      message: `The link "${url}" doesn't work from the front page or a feed`,
      hint: `Write it from the site's root, or as a complete address:\n[${words}](${suggestion(trimmed)})`,
    };
  }
  if (HARMFUL.has(scheme)) {
    return {
      message: `A link can't begin with "${scheme}:"`,
      hint: `Link to a page: [${words}](https://example.org/)`,
    };
  }
  if (/^https?$/.test(scheme) && !URL.canParse(trimmed)) {
    return {
      message: `"${url}" isn't a complete address`,
      hint: "Write it with its host: https://example.org/page",
    };
  }
  return null;
}

function suggestion(url: string): string {
  if (/^www\.|^[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|de|blog|social|dev|eu|uk|edu|gov)(?:\/|$)/i.test(url)) {
    return `https://${url}`;
  }
  const name = url
    .replace(/^(?:\.{1,2}(?:\/|$))+/, "")
    .replace(/\?[^#]*/s, "")
    .replace(/(?:\/index)?\.mdx?(?=$|[?#])/, "")
    .replace(/\/+$/, "");
  if (name === "") return "/";
  return name.includes("/") || name.includes("#") ? `/posts/${name}` : `/posts/${name}/`;
}
