import type { Direction } from "../posts/model.ts";
import { backdropFor } from "./backdrop.ts";
import { Coverage } from "./coverage.ts";
import type { TypeCase } from "./fonts/type-case.ts";
import { fittedLine, titleBlock } from "./layout.ts";
import { HEIGHT, MARGIN, onPaper, PALETTE, WIDTH } from "./look.ts";
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
const FRAME = { width: WIDTH - 2 * MARGIN, height: 268, maxLines: 4, sizes: [112, 104, 96, 88, 80, 74, 68, 62, 56] };
const BYLINE = { size: 30, width: 800, gap: 28 } as const;
/** Between the blog's name and the robin's head the title and its byline stand in the middle. */
const AREA = { top: 136, bottom: 484 } as const;

const INK = onPaper("ink");
const BRICK = onPaper("brick");
const SOFT = onPaper("soft");

/** Draws a picture of `WIDTH` by `HEIGHT` pixels. The same text gives the same pixels on every machine. */
export async function drawPicture(text: PictureText, typeCase: TypeCase): Promise<DrawnPicture> {
  const style = { lang: text.lang, dir: text.dir } as const;
  const label: TextStyle = { ...style, cut: "label" };
  const title = await titleBlock(text.title, { ...style, cut: "title" }, FRAME, typeCase);
  const note = await fittedLine(text.note, label, BYLINE.width / BYLINE.size, typeCase);
  const roomForNames = BYLINE.width / BYLINE.size - (note.width === 0 ? 0 : note.width + BYLINE.gap / BYLINE.size);
  const byline = await fittedLine(text.byline, label, roomForNames, typeCase);
  const nameWidth = (FRAME.width - HEADER.mark * 1.4) / HEADER.size;
  const blog = await fittedLine(text.blog, label, nameWidth, typeCase);

  const sheet = new Sheet(text.dir);
  sheet.mark(MARGIN, HEADER.baseline - HEADER.mark * 0.78, HEADER.mark);
  sheet.line(blog, MARGIN + HEADER.mark * 1.32, HEADER.baseline, HEADER.size, INK);
  const ascent = title.size * 0.72;
  const height = ascent + (title.lines.length - 1) * title.leading + title.leading * 0.36 + 40;
  let baseline = AREA.top + (AREA.bottom - AREA.top - height) / 2 + ascent;
  for (const { shaped, hang } of title.lines) {
    sheet.line(shaped, MARGIN - hang * title.size, baseline, title.size, INK);
    baseline += title.leading;
  }
  const under = baseline - title.leading * 0.64 + 40;
  sheet.line(byline, MARGIN, under, BYLINE.size, INK);
  const noteStart = byline.width === 0 ? 0 : byline.width * BYLINE.size + BYLINE.gap;
  sheet.line(note, MARGIN + noteStart, under, BYLINE.size, SOFT);
  const pixels = sheet.pixels;
  return {
    png: await pngOf({ width: WIDTH, height: HEIGHT, pixels, palette: PALETTE }),
    undrawn: title.undrawn,
  };
}

/** Tells the index in the palette for paper that is covered to a share. */
type Ink = (share: number) => number;

let coverage: Coverage | undefined;

/** The backdrop with what is written on it. Distances along a line count from the edge at which lines begin. */
class Sheet {
  readonly pixels: Uint8Array;
  readonly #isRightToLeft: boolean;
  readonly #coverage: Coverage;

  constructor(dir: Direction) {
    this.pixels = backdropFor(dir).slice();
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
      if (index !== 0) this.pixels[pixel] = index;
    });
  }
}
