import { WIKI_SCHEME } from "./markers.ts";

/**
 * Converts an Obsidian wikilink or embed at an offset to a Markdown link or image; its target is resolved when the tree
 * is rendered. Null when there is none: `[[ … ]]` with inner spaces is shell syntax, and `[[1]](…)` is a link.
 */
export function wikiLinkAt(
  text: string,
  from: number,
): { readonly end: number; readonly markdown: string } | null {
  const match = /^(!?)\[\[([^[\]\n]{1,400})\]\](?!\()/.exec(text.slice(from, from + 410));
  if (match === null) return null;
  const [whole, embed = "", inside = ""] = match;
  if (inside.trim() !== inside) return null;
  const end = from + whole.length;
  if (/^_?toc_?$/i.test(inside)) return { end, markdown: "[TOC]" };
  const [target = "", ...rest] = inside.split(/\\?\|/);
  const label = rest.join("|").trim();
  const address = wikiAddress(`${embed}${target}${embed === "" ? "" : `|${label}`}`);
  if (
    embed !== "" &&
    /\.\w{2,6}$/.test(target.replace(/#.*$/, "")) &&
    !/\.(?:mdx?|markdown)$/i.test(target)
  ) {
    const alt = /^\d+(?:x\d+)?$/.test(label) || label === "" ? nameOf(target) : label;
    return { end, markdown: `![${escaped(alt)}](${address})` };
  }
  return { end, markdown: `[${label === "" ? escaped(target.replace(/^#\^?/, "")) : label}](${address})` };
}

/** Markdown link destination for a wikilink target; `wikiTargetOf` decodes it. */
export function wikiAddress(target: string): string {
  return `<${WIKI_SCHEME}${encodeURIComponent(target)}>`;
}

/** Target of a wikilink. */
export interface WikiTarget {
  /** Name or path of the note or file; empty for a heading in the same note. */
  readonly name: string;
  readonly heading: string | null;
  readonly isEmbed: boolean;
  /** Requested width of an embedded picture, in pixels. */
  readonly width: number | null;
}

/** Decodes an address created by `wikiAddress`; null for any other address. */
export function wikiTargetOf(address: string): WikiTarget | null {
  if (!address.startsWith(WIKI_SCHEME)) return null;
  const written = decodeURIComponent(address.slice(WIKI_SCHEME.length));
  const isEmbed = written.startsWith("!");
  const [target = "", label = ""] = (isEmbed ? written.slice(1) : written).split("|");
  const hash = target.indexOf("#");
  const width = /^(\d+)(?:x\d+)?$/.exec(label)?.[1];
  return {
    name: hash === -1 ? target : target.slice(0, hash),
    heading: hash === -1 ? null : target.slice(hash + 1),
    isEmbed,
    width: width === undefined ? null : Number(width),
  };
}

function nameOf(target: string): string {
  return (target.split("/").at(-1) ?? target).replace(/\.\w{2,5}$/, "").replace(/[-_]+/g, " ");
}

function escaped(text: string): string {
  return text.replace(/([\\`*_{}<>~$^])/g, "\\$1");
}
