import { balancedLines, type Box, boxesOf, cutWideBoxes } from "./break-lines.ts";
import type { TypeCase } from "./fonts/type-case.ts";
import { type SetText, setText, shapeLine, type ShapedLine, type TextStyle } from "./set-text.ts";

/** A title cut into lines. */
export interface TitleBlock {
  readonly lines: readonly TitleLine[];
  /** Type size in pixels. */
  readonly size: number;
  /** Pixels from one baseline to the next. */
  readonly leading: number;
  readonly undrawn: readonly string[];
}

export interface TitleLine {
  readonly shaped: ShapedLine;
  /** How far an opening mark stands out before the line, in units of the type size. */
  readonly hang: number;
}

export interface TitleFrame {
  readonly width: number;
  readonly height: number;
  readonly maxLines: number;
  /** Type sizes in pixels, greatest first. */
  readonly sizes: readonly number[];
}

const ELLIPSIS = "…";
/** Marks that hang in the margin, and how much of them. */
const HANGING = /^["'“”„‘‚«‹]/u;
/** Full-width marks, the first half of which is blank. */
const HALF_BLANK = /^[「『（【《〈［｛]/u;

/** Sets a title as large as its frame allows, in lines of equal length; what doesn't fit ends in an ellipsis. */
export async function titleBlock(
  title: string,
  style: TextStyle,
  frame: TitleFrame,
  typeCase: TypeCase,
): Promise<TitleBlock> {
  const whole = await setText(title, style, typeCase);
  const least = frame.sizes.at(-1) ?? 1;
  let set = whole;
  let boxes = titleBoxes(set, frame.width / least);
  let fit = fitInto(set, boxes, frame);
  for (let kept = boxes.length - 1; fit === null && kept > 0; kept -= 1) {
    const end = boxes[kept - 1]?.end ?? 0;
    if (roughLines(boxes, kept, frame.width / least) > frame.maxLines) continue;
    set = await setText(whole.text.slice(0, end).replace(/[\p{P}\s]+$/u, "") + ELLIPSIS, style, typeCase);
    fit = fitInto(set, titleBoxes(set, frame.width / least), frame);
  }
  return { ...(fit ?? { lines: [], size: least, leading: least }), undrawn: whole.undrawn };
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
  for (const end of clusters.reverse()) {
    const shorter = await setText(set.text.slice(0, end).trimEnd() + ELLIPSIS, style, typeCase);
    const cut = shapeLine(shorter);
    if (cut.width <= maxWidth) return cut;
  }
  return { glyphs: [], width: 0 };
}

type Fit = Omit<TitleBlock, "undrawn">;

function fitInto(set: SetText, boxes: readonly Box[], frame: TitleFrame): Fit | null {
  const ratio = Math.max(1, ...new Set(set.types.map(({ family }) => family.leading)));
  const least = frame.sizes.at(-1);
  for (const size of frame.sizes) {
    const leading = Math.round(size * ratio);
    const room = Math.max(1, Math.floor((frame.height + leading - size) / leading));
    const lines = balancedLines(boxes, frame.width / size, Math.min(frame.maxLines, room));
    if (lines === null && size !== least) continue;
    if (lines === null) return null;
    return { size, leading, lines: lines.map(({ first, last }) => titleLine(set, boxes[first], boxes[last])) };
  }
  return null;
}

function titleLine(set: SetText, first: Box | undefined, last: Box | undefined): TitleLine {
  const [start, end] = [first?.start ?? 0, last?.end ?? 0];
  return { shaped: shapeLine(set, start, end), hang: hangOf(set, start) };
}

function hangOf(set: SetText, start: number): number {
  const mark = set.text.charAt(start);
  const share = HANGING.test(mark) ? 0.9 : HALF_BLANK.test(mark) ? 0.5 : 0;
  return share === 0 ? 0 : share * shapeLine(set, start, start + 1).width;
}

function titleBoxes(set: SetText, maxWidth: number): Box[] {
  const widthOf = (start: number, end: number): number => shapeLine(set, start, end).width;
  return cutWideBoxes(set.text, boxesOf(set.text, set.lang, widthOf), maxWidth, widthOf);
}

/** At least how many lines the first `kept` boxes need. */
function roughLines(boxes: readonly Box[], kept: number, maxWidth: number): number {
  const width = boxes.slice(0, kept).reduce((sum, box) => sum + box.width + box.space, 0);
  return Math.ceil((width - (boxes[kept - 1]?.space ?? 0)) / maxWidth);
}
