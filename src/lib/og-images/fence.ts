import { HEIGHT, WIDTH, type Colour } from "./palette.ts";
import { type Outline, outlineOf } from "./outline.ts";

/** A shape of a drawing: an area, a pen line or both. */
export interface Shape {
  readonly outline: Outline;
  readonly fill?: Colour;
  readonly line?: { readonly colour: Colour; readonly width: number };
}

const PICKETS = 15;
const SPACING = 82;
const PICKET_WIDTH = 56;
/** Where the pickets' points are. */
export const FENCE_TOP = 518;
const SHOULDER = 30;
const RAILS = [562, 0] as const;
const RAIL_HEIGHT = 24;
/** How far a hand strays from the ruler. */
const WOBBLE = 2.2;

/** The hedge, the rails and the pickets, from back to front. */
export function fenceShapes(): Shape[] {
  const hand = steadyHand(2008);
  const pen = { colour: "ink", width: 4.5 } as const;
  const pickets = Array.from({ length: PICKETS }, (_, index) => picket(index * SPACING + 26, hand));
  return [
    { outline: outlineOf(MEADOW), fill: "meadow" },
    { outline: rail(RAILS[0], hand), fill: "wood", line: pen },
    ...pickets.flatMap(({ board, grain }): Shape[] => [
      { outline: board, fill: "cream", line: pen },
      { outline: grain, line: { colour: "ink", width: 2 } },
    ]),
  ];
}

const MEADOW = `M-10 640 L-10 556 C120 512 250 540 380 548 C520 556 640 520 790 528 C930 534 1060 560 1210 522 L1210 640 Z`;

/** Strays by up to 1 in either direction, always in the same way. */
type Hand = () => number;

function steadyHand(seed: number): Hand {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return (state / 2147483647) * 2 - 1;
  };
}

function picket(x: number, hand: Hand): { board: Outline; grain: Outline } {
  const stray = (): number => hand() * WOBBLE;
  const [left, right] = [x - PICKET_WIDTH / 2 + stray(), x + PICKET_WIDTH / 2 + stray()];
  const top = FENCE_TOP + stray() * 2;
  const [one, two] = [top + SHOULDER + stray(), top + SHOULDER + stray()];
  const bow = stray();
  const board =
    `M${left + bow} ${HEIGHT + 10} Q${left - bow} ${HEIGHT - 50} ${left} ${one} L${x + stray()} ${top} ` +
    `L${right} ${two} Q${right + bow} ${HEIGHT - 50} ${right + bow} ${HEIGHT + 10} Z`;
  const start = one + 22 + hand() * 10;
  const from = x + hand() * 9;
  return {
    board: outlineOf(board),
    grain: outlineOf(
      `M${from} ${start} Q${from + stray()} ${start + 18} ${from + stray() / 2} ${start + 34 + hand() * 8}`,
    ),
  };
}

function rail(y: number, hand: Hand): Outline {
  const points = Array.from({ length: 7 }, (_, index) => [index * (WIDTH / 6), y + hand() * WOBBLE] as const);
  const upper = points.map(([x, top]) => `L${x - 5} ${top}`).join(" ");
  const lower = points
    .map(([x, top]) => `L${x + 5} ${top + RAIL_HEIGHT}`)
    .reverse()
    .join(" ");
  return outlineOf(
    `M-20 ${y} ${upper} L${WIDTH + 20} ${y} L${WIDTH + 20} ${y + RAIL_HEIGHT} ${lower} L-20 ${y + RAIL_HEIGHT} Z`,
  );
}
