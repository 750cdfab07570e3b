import type { Direction } from "../content/model.ts";
import { Coverage, type Placement } from "./coverage.ts";
import { FENCE_TOP, fenceShapes, type Shape } from "./fence.ts";
import { COLOURS, type Colour, HEIGHT, nearest, type Rgb, WIDTH } from "./palette.ts";
import { filtersFor } from "./png.ts";
import { PERCH, ROBIN_UNITS, robinShapes } from "./robin.ts";
import { strokeOf } from "./stroke.ts";

const ROBIN_SIZE = 120;
/** Middle of the picket that the robin sits on. */
const ROBIN_X = 1092;

export interface Backdrop {
  /** Indexes into the palette. */
  readonly pixels: Uint8Array;
  /** The PNG filter that suits each row. */
  readonly filters: Uint8Array;
}

const painted = new Map<Direction, Backdrop>();

/**
 * Everything that all pictures share, paper, fence and robin. Painted once for each
 * direction of reading; the robin sits at the end of the lines and looks at them. Don't write to them.
 */
export function backdropFor(dir: Direction): Backdrop {
  const known = painted.get(dir) ?? paintBackdrop(dir);
  painted.set(dir, known);
  return known;
}

function paintBackdrop(dir: Direction): Backdrop {
  const canvas = new Canvas();
  const mirror = dir === "rtl" ? { x: WIDTH, scaleX: -1 } : { x: 0, scaleX: 1 };
  const unit = ROBIN_SIZE / ROBIN_UNITS;
  for (const shape of fenceShapes()) canvas.draw(shape, { ...mirror, y: 0, scaleY: 1 });
  const robin = {
    x: mirror.x + mirror.scaleX * (ROBIN_X + PERCH[0] * unit),
    y: FENCE_TOP - PERCH[1] * unit,
    scaleX: -unit * mirror.scaleX,
    scaleY: unit,
  };
  for (const shape of robinShapes()) canvas.draw(shape, robin);
  const pixels = canvas.indexes();
  return { pixels, filters: filtersFor(pixels, WIDTH) };
}

/** Paints in full colour, then finds the nearest colours of the palette. */
class Canvas {
  readonly #rgb = new Float64Array(WIDTH * HEIGHT * 3);
  readonly #coverage = new Coverage(WIDTH, HEIGHT);

  constructor() {
    for (let at = 0; at < this.#rgb.length; at += 3) this.#rgb.set(COLOURS.paper, at);
  }

  draw({ outline, fill, line }: Shape, place: Placement): void {
    if (fill !== undefined) {
      this.#coverage.add(outline, place);
      this.#paint(fill);
    }
    if (line !== undefined) {
      this.#coverage.add(strokeOf(outline, line.width), place);
      this.#paint(line.colour);
    }
  }

  indexes(): Uint8Array {
    const known = new Map<number, number>();
    return Uint8Array.from({ length: WIDTH * HEIGHT }, (_, pixel) => {
      const colour = this.#colourAt(pixel);
      const key = (colour[0] << 16) | (colour[1] << 8) | colour[2];
      const index = known.get(key) ?? nearest(colour);
      known.set(key, index);
      return index;
    });
  }

  #paint(colour: Colour): void {
    const over = COLOURS[colour];
    this.#coverage.drain((pixel, share) => {
      for (const channel of [0, 1, 2] as const) {
        const at = pixel * 3 + channel;
        const under = this.#rgb[at] ?? 0;
        this.#rgb[at] = under + (over[channel] - under) * share;
      }
    });
  }

  #colourAt(pixel: number): Rgb {
    const channel = (index: number): number => Math.round(this.#rgb[pixel * 3 + index] ?? 0);
    return [channel(0), channel(1), channel(2)];
  }
}
