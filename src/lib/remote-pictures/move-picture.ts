import { escapeRegExp } from "../escape.ts";
import { partsOf } from "./find-remote-pictures.ts";

/** New path of a picture and its credit. */
export interface NewPlace {
  /** The new path, such as `./over/wide.jpg`. */
  readonly file: string;
  /** The original server, such as `pictures.example`; null to leave captions and credits unchanged. */
  readonly credit: string | null;
}

/** Credit for a picture from another server: that server's host name. Null for a picture from the blog's own server. */
export function creditFor(address: string, siteUrl: string): string | null {
  const host = URL.parse(address, "https://elsewhere.invalid/")?.host.replace(/^www\./, "") ?? "";
  return host === "" || host === URL.parse(siteUrl)?.host.replace(/^www\./, "") ? null : host;
}

/**
 * Replaces a picture's URL wherever the text shows the picture: in Markdown, reference definitions, attributes and
 * front matter. Links to it, code blocks and everything else stay unchanged. The credit is added to the title, which is
 * the caption of a picture on its own, or to `credit` and `creditUrl`. An existing credit stays.
 */
export function withPictureMoved(text: string, address: string, place: NewPlace): string {
  const { front, body } = partsOf(text);
  return (
    inFrontMatter(front, address, place) +
    outsideFences(body, (part) =>
      inTags(inDefinitions(inMarkdown(part, address, place), address, place), address, place),
    )
  );
}

/** Pattern for a URL as written in text, or with HTML-escaped ampersands. */
function written(address: string): string {
  return [...new Set([address, address.replaceAll("&", "&amp;")])].map(escapeRegExp).join("|");
}

const TITLE = String.raw`(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')`;

function inMarkdown(text: string, address: string, place: NewPlace): string {
  const picture = new RegExp(
    String.raw`(?<=!\[(?:[^\]\\]|\\.)*\]\(\s*)(<?)(?:${written(address)})(>?)(?:(\s+${TITLE})?(?=\s*\))|(?=\s))`,
    "g",
  );
  return text.replaceAll(
    picture,
    (matched: string, open: string, close: string, title: string | undefined, at: number) => {
      const isWhole = /^\s*\)/.test(text.slice(at + matched.length, at + matched.length + 80));
      return open + place.file + close + (isWhole ? credited(title ?? "", place) : (title ?? ""));
    },
  );
}

function inDefinitions(text: string, address: string, place: NewPlace): string {
  const definition = new RegExp(
    String.raw`(?<=^ {0,3}\[[^\]]+\]:\s*)(<?)(?:${written(address)})(>?)([ \t]+${TITLE})?(?=[ \t]*$|\s)`,
    "gm",
  );
  return text.replaceAll(
    definition,
    (_, open: string, close: string, title = "") => open + place.file + close + credited(title, place),
  );
}

/** A title followed by the credit, or the credit alone. */
function credited(title: string, { credit }: NewPlace): string {
  if (credit === null || title.includes(credit)) return title;
  const found = /^(\s+)(["'])(.*)\2$/s.exec(title);
  if (found === null) return ` "${credit}"`;
  const [, space = " ", mark = '"', words = ""] = found;
  return `${space}${mark}${words.trim() === "" ? credit : `${words} (${credit})`}${mark}`;
}

const TAG = /<([A-Za-z][\w.]*)((?:"[^"]*"|'[^']*'|\{[^{}]*\}|[^"'{}<>])*)>/g;

function inTags(text: string, address: string, place: NewPlace): string {
  const source = new RegExp(String.raw`(\b(?:src|poster)\s*=\s*\{?)(["'])(?:${written(address)})(["']\}?)`);
  return text.replaceAll(TAG, (whole, name: string, attributes: string) =>
    source.test(attributes)
      ? `<${name}${attributes.replace(source, (_, before: string, mark: string, after: string) => `${before}${mark}${place.file}${after}${creditIn(name, attributes, address, place)}`)}>`
      : whole,
  );
}

/** Credit attributes to add to a picture's tag. */
function creditIn(name: string, attributes: string, address: string, { credit }: NewPlace): string {
  if (credit === null) return "";
  if (name === "img") return /\btitle\s*=/.test(attributes) ? "" : ` title="${credit}"`;
  if (name !== "Figure" || /\bcredit(?:Url)?\s*=/.test(attributes)) return "";
  return ` credit="${credit}" creditUrl="${address.replaceAll("&", "&amp;").replaceAll('"', "%22")}"`;
}

function inFrontMatter(front: string, address: string, place: NewPlace): string {
  const value = new RegExp(
    String.raw`(?<=[:=,[-]\s*["']?)(?:${written(address)})(["']?)(?=\s*(?:[,}\]]|#|$))`,
    "gm",
  );
  return front.replaceAll(value, (_, mark: string, at: number) => {
    const line = front.slice(front.lastIndexOf("\n", at) + 1, at);
    return place.file + mark + creditInYaml(front, line, address, place);
  });
}

/** Credit keys to add to a cover that is a YAML mapping. @param line the text before the URL on its line. */
function creditInYaml(front: string, line: string, address: string, { credit }: NewPlace): string {
  const hasPlace = /^\s*(?:cover\s*:\s*\{[^{}]*)?\bsrc\s*:\s*["']?$/.test(line);
  if (credit === null || !hasPlace || !front.startsWith("---") || /\bcredit(?:Url)?\s*:/.test(front))
    return "";
  const keys = [`credit: ${JSON.stringify(credit)}`, `creditUrl: ${JSON.stringify(address)}`];
  const indent = /^\s*(?=src)/.exec(line)?.[0];
  return keys.map((key) => (indent === undefined ? `, ${key}` : `\n${indent}${key}`)).join("");
}

/** Applies a change to the parts of a text outside fenced code. */
function outsideFences(text: string, change: (part: string) => string): string {
  const fence = /^[ \t]*(`{3,}|~{3,})[^\n]*\n(?:[^]*?\n)??[ \t]*\1[`~]*[ \t]*(?=\r?\n|$)/gm;
  let result = "";
  let end = 0;
  for (const match of text.matchAll(fence)) {
    result += change(text.slice(end, match.index)) + match[0];
    end = match.index + match[0].length;
  }
  return result + change(text.slice(end));
}
