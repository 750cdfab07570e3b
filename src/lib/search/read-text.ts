/** Reads a text as Pagefind reads it (`pagefind/src/fossick/mod.rs` of release 1.5.2), up to the single words. */
import { type TextToAnalyse, innerHtml } from "./analyse-texts.ts";
import { ANCHOR_MARK, WEIGHT_END, WEIGHT_MARK, digestOf } from "./digest.ts";
import { SPACES, decodeEntities, tidy } from "./entities.ts";
import type { IndexedText } from "./read-pagefind.ts";
import { MOST_POSITIONS } from "./text-places.ts";

/** A text cut into what stands between its spaces; which words that makes is for Pagefind to say. */
export interface ReadText {
  readonly text: IndexedText;
  /** By their positions. */
  readonly tokens: readonly string[];
  /** The weight of each. */
  readonly weights: Uint8Array;
  readonly titleTokens: readonly string[];
}

/** Weight of a word outside headings. */
export const PLAIN_WEIGHT = 24;

/** Null for a text that Pagefind has to read itself. */
export function readText(source: TextToAnalyse): ReadText | null {
  const { key, lang, title } = source;
  const html = innerHtml(source);
  if (UNSPACED.has(lang) || !isPlainTitle(title) || !html.isWellFormed()) return null;
  const digest = digestOf(html);
  const decoded = digest === null ? null : decodeEntities(digest.text);
  if (digest === null || decoded === null) return null;
  const reading = new Reading(digest.anchors);
  for (const token of decoded.split(SPACES)) if (token !== "" && !reading.take(token)) return null;
  const { tokens, weights, anchors } = reading;
  const content = tokens.join(" ");
  if (tokens.length > MOST_POSITIONS || !/[\p{L}\p{N}]/u.test(content)) return null;
  return {
    text: { url: key, content, word_count: tokens.length, anchors },
    tokens,
    weights: new Uint8Array(weights),
    titleTokens: title.split(SPACES).filter((token) => token !== ""),
  };
}

/** Languages whose words Pagefind cuts by dictionary. */
export const UNSPACED: ReadonlySet<string> = new Set(["ja", "th", "zh"]);

function isPlainTitle(title: string): boolean {
  return title.trim() !== "" && title.isWellFormed() && !/\u200b|\0|PAGEFIND_/.test(title);
}

class Reading {
  readonly tokens: string[] = [];
  readonly weights: number[] = [];
  readonly anchors: IndexedText["anchors"] = [];
  readonly #anchorTexts: ReadonlyMap<string, string>;
  readonly #weights = [PLAIN_WEIGHT];

  constructor(anchorTexts: ReadonlyMap<string, string>) {
    this.#anchorTexts = anchorTexts;
  }

  /** False for what isn't read here. */
  take(token: string): boolean {
    if (token.startsWith("___")) {
      if (token.startsWith(ANCHOR_MARK)) return this.#anchor(token.slice(ANCHOR_MARK.length));
      if (token.startsWith(WEIGHT_MARK)) {
        const [outer = PLAIN_WEIGHT] = this.#weights;
        const weight = Number(token.slice(WEIGHT_MARK.length)) * PLAIN_WEIGHT;
        this.#weights.push(this.#weights.length === 1 ? weight : (this.#weights.at(-1) ?? outer));
        return true;
      }
      if (token.startsWith(WEIGHT_END)) {
        this.#weights.pop();
        return true;
      }
    }
    const word = token.includes("\u200b") ? token.replaceAll("\u200b", "") : token;
    if (word === "") return true;
    this.tokens.push(word);
    this.weights.push(this.#weights.at(-1) ?? 1);
    return true;
  }

  /** @param mark `h2:3:roses`. Only headings are kept, as `takeApart` does. */
  #anchor(mark: string): boolean {
    const [, element = "", key = "", id = ""] = /^([^:]*):(\d+:(.*))$/s.exec(mark) ?? [];
    if (!/^h[2-6]$/.test(element)) return true;
    const once = tidy(this.#anchorTexts.get(key) ?? "");
    const text = once === null ? null : tidy(once);
    if (text === null) return false;
    this.anchors.push({ element, id, text, location: this.tokens.length });
    return true;
  }
}
