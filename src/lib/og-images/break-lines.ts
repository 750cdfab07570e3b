/** Where lines of a title may end, and which of these ends make lines of equal length. */

/** A piece that stays whole on its line. */
export interface Box {
  readonly start: number;
  /** Exclusive, without the space after it. */
  readonly end: number;
  /** Width in any unit; that of the space after it, which vanishes at the end of a line. */
  readonly width: number;
  readonly space: number;
  /** How bad a line end after it is, from 0. */
  readonly penalty: number;
}

/** A line of boxes from `first` to `last`, inclusive. */
export interface BoxLine {
  readonly first: number;
  readonly last: number;
}

const SPACE = /^[\s\u200B]+$/u;
const IDEOGRAPHIC = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFFEF]/u;
/** Written without spaces; `Intl.Segmenter` knows their words. */
const SPACELESS = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** What must not begin a line, beyond closing punctuation: small kana, marks of length and repetition, full stops. */
const NOT_FIRST =
  /^[\p{Pe}\p{Pf}\p{M}、。，．・：；？！‼⁇⁈⁉…‥ー゠〜～々〻ヽヾゝゞぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ!?,.:;%›»”’]/u;
const NOT_LAST = /[\p{Ps}\p{Pi}„‚«‹¿¡]$/u;

/** How bad breaks are; the unit is the square of the share of a line that stays empty. */
const PENALTY = {
  /** A particle is torn from its word. */
  beforeKana: 0.12,
  /** Inside a phrase without spaces, at the end of a word. */
  insidePhrase: 0.03,
  /** After "a", "of" and the like. */
  afterShortWord: 0.02,
} as const;

/** The pieces of a text between which a line may end. `widthOf` measures a range of its code units. */
export function boxesOf(text: string, lang: string, widthOf: (start: number, end: number) => number): Box[] {
  const words = Array.from(
    new Intl.Segmenter(lang, { granularity: "word" }).segment(text),
    ({ segment }) => segment,
  );
  const boxes: Box[] = [];
  let start = 0;
  let at = 0;
  for (const [index, word] of words.entries()) {
    const end = at;
    at += word.length;
    if (index === 0) continue;
    const penalty = breakBefore(words, index);
    if (penalty === null) continue;
    boxes.push(boxOf(text, start, end, penalty, widthOf));
    start = end;
  }
  if (start < text.length) boxes.push(boxOf(text, start, text.length, 0, widthOf));
  return boxes;
}

/** A text in which each box that is wider than a line may break: behind a hyphen in words that take one. */
export function withCuts(
  text: string,
  boxes: readonly Box[],
  maxWidth: number,
  widthOf: (start: number, end: number) => number,
): string {
  return boxes
    .flatMap((box, index) => {
      const next = boxes[index + 1]?.start ?? text.length;
      const parts =
        box.width <= maxWidth ? [text.slice(box.start, box.end)] : cutBox(text, box, maxWidth, widthOf);
      return [...parts, text.slice(box.end, next)];
    })
    .join("");
}

/**
 * The lines of a text in as few lines as hold it, as equal as they can be.
 * @returns null when it needs more than `maxLines` or a box is wider than a line.
 */
export function balancedLines(boxes: readonly Box[], maxWidth: number, maxLines: number): BoxLine[] | null {
  if (boxes.some(({ width }) => width > maxWidth)) return null;
  const count = greedyCount(boxes, maxWidth);
  return count > maxLines ? null : bestLines(boxes, maxWidth, count);
}

function greedyCount(boxes: readonly Box[], maxWidth: number): number {
  let lines = 0;
  let filled = Infinity;
  for (const { width, space } of boxes) {
    if (filled + width > maxWidth) {
      lines += 1;
      filled = 0;
    }
    filled += width + space;
  }
  return lines;
}

interface Plan {
  readonly cost: number;
  readonly lines: readonly BoxLine[];
}

/** The cheapest way to set boxes in `count` lines, found line by line. */
function bestLines(boxes: readonly Box[], maxWidth: number, count: number): BoxLine[] | null {
  let plans: (Plan | null)[] = [{ cost: 0, lines: [] }, ...boxes.map(() => null)];
  for (let line = 0; line < count; line += 1) {
    const next: (Plan | null)[] = plans.map(() => null);
    for (const [first, plan] of plans.entries()) {
      if (plan !== null) extend(boxes, maxWidth, plan, first, next);
    }
    plans = next;
  }
  const best = plans[boxes.length];
  return best === null || best === undefined ? null : [...best.lines];
}

/** Tries each line that begins with box `first`; `next[n]` is the best plan for the first n boxes. */
function extend(
  boxes: readonly Box[],
  maxWidth: number,
  plan: Plan,
  first: number,
  next: (Plan | null)[],
): void {
  let width = 0;
  for (let last = first; last < boxes.length; last += 1) {
    const box = boxes[last];
    if (box === undefined || width + box.width > maxWidth) return;
    const empty = 1 - (width + box.width) / maxWidth;
    const cost = plan.cost + empty * empty + (last === boxes.length - 1 ? 0 : box.penalty);
    if (cost < (next[last + 1]?.cost ?? Infinity))
      next[last + 1] = { cost, lines: [...plan.lines, { first, last }] };
    width += box.width + box.space;
  }
}

function boxOf(
  text: string,
  start: number,
  end: number,
  penalty: number,
  widthOf: (start: number, end: number) => number,
): Box {
  const inked = start + text.slice(start, end).trimEnd().length;
  const isShort =
    /^\p{L}{1,2}$/u.test(text.slice(start, inked)) && !IDEOGRAPHIC.test(text.slice(start, inked));
  return {
    start,
    end: inked,
    width: widthOf(start, inked),
    space: inked < end ? widthOf(inked, end) : 0,
    penalty: isShort ? Math.max(penalty, PENALTY.afterShortWord) : penalty,
  };
}

/** How bad a line end before a word is; null when there must be none. */
function breakBefore(words: readonly string[], index: number): number | null {
  const [before = "", word = "", twoBefore = " "] = [words[index - 1], words[index], words[index - 2]];
  if (/^[\s\u200B]/u.test(word)) return null;
  if (SPACE.test(before)) return before.includes("\u00A0") || NOT_FIRST_AFTER_SPACE.test(word) ? null : 0;
  if (NOT_FIRST.test(word) || NOT_LAST.test(before)) return null;
  if (/[\p{Pd}/]$/u.test(before)) return SPACE.test(twoBefore) || !/^\p{L}/u.test(word) ? null : 0;
  if (SPACELESS.test(before.slice(-1)) && SPACELESS.test(word.charAt(0))) return PENALTY.insidePhrase;
  if (!IDEOGRAPHIC.test(lastCharacter(before)) && !IDEOGRAPHIC.test(word.slice(0, 2))) return null;
  if (/[、。，．：；？！」』）】》〉]$/u.test(before)) return 0;
  return /^\p{Script=Hiragana}+$/u.test(word) ? PENALTY.beforeKana : PENALTY.insidePhrase;
}

/** French sets a space before these, Spanish and others never begin a line with them. */
const NOT_FIRST_AFTER_SPACE = /^[!?:;»›…]/u;

function lastCharacter(text: string): string {
  return Array.from(text).at(-1) ?? "";
}

/** Scripts whose words are divided with a hyphen. */
const HYPHENATED = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u;
const ZERO_WIDTH_SPACE = "\u200B";
/** Room that is kept for a hyphen, as a share of a line. */
const HYPHEN_ROOM = 0.03;

function cutBox(
  text: string,
  box: Box,
  maxWidth: number,
  widthOf: (start: number, end: number) => number,
): string[] {
  const clusters = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(
    text.slice(box.start, box.end),
  );
  const parts: string[] = [];
  let start = box.start;
  for (const { index, segment } of clusters) {
    const at = box.start + index;
    if (at === start || widthOf(start, at + segment.length) <= maxWidth * (1 - HYPHEN_ROOM)) continue;
    const isWord = HYPHENATED.test(segment) && HYPHENATED.test(lastCharacter(text.slice(start, at)));
    parts.push(text.slice(start, at) + (isWord ? "-" : ZERO_WIDTH_SPACE));
    start = at;
  }
  return [...parts, text.slice(start, box.end)];
}
