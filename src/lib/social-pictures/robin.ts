import type { Shape } from "./fence.ts";
import { type Outline, outlineOf } from "./outline.ts";

/** The robin of the blog's empty places, in a square of 100 units, looking to the right. */
const BODY =
  "M84 34C82 21 69 15 59 18C47 21 41 33 35 42C29 51 16 55 3 56L2 64C13 66 22 70 29 75" +
  "C37 88 57 93 70 85C82 77 87 62 84 50C86 45 86 39 84 34Z";
const BREAST = "M84.5 37C76 34 69 38 69 48C68 64 72 77 75 80.5C84 72 87 60 84 50C86 45 86 41 84.5 37Z";
const WING = "M41 49C51 44 62 50 61 58C57 70 42 72 27 67C35 63 38 56 41 49Z";
const BEAK = "M84 32L95 37L84.5 40Z";
const LEGS = "M56 88L54 101M65 87L65 101";
const EYE = [74.5, 29.5, 2.6] as const;

/** The robin from back to front. */
export function robinShapes(): Shape[] {
  const pen = { colour: "ink", width: 3.4 } as const;
  return [
    { outline: outlineOf(LEGS), line: { colour: "ink", width: 3 } },
    { outline: outlineOf(BEAK), fill: "ink" },
    { outline: outlineOf(BODY), fill: "feather" },
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
