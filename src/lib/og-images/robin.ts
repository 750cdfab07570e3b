import type { Shape } from "./fence.ts";
import { type Outline, outlineOf } from "./outline.ts";

/** The robin of the blog's empty places, in a square of 100 units, looking to the right. */
export const ROBIN_UNITS = 100;

const BODY =
  "M84 34C82 21 69 15 59 18C47 21 41 33 35 42C29 51 16 55 3 56L2 64C13 66 22 70 29 75" +
  "C37 88 57 93 70 85C82 77 87 62 84 50C86 45 86 39 84 34Z";
const BREAST = "M84.5 36C75 26 62 31 60 45C58 62 63 77 73 83.5C81 78 87 62 84 50C86 45 86 40 84.5 36Z";
const BELLY = "M73 83.5C64 90 50 89 40 82C50 80 57 74 61 64C63 73 67 80 73 83.5Z";
const WING = "M41 49C51 44 62 50 61 58C57 70 42 72 27 67C35 63 38 56 41 49Z";
const BEAK = "M84 32L95 37L84.5 40Z";
/** Its feet stand to the left and right of a point. */
const LEGS = "M53 87L51 101M61 87L63 101M47 100L54 102M60 102L67 100";
/** Where the point between the feet is. */
export const PERCH = [57, 94] as const;
const EYE = [74.5, 29.5, 2.6] as const;

/** The robin from back to front. */
export function robinShapes(): Shape[] {
  const pen = { colour: "ink", width: 3.4 } as const;
  return [
    { outline: outlineOf(LEGS), line: { colour: "ink", width: 3 } },
    { outline: outlineOf(BEAK), fill: "ink" },
    { outline: outlineOf(BODY), fill: "feather" },
    { outline: outlineOf(BELLY), fill: "cream" },
    { outline: outlineOf(BREAST), fill: "brick" },
    { outline: outlineOf(WING), fill: "feather", line: { colour: "ink", width: 2.6 } },
    { outline: outlineOf(BODY), line: pen },
    { outline: disc(...EYE), fill: "ink" },
  ];
}

/** Four curves that make a circle to a thousandth of its radius. */
function disc(x: number, y: number, radius: number): Outline {
  const k = radius * 0.5523;
  const [left, right, top, bottom] = [x - radius, x + radius, y - radius, y + radius];
  return outlineOf(
    `M${right} ${y} C${right} ${y + k} ${x + k} ${bottom} ${x} ${bottom} ` +
      `C${x - k} ${bottom} ${left} ${y + k} ${left} ${y} C${left} ${y - k} ${x - k} ${top} ${x} ${top} ` +
      `C${x + k} ${top} ${right} ${y - k} ${right} ${y} Z`,
  );
}
