import { SaxesParser } from "saxes";
import { cleanSvg } from "./clean-svg.ts";
import type { ImageMetadata } from "./image-metadata.ts";
import { isThemed } from "./themed-svg.ts";

type FoundFacts = Omit<ImageMetadata, "file" | "hash">;

const ACTIVE = new Set(["script", "foreignObject", "iframe", "object", "embed", "handler", "audio", "video"]);
const ELSEWHERE = /(?:url\(\s*["']?|@import\s+["']?)\s*(?!["']?(?:#|data:image\/))[^\s)]/i;

/**
 * Size of an SVG, and the parts that would run code or fetch something if a reader opened it on its own.
 * Null if the bytes aren't an SVG.
 */
export function svgFacts(bytes: Uint8Array): FoundFacts | null {
  const dangers = new Set<string>();
  let size: { width: number; height: number } | null = null;
  const parser = new SaxesParser();
  let isStyle = false;
  parser.on("doctype", (doctype) => {
    if (doctype.includes("[")) dangers.add("a DOCTYPE with declarations");
  });
  parser.on("opentag", ({ name, attributes }) => {
    const tag = name.replace(/^.*:/, "");
    size ??= tag === "svg" ? sizeOf(attributes) : { width: 0, height: 0 };
    isStyle = tag === "style";
    if (ACTIVE.has(tag)) dangers.add(`a <${tag}>`);
    for (const [key, value] of Object.entries(attributes)) {
      const danger = dangerOf(tag, key, value);
      if (danger !== null) dangers.add(danger);
    }
  });
  parser.on("closetag", () => {
    isStyle = false;
  });
  const checkStyle = (text: string): void => {
    if (isStyle && ELSEWHERE.test(text)) dangers.add("a style that fetches from elsewhere");
  };
  parser.on("text", checkStyle);
  parser.on("cdata", checkStyle);
  const svg = cleanSvg(new TextDecoder().decode(bytes));
  const problem = parse(parser, svg);
  if (problem !== null) dangers.add(`a mistake in its XML (${problem})`);
  if (size === null) return null;
  const { width, height }: { width: number; height: number } = size;
  if (width <= 0 || height <= 0) return null;
  return {
    format: "svg",
    width,
    height,
    isKeptAsIs: true,
    isThemed: isThemed(svg),
    tint: null,
    dangers: [...dangers],
    damage: null,
  };
}

function parse(parser: SaxesParser, text: string): string | null {
  let problem: string | null = null;
  parser.on("error", (error) => {
    problem ??= error.message.replace(/^undefined:/, "line ");
  });
  parser.write(text).close();
  return problem;
}

function dangerOf(tag: string, key: string, value: string): string | null {
  const name = key.replace(/^.*:/, "").toLowerCase();
  if (name.startsWith("on") && !key.startsWith("xmlns")) return `an event handler (${key})`;
  const target = value.replace(/[\s\p{Cc}]+/gu, "").toLowerCase();
  if (target.startsWith("javascript:")) return "a javascript: address";
  if (name === "href" && tag !== "a" && !/^(?:#|data:image\/(?!svg))/.test(target)) {
    return "a reference to another file";
  }
  if (!key.startsWith("xmlns") && ELSEWHERE.test(value)) return "a style that fetches from elsewhere";
  return null;
}

function sizeOf(attributes: Readonly<Record<string, string>>): { width: number; height: number } {
  const [, , boxWidth = 300, boxHeight = 150] = (attributes["viewBox"] ?? "")
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const width = pixels(attributes["width"]);
  const height = pixels(attributes["height"]);
  const ratio = boxWidth > 0 && boxHeight > 0 ? boxWidth / boxHeight : 2;
  if (width !== null && height !== null) return { width: Math.round(width), height: Math.round(height) };
  if (width !== null) return { width: Math.round(width), height: Math.round(width / ratio) };
  if (height !== null) return { width: Math.round(height * ratio), height: Math.round(height) };
  return { width: Math.round(boxWidth) || 300, height: Math.round(boxHeight) || 150 };
}

function pixels(length: string | undefined): number | null {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*$/.exec(length ?? "");
  return match === null ? null : Number(match[1]);
}
