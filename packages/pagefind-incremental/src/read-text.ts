/** Parses a text like Pagefind (`pagefind/src/fossick/mod.rs` of release 1.6.0), up to the tokens. */
import { SPACES, decodeEntities, tidy, withPlainSpaces } from "./entities.ts";
import { ANCHOR_MARK, WEIGHT_END, WEIGHT_MARK, tokenizeHtml } from "./html-tokenizer.ts";
import { MOST_POSITIONS, PLAIN_WEIGHT } from "./positions.ts";
import type { IndexedText } from "./read-pagefind.ts";
import type { IndexText } from "./types.ts";

/** A text split at whitespace; Pagefind determines the index terms of each token. */
export interface ReadText {
  readonly text: IndexedText;
  /** Tokens by position. */
  readonly tokens: readonly string[];
  /** Weight of each token. */
  readonly weights: readonly number[];
  readonly titleTokens: readonly string[];
  readonly keywordTokens: readonly string[];
}

/** Languages without spaces between words, which Pagefind segments by dictionary. */
const UNSPACED: ReadonlySet<string> = new Set(["ja", "th", "zh"]);

/**
 * Parses a text; null if only Pagefind itself can parse it.
 * @param excludeClasses elements with one of these classes are skipped.
 */
export function readText(source: IndexText, excludeClasses: ReadonlySet<string>): ReadText | null {
  const { docId, language, title, keywords, html } = source;
  if (UNSPACED.has(language) || title.trim() === "" || !isPlain(title) || !isPlain(keywords)) return null;
  if (!html.isWellFormed()) return null;
  const tokenized = tokenizeHtml(html, excludeClasses);
  const decoded = tokenized === null ? null : decodeEntities(tokenized.text);
  if (tokenized === null || decoded === null) return null;
  const read = readTokens(withPlainSpaces(decoded), tokenized.anchors);
  if (read === null || read.tokens.length > MOST_POSITIONS) return null;
  const { tokens, weights, anchors } = read;
  const content = tokens.join(" ");
  if (!/[\p{L}\p{N}]/u.test(content)) return null;
  return {
    text: { url: docId, content, word_count: tokens.length, anchors },
    ...{ tokens, weights, titleTokens: split(title), keywordTokens: split(keywords) },
  };
}

function isPlain(metadata: string): boolean {
  return metadata.isWellFormed() && !/\u200b|\0|PAGEFIND_/.test(metadata);
}

function split(metadata: string): string[] {
  return metadata.split(SPACES).filter((token) => token !== "");
}

type Read = Pick<ReadText, "tokens" | "weights"> & Pick<IndexedText, "anchors">;

/**
 * Splits text into tokens and evaluates the marks among them.
 * @param text with ASCII whitespace only.
 * @returns null if only Pagefind can parse the text.
 */
function readTokens(text: string, anchorTexts: ReadonlyMap<string, string>): Read | null {
  const tokens: string[] = [];
  const weights: number[] = [];
  const anchors: IndexedText["anchors"] = [];
  const open = [PLAIN_WEIGHT];
  // Pagefind removes zero-width spaces from tokens.
  const hasZeroWidth = text.includes("\u200b");
  for (const part of text.split(/[\t-\r ]+/)) {
    if (part.startsWith("___")) {
      if (part.startsWith(ANCHOR_MARK)) {
        const anchor = readAnchor(part.slice(ANCHOR_MARK.length), anchorTexts);
        if (anchor === null) return null;
        // Results link only to sections with a heading.
        if (/^h[2-6]$/.test(anchor.element)) anchors.push({ ...anchor, location: tokens.length });
        continue;
      }
      if (part.startsWith(WEIGHT_MARK)) {
        const weight = Number(part.slice(WEIGHT_MARK.length)) * PLAIN_WEIGHT;
        open.push(open.length === 1 ? weight : (open.at(-1) ?? weight));
        continue;
      }
      if (part.startsWith(WEIGHT_END)) {
        open.pop();
        continue;
      }
    }
    const token = hasZeroWidth ? part.replaceAll("\u200b", "") : part;
    if (token === "") continue;
    tokens.push(token);
    weights.push(open.at(-1) ?? 1);
  }
  return { tokens, weights, anchors };
}

/** @param mark `h2:3:roses`. */
function readAnchor(mark: string, texts: ReadonlyMap<string, string>) {
  const [, element = "", key = "", id = ""] = /^([^:]*):(\d+:(.*))$/s.exec(mark) ?? [];
  if (!/^h[2-6]$/.test(element)) return { element, id, text: "" };
  const once = tidy(texts.get(key) ?? "");
  const text = once === null ? null : tidy(once);
  return text === null ? null : { element, id, text };
}
