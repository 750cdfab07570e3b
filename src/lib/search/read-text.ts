/** Reads a text as Pagefind reads it (`pagefind/src/fossick/mod.rs` of release 1.5.2), up to the single words. */
import { type TextToAnalyse, innerHtml } from "./analyse-texts.ts";
import { ANCHOR_MARK, WEIGHT_END, WEIGHT_MARK, digestOf } from "./html-tokenizer.ts";
import { SPACES, decodeEntities, tidy, withPlainSpaces } from "./entities.ts";
import type { IndexedText } from "./read-pagefind.ts";
import { MOST_POSITIONS } from "./positions.ts";

/** A text cut into what stands between its spaces; which words that makes is for Pagefind to say. */
export interface ReadText {
  readonly text: IndexedText;
  /** The bytes of the content: tokens by their positions, with single spaces between. */
  readonly words: Buffer;
  /** The weight of each. */
  readonly weights: Uint8Array;
  /** Tokens of the title in the same way. */
  readonly titleWords: Buffer;
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
  const words = reading.read(withPlainSpaces(decoded));
  if (words === null) return null;
  const { count, anchors } = reading;
  const content = words.toString("utf8");
  if (count > MOST_POSITIONS || !/[\p{L}\p{N}]/u.test(content)) return null;
  const titleTokens = title.split(SPACES).filter((token) => token !== "");
  return {
    text: { url: key, content, word_count: count, anchors },
    words,
    weights: reading.weights.slice(0, count),
    titleWords: Buffer.from(titleTokens.join(" ")),
  };
}

/** Languages whose words Pagefind cuts by dictionary. */
export const UNSPACED: ReadonlySet<string> = new Set(["ja", "th", "zh"]);

function isPlainTitle(title: string): boolean {
  return title.trim() !== "" && title.isWellFormed() && !/\u200b|\0|PAGEFIND_/.test(title);
}

/** Zero-width space, which Pagefind drops out of tokens. */
const [ZERO_1, ZERO_2, ZERO_3] = [0xe2, 0x80, 0x8b];

const UNDERSCORE = 0x5f;

class Reading {
  count = 0;
  weights = new Uint8Array();
  readonly anchors: IndexedText["anchors"] = [];
  readonly #anchorTexts: ReadonlyMap<string, string>;
  readonly #weights = [PLAIN_WEIGHT];

  constructor(anchorTexts: ReadonlyMap<string, string>) {
    this.#anchorTexts = anchorTexts;
  }

  /**
   * Takes the tokens out of a text, byte by byte: a string for each would cost more than all else.
   * @param text without white space other than ASCII's.
   * @returns the tokens with single spaces between; null for what isn't read here.
   */
  read(text: string): Buffer | null {
    const bytes = Buffer.from(text, "utf8");
    this.weights = new Uint8Array((bytes.length >> 1) + 1);
    let weight = PLAIN_WEIGHT;
    // Moved to the front within the same memory: they come from behind where they go.
    let end = 0;
    for (let at = 0; at < bytes.length;) {
      if (isSpace(bytes[at] ?? 0)) {
        at += 1;
        continue;
      }
      if (bytes[at] === UNDERSCORE && bytes[at + 1] === UNDERSCORE && bytes[at + 2] === UNDERSCORE) {
        const tokenEnd = endOfToken(bytes, at);
        const isRead = this.#mark(bytes.toString("utf8", at, tokenEnd));
        if (isRead === null) return null;
        if (isRead) {
          weight = this.#weights.at(-1) ?? 1;
          at = tokenEnd;
          continue;
        }
      }
      const start = end === 0 ? 0 : end + 1;
      let to = start;
      for (; at < bytes.length; at += 1) {
        const byte = bytes[at] ?? 0;
        if (isSpace(byte)) break;
        if (byte === ZERO_1 && bytes[at + 1] === ZERO_2 && bytes[at + 2] === ZERO_3) at += 2;
        else bytes[to++] = byte;
      }
      if (to === start) continue;
      if (start > 0) bytes[start - 1] = SPACE;
      end = to;
      this.weights[this.count] = weight;
      this.count += 1;
    }
    return bytes.subarray(0, end);
  }

  /** Whether a token is a mark and has been read as that; null for what isn't read here. */
  #mark(token: string): boolean | null {
    if (token.startsWith(ANCHOR_MARK)) return this.#anchor(token.slice(ANCHOR_MARK.length)) || null;
    if (token.startsWith(WEIGHT_MARK)) {
      const [outer = PLAIN_WEIGHT] = this.#weights;
      const weight = Number(token.slice(WEIGHT_MARK.length)) * PLAIN_WEIGHT;
      this.#weights.push(this.#weights.length === 1 ? weight : (this.#weights.at(-1) ?? outer));
      return true;
    }
    if (!token.startsWith(WEIGHT_END)) return false;
    this.#weights.pop();
    return true;
  }

  /** @param mark `h2:3:roses`. Only headings are kept, as `takeApart` does. */
  #anchor(mark: string): boolean {
    const [, element = "", key = "", id = ""] = /^([^:]*):(\d+:(.*))$/s.exec(mark) ?? [];
    if (!/^h[2-6]$/.test(element)) return true;
    const once = tidy(this.#anchorTexts.get(key) ?? "");
    const text = once === null ? null : tidy(once);
    if (text === null) return false;
    this.anchors.push({ element, id, text, location: this.count });
    return true;
  }
}

const SPACE = 0x20;

/** ASCII's white space: tab, line ends, space. */
function isSpace(byte: number): boolean {
  return byte <= SPACE && (byte === SPACE || (byte >= 9 && byte <= 13));
}

function endOfToken(bytes: Uint8Array, from: number): number {
  let end = from;
  while (end < bytes.length && !isSpace(bytes[end] ?? 0)) end += 1;
  return end;
}
