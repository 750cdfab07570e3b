import { balancedLines, type Box, boxesOf, withCuts } from "./break-lines.ts";
import type { TypeCase } from "./fonts/type-case.ts";
import { reachOf, type SetText, setText, shapeLine, type ShapedLine, type TextStyle } from "./set-text.ts";

/** A title cut into lines. Lengths are in pixels. */
export interface TitleBlock {
  readonly lines: readonly TitleLine[];
  /** Type size. */
  readonly size: number;
  /** From the top of the first line's ink to below the last one's. */
  readonly height: number;
  /** Parts of the title that no font has; left out. */
  readonly undrawn: readonly string[];
}

export interface TitleLine {
  readonly shaped: ShapedLine;
  /** How far an opening mark stands out before the line. */
  readonly hang: number;
  /** Baseline, from the top of the block. */
  readonly baseline: number;
}

export interface TitleFrame {
  readonly width: number;
  readonly height: number;
  readonly maxLines: number;
  /** Type sizes, greatest first. */
  readonly sizes: readonly number[];
}

const ELLIPSIS = "…";
/** Marks that hang in the margin, and how much of them. */
const HANGING = /^["'“”„‘‚«‹]/u;
/** Full-width marks, the first half of which is blank. */
const HALF_BLANK = /^[「『（【《〈［｛]/u;
/** Least distance between the ink of two lines, in units of the type size. */
const LEAST_GAP = 0.04;
/** Room under the last line's baseline, also when nothing reaches down there. */
const LEAST_BELOW = 0.24;

/** Sets a title as large as its frame allows, in lines of equal length; what doesn't fit ends in an ellipsis. */
export async function titleBlock(
  title: string,
  style: TextStyle,
  frame: TitleFrame,
  typeCase: TypeCase,
): Promise<TitleBlock> {
  const least = frame.sizes.at(-1) ?? 1;
  const whole = await setText(title, style, typeCase);
  const set = await withoutWideBoxes(whole, style, frame.width / least, typeCase);
  const boxes = titleBoxes(set);
  let fit = fitInto(set, boxes, frame);
  for (let kept = boxes.length - 1; fit === null && kept > 0; kept -= 1) {
    if (roughLines(boxes, kept, frame.width / least) > frame.maxLines) continue;
    const shorter = await setText(elided(set.text, boxes[kept - 1]?.end ?? 0), style, typeCase);
    fit = fitInto(shorter, titleBoxes(shorter), frame);
  }
  return { ...(fit ?? { lines: [], size: least, height: 0 }), undrawn: whole.undrawn };
}

/** One line of text, cut with an ellipsis where it grows wider than `maxWidth` (in units of the type size). */
export async function fittedLine(
  text: string,
  style: TextStyle,
  maxWidth: number,
  typeCase: TypeCase,
): Promise<ShapedLine> {
  const set = await setText(text, style, typeCase);
  const line = shapeLine(set);
  if (line.width <= maxWidth) return line;
  const clusters = Array.from(new Intl.Segmenter(style.lang).segment(set.text), ({ index }) => index);
  const ends = clusters.reverse().filter((end) => shapeLine(set, 0, end).width <= maxWidth);
  for (const end of ends) {
    const cut = shapeLine(await setText(elided(set.text, end), style, typeCase));
    if (cut.width <= maxWidth) return cut;
  }
  return { glyphs: [], width: 0 };
}

/** The text up to `end`, without punctuation there, and an ellipsis. */
function elided(text: string, end: number): string {
  return text.slice(0, end).replace(/[\p{P}\s]+$/u, "") + ELLIPSIS;
}

type Fit = Omit<TitleBlock, "undrawn">;

/** The greatest size at which the boxes fit, null when there is none. */
function fitInto(set: SetText, boxes: readonly Box[], frame: TitleFrame): Fit | null {
  const leading = Math.max(1, ...new Set(set.types.map(({ family }) => family.leading)));
  for (const size of frame.sizes) {
    const lines = balancedLines(boxes, frame.width / size, frame.maxLines);
    if (lines === null) continue;
    const ranges = lines.map(({ first, last }) => [boxes[first]?.start ?? 0, boxes[last]?.end ?? 0] as const);
    const fit = stack(set, ranges, size, leading);
    if (fit.height <= frame.height) return fit;
  }
  return null;
}

/** Puts lines under each other: at the leading, and further apart where their ink would touch. */
function stack(
  set: SetText,
  ranges: readonly (readonly [start: number, end: number])[],
  size: number,
  leading: number,
): Fit {
  const lines: TitleLine[] = [];
  let baseline = 0;
  let below = 0;
  for (const [start, end] of ranges) {
    const shaped = shapeLine(set, start, end);
    const reach = reachOf(shaped);
    const step = lines.length === 0 ? reach.above : Math.max(leading, below + reach.above + LEAST_GAP);
    baseline += Math.round(step * size);
    below = reach.below;
    lines.push({ shaped, hang: hangOf(set, start) * size, baseline });
  }
  return { size, lines, height: baseline + Math.max(below, LEAST_BELOW) * size };
}

/** In units of the type size. */
function hangOf(set: SetText, start: number): number {
  const mark = set.text.charAt(start);
  const share = HANGING.test(mark) ? 0.9 : HALF_BLANK.test(mark) ? 0.5 : 0;
  return share === 0 ? 0 : share * shapeLine(set, start, start + 1).width;
}

function titleBoxes(set: SetText): Box[] {
  return boxesOf(set.text, set.lang, widthIn(set));
}

function widthIn(set: SetText): (start: number, end: number) => number {
  return (start, end) => shapeLine(set, start, end).width;
}

/** The same text, with places to break in what is wider than a line. */
async function withoutWideBoxes(
  set: SetText,
  style: TextStyle,
  maxWidth: number,
  typeCase: TypeCase,
): Promise<SetText> {
  const boxes = titleBoxes(set);
  if (boxes.every(({ width }) => width <= maxWidth)) return set;
  return setText(withCuts(set.text, boxes, maxWidth, widthIn(set)), style, typeCase);
}

/** At least how many lines the first `kept` boxes need. */
function roughLines(boxes: readonly Box[], kept: number, maxWidth: number): number {
  const width = boxes.slice(0, kept).reduce((sum, box) => sum + box.width + box.space, 0);
  return Math.ceil((width - (boxes[kept - 1]?.space ?? 0)) / maxWidth);
}
