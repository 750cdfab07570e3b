import { Buffer, BufferFlag, Direction, type Font, shape } from "harfbuzzjs";

/** A glyph in a run, in units of its font; `x` and `y` from the run's start on its baseline, y upwards. */
export interface RunGlyph {
  readonly glyph: number;
  readonly x: number;
  readonly y: number;
}

export interface ShapedRun {
  /** From left to right, whichever way the text runs. */
  readonly glyphs: readonly RunGlyph[];
  /** Units of the font. */
  readonly advance: number;
}

const buffer = new Buffer();

/** Shapes text of one font, one direction and one script. */
export function shapeRun(font: Font, text: string, lang: string, isRightToLeft: boolean): ShapedRun {
  fill(text, lang);
  buffer.setDirection(isRightToLeft ? Direction.RTL : Direction.LTR);
  shape(font, buffer);
  let advance = 0;
  const glyphs: RunGlyph[] = [];
  for (const { codepoint, xAdvance = 0, xOffset = 0, yOffset = 0 } of buffer.getGlyphInfosAndPositions()) {
    glyphs.push({ glyph: codepoint, x: advance + xOffset, y: yOffset });
    advance += xAdvance;
  }
  return { glyphs, advance };
}

/** Whether a font has a glyph for all of a cluster: none of them is glyph 0, the box. */
export function isCovered(font: Font, cluster: string): boolean {
  fill(cluster, "und");
  shape(font, buffer);
  return buffer.getGlyphInfos().every(({ codepoint }) => codepoint !== 0);
}

function fill(text: string, lang: string): void {
  buffer.reset();
  buffer.addText(text);
  buffer.guessSegmentProperties();
  buffer.setLanguage(lang);
  buffer.setFlags(BufferFlag.DO_NOT_INSERT_DOTTED_CIRCLE);
}
