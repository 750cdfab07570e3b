import type { Direction } from "../content/model.ts";
import { type Backdrop, backdropFor } from "./backdrop.ts";
import { Coverage } from "./coverage.ts";
import type { TypeCase } from "./fonts/type-case.ts";
import { fittedLine, titleBlock } from "./layout.ts";
import { COARSER, HEIGHT, MARGIN, onPaper, PALETTE, WIDTH } from "./palette.ts";
import { MARK, MARK_UNITS } from "./mark.ts";
import { pngOf } from "./png.ts";
import type { ShapedLine, TextStyle } from "./set-text.ts";

/** All that a picture says. */
export interface PictureText {
  readonly title: string;
  /** Names under the title, `""` for none. */
  readonly byline: string;
  /** Date after the names, or a line in the place of both. */
  readonly note: string;
  /** The blog's name, beside the mark. */
  readonly blog: string;
  readonly lang: string;
  readonly dir: Direction;
}

export interface DrawnPicture {
  readonly png: Uint8Array;
  /** Parts of the title that no font has; left out. */
  readonly undrawn: readonly string[];
}

const HEADER = { baseline: 100, size: 32, mark: 46 } as const;
const FRAME = {
  width: WIDTH - 2 * MARGIN,
  height: 248,
  maxLines: 4,
  sizes: [112, 104, 96, 88, 80, 74, 68, 62, 56, 52],
};
const BYLINE = { size: 31, width: 900, gap: 28, below: 52 } as const;
/** Between the blog's name and the robin's head the title and its byline stand in the middle. */
const AREA = { top: 126, bottom: 472 } as const;

/** What social networks fetch without hesitation. */
export const MAX_BYTES = 60 * 1024;

const INK = onPaper("ink");
const BRICK = onPaper("brick");
const SOFT = onPaper("soft");

/** Draws a picture of `WIDTH` by `HEIGHT` pixels. The same text gives the same pixels on every machine. */
export async function drawPicture(text: PictureText, typeCase: TypeCase): Promise<DrawnPicture> {
  const style = { lang: text.lang, dir: text.dir } as const;
  const label: TextStyle = { ...style, cut: "label" };
  const title = await titleBlock(text.title, { ...style, cut: "title" }, FRAME, typeCase);
  const note = await fittedLine(text.note, label, BYLINE.width / BYLINE.size, typeCase);
  const roomForNames =
    BYLINE.width / BYLINE.size - (note.width === 0 ? 0 : note.width + BYLINE.gap / BYLINE.size);
  const byline = await fittedLine(text.byline, label, roomForNames, typeCase);
  const nameWidth = (FRAME.width - HEADER.mark * 1.4) / HEADER.size;
  const blog = await fittedLine(text.blog, label, nameWidth, typeCase);

  const sheet = new Sheet(text.dir);
  sheet.mark(MARGIN - (3 / MARK_UNITS) * HEADER.mark, HEADER.baseline - HEADER.mark * 0.78, HEADER.mark);
  sheet.line(blog, MARGIN + HEADER.mark * 1.32, HEADER.baseline, HEADER.size, INK);
  const top = AREA.top + (AREA.bottom - AREA.top - title.height - BYLINE.below) / 2;
  for (const { shaped, hang, baseline } of title.lines) {
    sheet.line(shaped, MARGIN - hang, Math.round(top + baseline), title.size, INK);
  }
  const under = Math.round(top + title.height + BYLINE.below);
  sheet.line(byline, MARGIN, under, BYLINE.size, INK);
  const noteStart = byline.width === 0 ? 0 : byline.width * BYLINE.size + BYLINE.gap;
  sheet.line(note, MARGIN + noteStart, under, BYLINE.size, SOFT);
  return {
    png: await pngOf(
      { ...sheet.picture, width: WIDTH, height: HEIGHT, palette: PALETTE, coarser: COARSER },
      MAX_BYTES,
    ),
    undrawn: title.undrawn,
  };
}

/** Tells the index in the palette for paper that is covered to a share. */
type Ink = (share: number) => number;

let coverage: Coverage | undefined;

/** The backdrop with what is written on it. Distances along a line count from the edge at which lines begin. */
class Sheet {
  readonly picture: Backdrop;
  readonly #isRightToLeft: boolean;
  readonly #coverage: Coverage;

  constructor(dir: Direction) {
    const { pixels, filters } = backdropFor(dir);
    this.picture = { pixels: pixels.slice(), filters };
    this.#isRightToLeft = dir === "rtl";
    this.#coverage = coverage ??= new Coverage(WIDTH, HEIGHT);
  }

  /** @param start where the line begins, @param size in pixels. Emoji are printed in the accent. */
  line({ glyphs, width }: ShapedLine, start: number, baseline: number, size: number, ink: Ink): void {
    const left = this.#isRightToLeft ? WIDTH - start - width * size : start;
    for (const [isPicture, colour] of [
      [false, ink],
      [true, BRICK],
    ] as const) {
      for (const { type, glyph, x, y } of glyphs) {
        if (type.family.isEmoji !== isPicture) continue;
        const scale = (size * type.family.scale) / type.unitsPerEm;
        const place = { x: left + x * size, y: baseline - y * size, scaleX: scale, scaleY: -scale };
        this.#coverage.add(type.outline(glyph), place);
      }
      this.#print(colour);
    }
  }

  mark(start: number, top: number, size: number): void {
    const scale = size / MARK_UNITS;
    const [x, scaleX] = this.#isRightToLeft ? [WIDTH - start, -scale] : [start, scale];
    this.#coverage.add(MARK, { x, y: top, scaleX, scaleY: scale });
    this.#print(BRICK);
  }

  #print(ink: Ink): void {
    this.#coverage.drain((pixel, share) => {
      const index = ink(share);
      if (index !== 0) this.picture.pixels[pixel] = index;
    });
  }
}
