/** Converts MDX posts of Astro to Markdown: components for pictures, videos and notes become Markdown. */
import path from "node:path";
import { isCalloutType } from "../../markdown/callout-types.ts";
import { FENCED } from "../fenced-code.ts";
import { isHtmlName } from "../html/elements.ts";
import { replaceBetween } from "./template-calls.ts";
import { tab, tabs } from "./template-tags.ts";
import type { CleanedTags, ValueOf } from "./template-tags.ts";

const CODE = new RegExp(`${FENCED}|\`[^\`\\n]+\``, "gm");
const HELD = /\uE000(\d+)\uE001/g;
/** Import and export statements: from the start of a block to its end. */
const STATEMENTS =
  /(?<=^|\n[ \t]*\n|^\n)(?:(?:import\s+(?:[\w*{]|["'])|export\s+(?:const|let|var|function|default|class|async|\{|\*))[^]*?(?=\n[ \t]*\n|$(?![^])))/g;
const VALUE = String.raw`"[^"]*"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\}`;
const TAG = new RegExp(
  String.raw`<([A-Za-z][\w.]*)((?:\s+[\w:.-]+(?:\s*=\s*(?:${VALUE}))?|\s+\{\.\.\.[\w.]+\})*)\s*(\/?)>`,
  "g",
);
const ATTRIBUTE = new RegExp(String.raw`([\w:.-]+)(?:\s*=\s*(${VALUE}))?`, "g");

/** @param valueOf returns the value of names such as `frontmatter.title`. */
export function mdxToMarkdown(text: string, valueOf: ValueOf): CleanedTags {
  const losses = new Set<string>();
  const held: string[] = [];
  const pictures = new Map<string, string>();
  const withoutCode = text
    .replaceAll(/[\uE000\uE001]/g, "")
    .replace(CODE, (code) => `\uE000${held.push(code) - 1}\uE001`);
  const prose = replaceBetween(withoutCode, /\{\s*\/\*/g, /\*\/\s*\}/g, () => "")
    .replace(STATEMENTS, (statement) => {
      for (const [, name = "", file = ""] of statement.matchAll(/import\s+(\w+)\s+from\s+["']([^"']+)["']/g))
        if (/\.(?:png|jpe?g|gif|webp|avif|svg)$/i.test(file)) pictures.set(name, file);
      if (/^export/m.test(statement)) losses.add("code of its own (`export`), which is left out");
      return "";
    })
    .replace(
      /\{\s*(?:"([^"{}]*)"|'([^'{}]*)'|`([^`${}]*)`)\s*\}/g,
      (_whole, a?: string, b?: string, c?: string) => a ?? b ?? c ?? "",
    );
  const result = callouts(prose).replace(TAG, (whole: string, name: string, written: string, end: string) =>
    isHtmlName(name) && name !== "img"
      ? plainTag(name, written, end)
      : (component(name, attributesOf(written), pictures) ?? whole),
  );
  const unwrapped = withoutWrappers(result, losses);
  const valued = unwrapped.replace(
    /\{\s*(frontmatter\.[\w.]+)\s*\}/g,
    (whole, name: string) => valueOf(name) ?? whole,
  );
  const escaped = valued.replace(/\{(?!\s*[#.:])[^{}\n]*\}/g, (expression) => {
    losses.add(`the expression ${expression}, which is kept as text`);
    return `\\${expression.slice(0, -1)}\\}`;
  });
  return {
    text: escaped.replace(HELD, (_mark, at: string) => held[Number(at)] ?? "").replace(/^\n+/, ""),
    losses: [...losses],
  };
}

const PAIR = new RegExp(
  String.raw`([ \t]*)<([A-Z][\w.]*)((?:\s+[\w:.-]+(?:\s*=\s*(?:${VALUE}))?)*)\s*>((?:(?!<[A-Z][\w.]*[\s/>])[^])*?)<\/\2>`,
  "g",
);

/** Unwraps components around texts: the text stays, below the component's title if it has one. */
function withoutWrappers(text: string, losses: Set<string>): string {
  let result = text;
  for (let round = 0; round < 10; round++) {
    const next = result.replace(
      PAIR,
      (_whole, space: string, name: string, written: string, inner: string) => {
        const attributes = attributesOf(written);
        const title = ["label", "title", "name", "summary"]
          .map((key) => attributes.get(key) ?? "")
          .find((one) => one !== "" && !one.startsWith("{"));
        if (/^(?:Code)?Tabs?(?:Group)?$/.test(name) && inner.includes(":::tab["))
          return tabs(withoutIndent(inner));
        if (/^Tab(?:Item|Panel)?$/.test(name) && title !== undefined) return tab(title, withoutIndent(inner));
        losses.add(`the component <${name}>, of which only the text stays`);
        if (title === undefined && !inner.includes("\n")) return space + inner;
        return `\n\n${title === undefined ? "" : `**${title}**\n\n`}${withoutIndent(inner)}\n\n`;
      },
    );
    if (next === result) break;
    result = next;
  }
  return result;
}

type Attributes = ReadonlyMap<string, string>;

/** Attribute values as strings; expressions stay in braces. */
function attributesOf(written: string): Attributes {
  return new Map(
    [...written.matchAll(ATTRIBUTE)].map(([, name = "", value = '""']) => {
      const inner = value.slice(1, -1).trim();
      const isText = !value.startsWith("{") || /^(?:"[^"]*"|'[^']*'|`[^`$]*`)$/.test(inner);
      return [name, isText ? (value.startsWith("{") ? inner.slice(1, -1) : inner) : `{${inner}}`];
    }),
  );
}

function component(
  name: string,
  attributes: Attributes,
  pictures: ReadonlyMap<string, string>,
): string | null {
  const value = (key: string): string => attributes.get(key) ?? "";
  const id = value("id") || value("videoId") || value("videoid") || value("url") || value("href");
  switch (name.toLowerCase()) {
    case "img":
    case "image":
    case "picture":
    case "figure": {
      const src = value("src");
      const file = src.startsWith("{") ? pictures.get(/^\{(\w+)(?:\.src)?\}$/.exec(src)?.[1] ?? "") : src;
      if (file === undefined || file === "") return null;
      const caption = value("caption");
      const title = caption === "" || caption.startsWith("{") ? "" : ` "${caption.replaceAll('"', "”")}"`;
      const alt = value("alt").startsWith("{") ? "" : value("alt");
      // `<img>` stays HTML: it may be within an HTML block.
      if (name === "img") return `<img src="${file}" alt="${alt.replaceAll('"', "&quot;")}">`;
      return `![${(alt || path.posix.basename(file)).replaceAll(/[[\]\n]+/g, " ")}](<${file}>${title})`;
    }
    case "youtube":
    case "liteyoutube":
    case "youtubeembed":
      return video(id, (one) => `https://www.youtube.com/watch?v=${one}`);
    case "vimeo":
      return video(id, (one) => `https://vimeo.com/${one}`);
    case "tweet":
    case "twitter":
      return video(id, (one) => `https://x.com/i/status/${one}`);
    case "linkpreview":
    case "linkcard":
      return /^https?:/.test(id) ? `\n\n${id}\n\n` : null;
    default:
      return null;
  }
}

function video(id: string, addressOf: (id: string) => string): string | null {
  if (/^https?:/.test(id)) return `\n\n${id}\n\n`;
  return /^[\w-]+$/.test(id) ? `\n\n${addressOf(id)}\n\n` : null;
}

/** A JSX tag as an HTML tag: `class` for `className`, without expressions and event handlers. */
function plainTag(name: string, written: string, end: string): string {
  const kept = [...attributesOf(written)].flatMap(([key, value]) => {
    if (value.startsWith("{") || /^on[A-Z]/.test(key)) return [];
    const plain = key === "className" ? "class" : key === "htmlFor" ? "for" : key;
    return [` ${plain}="${value.replaceAll('"', "&quot;")}"`];
  });
  return `<${name}${kept.join("")}${end === "" ? "" : " /"}>`;
}

const BOXES = "Aside|Callout|Note|Tip|Info|Warning|Caution|Danger|Admonition|Alert";
const BOX = new RegExp(
  String.raw`^[ \t]*<(${BOXES})((?:\s+[\w:.-]+(?:\s*=\s*(?:${VALUE}))?)*)\s*>((?:(?!<(?:${BOXES})[\s>])[^])*?)<\/\1>`,
  "gm",
);

/** Converts box components to callouts. */
function callouts(text: string): string {
  return text.replace(BOX, (_whole, name: string, written: string, inner: string) => {
    const attributes = attributesOf(written);
    const wanted = (
      attributes.get("type") ??
      attributes.get("variant") ??
      attributes.get("kind") ??
      name
    ).toLowerCase();
    const type = isCalloutType(wanted) ? wanted : "note";
    const title = attributes.get("title") ?? "";
    const lines = withoutIndent(inner).split("\n");
    const head = `> [!${type}] ${title.startsWith("{") ? "" : title}`.trimEnd();
    return `\n${[head, ...lines.map((line) => (line === "" ? ">" : `> ${line}`))].join("\n")}\n`;
  });
}

function withoutIndent(text: string): string {
  const lines = text
    .replace(/^[ \t]*\n/, "")
    .trimEnd()
    .split("\n");
  const depths = lines
    .filter((line) => line.trim() !== "")
    .map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const depth = Math.min(...depths, 12);
  return lines
    .map((line) => line.slice(depth).trimEnd())
    .join("\n")
    .trim();
}
