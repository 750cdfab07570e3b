import bidiFactory from "bidi-js";
import type { Direction } from "../content/model.ts";
import { type Family, isEmoji } from "./fonts/families.ts";
import { shapeRun } from "./fonts/shape-run.ts";
import type { Cut, Type, TypeCase } from "./fonts/type-case.ts";

export interface TextStyle {
  readonly cut: Cut;
  /** BCP 47. */
  readonly lang: string;
  readonly dir: Direction;
}

/** A text with a font for each of its characters, ready to be cut into lines. */
export interface SetText {
  /** What is drawn: tidied, without what no font has. */
  readonly text: string;
  readonly lang: string;
  /** Index by UTF-16 code unit. */
  readonly types: readonly Type[];
  /** Level of embedding (UAX #9) of each code unit; odd ones run from right to left. */
  readonly levels: Uint8Array;
  /** Clusters that no font has, in the order of the text. */
  readonly undrawn: readonly string[];
}

export interface LineGlyph {
  readonly type: Type;
  readonly glyph: number;
  /** From the line's left end, in units of the type size. */
  readonly x: number;
  /** Above the baseline, in units of the type size. */
  readonly y: number;
}

export interface ShapedLine {
  readonly glyphs: readonly LineGlyph[];
  /** In units of the type size. */
  readonly width: number;
}

const bidi = bidiFactory();
/** More than any picture holds; keeps a runaway title cheap. */
const MAX_CLUSTERS = 600;

/** One space for any white space, composed characters, real apostrophes, nothing invisible but what steers joining and direction. */
export function tidyText(text: string): string {
  return text
    .toWellFormed()
    .normalize("NFC")
    .replaceAll(/(?!\s)[\p{Cc}\u00AD\uFEFF\uFFFC\uFFFD]/gu, "")
    .replaceAll(/[\s]+/gu, (space) => (space === "\u00A0" || space === "\u202F" ? "\u00A0" : " "))
    .replaceAll(/(?<=\p{L})'(?=\p{L})/gu, "’")
    .trim();
}

/** Finds fonts for a text and the directions in it. */
export async function setText(text: string, style: TextStyle, typeCase: TypeCase): Promise<SetText> {
  const segmenter = new Intl.Segmenter(style.lang, { granularity: "grapheme" });
  const clusters = Array.from(segmenter.segment(tidyText(text)), ({ segment }) => segment).slice(
    0,
    MAX_CLUSTERS,
  );
  const strong = await Promise.all(
    clusters.map((cluster) => (isNeutral(cluster) ? null : drawable(cluster, style, typeCase, null))),
  );
  const drawn: Drawable[] = [];
  const undrawn: string[] = [];
  for (const [index, cluster] of clusters.entries()) {
    const neighbour = neighbourFamily(strong, index);
    const found =
      strong[index] ?? (isNeutral(cluster) ? await drawable(cluster, style, typeCase, neighbour) : null);
    if (found === null) undrawn.push(cluster);
    else drawn.push(found);
  }
  const result = drawn.map(({ cluster }) => cluster).join("");
  return {
    text: result,
    lang: style.lang,
    types: drawn.flatMap(({ cluster, type }) => Array.from({ length: cluster.length }, () => type)),
    levels: bidi.getEmbeddingLevels(result, style.dir).levels,
    undrawn,
  };
}

/** Shapes the code units from `start` to `end` (exclusive) as one line. */
export function shapeLine({ text, lang, types, levels }: SetText, start = 0, end = text.length): ShapedLine {
  const glyphs: LineGlyph[] = [];
  let width = 0;
  for (const run of inVisualOrder(runsOf(types, levels, start, end))) {
    const shaped = shapeRun(run.type.font, text.slice(run.start, run.end), lang, run.level % 2 === 1);
    const unit = run.type.family.scale / run.type.unitsPerEm;
    for (const { glyph, x, y } of shaped.glyphs) {
      glyphs.push({ type: run.type, glyph, x: width + x * unit, y: y * unit });
    }
    width += shaped.advance * unit;
  }
  return { glyphs, width };
}

/** How far the ink of a line reaches above and below its baseline, in units of the type size. */
export function reachOf({ glyphs }: ShapedLine): { readonly above: number; readonly below: number } {
  const reaches = glyphs.map(({ type, glyph, y }) => {
    const { above, below } = type.reach(glyph);
    const unit = type.family.scale / type.unitsPerEm;
    return { above: above * unit + y, below: below * unit - y };
  });
  return {
    above: Math.max(0, ...reaches.map(({ above }) => above)),
    below: Math.max(0, ...reaches.map(({ below }) => below)),
  };
}

interface Drawable {
  readonly cluster: string;
  readonly type: Type;
}

/** A cluster with its font; its bare first character when no font has the whole; null when none has that either. */
async function drawable(
  cluster: string,
  { cut, lang }: TextStyle,
  typeCase: TypeCase,
  preferred: Family | null,
): Promise<Drawable | null> {
  const bare = String.fromCodePoint(cluster.normalize("NFD").codePointAt(0) ?? 0);
  for (const candidate of new Set([cluster, bare])) {
    const type = await typeCase.typeFor(candidate, cut, lang, preferred);
    if (type !== null) return { cluster: candidate, type };
  }
  return null;
}

/** Spaces, punctuation and symbols, which belong to the text around them. */
function isNeutral(cluster: string): boolean {
  return (
    /^[\p{Script=Common}\p{Script=Inherited}]+$/u.test(cluster) &&
    !/\p{Nd}/u.test(cluster) &&
    !isEmoji(cluster)
  );
}

/** The family of the letters before a cluster or else after it. */
function neighbourFamily(strong: readonly (Drawable | null)[], index: number): Family | null {
  const letters = (found: Drawable | null | undefined): boolean => found != null && !isEmoji(found.cluster);
  const before = strong.slice(0, index).findLast(letters);
  return (before ?? strong.slice(index + 1).find(letters))?.type.family ?? null;
}

interface Run {
  readonly type: Type;
  readonly level: number;
  readonly start: number;
  end: number;
}

function runsOf(types: readonly Type[], levels: Uint8Array, start: number, end: number): Run[] {
  const runs: Run[] = [];
  for (let at = start; at < end; at += 1) {
    const [type, level = 0, last] = [types[at], levels[at], runs.at(-1)];
    if (type === undefined) break;
    if (last?.type === type && last.level === level) last.end = at + 1;
    else runs.push({ type, level, start: at, end: at + 1 });
  }
  return runs;
}

/** Rule L2 of UAX #9: from the highest level down to the lowest odd one, turn each stretch of it around. */
function inVisualOrder(runs: readonly Run[]): Run[] {
  const ordered = [...runs];
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = highest; level > 0; level -= 1) {
    for (let from = 0; from < ordered.length; from += 1) {
      let to = from;
      while ((ordered[to]?.level ?? -1) >= level) to += 1;
      ordered.splice(from, to - from, ...ordered.slice(from, to).reverse());
      from = Math.max(from, to - 1);
    }
  }
  return ordered;
}
