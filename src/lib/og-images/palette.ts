/** Colours and sizes of social pictures. */
import { BRICK, INK, INK_SOFT, PAPER } from "../site/colours.ts";

export type Rgb = readonly [red: number, green: number, blue: number];

export const WIDTH = 1200;
export const HEIGHT = 630;
/** Between the edge and the text. */
export const MARGIN = 80;

const rgb = (hex: number): Rgb => [hex >> 16, (hex >> 8) & 0xff, hex & 0xff];
const ofPage = ({ light }: { readonly light: string }): Rgb => rgb(Number.parseInt(light.slice(1), 16));

/** Those of the page by day, and a few that only the drawing has. */
export const COLOURS = {
  paper: ofPage(PAPER),
  ink: ofPage(INK),
  soft: ofPage(INK_SOFT),
  brick: ofPage(BRICK),
  meadow: rgb(0xe3e2cf),
  leaf: rgb(0x8a9668),
  cream: rgb(0xfffaf0),
  wood: rgb(0xcfae84),
  feather: rgb(0x7d6450),
} as const;

export type Colour = keyof typeof COLOURS;

/** Pairs of colours that meet in a picture and how many steps of blending lie between them, the second included. */
const RAMPS: readonly (readonly [under: Colour, over: Colour, steps: number])[] = [
  ["paper", "ink", 15],
  ["paper", "brick", 10],
  ["paper", "soft", 8],
  ["cream", "ink", 7],
  ["wood", "ink", 5],
  ["meadow", "ink", 5],
  ["feather", "ink", 5],
  ["brick", "ink", 5],
  ["leaf", "ink", 5],
  ["paper", "meadow", 2],
  ["cream", "brick", 4],
  ["feather", "brick", 4],
];

/** The colour after `step` of `steps` on the way from one to the other. */
function blend(under: Rgb, over: Rgb, share: number): Rgb {
  const mix = (index: 0 | 1 | 2): number => Math.round(under[index] + (over[index] - under[index]) * share);
  return [mix(0), mix(1), mix(2)];
}

const colours: Rgb[] = Object.values(COLOURS);
const firstOfRamp = new Map<string, { readonly first: number; readonly steps: number }>();
for (const [under, over, steps] of RAMPS) {
  firstOfRamp.set(`${under} ${over}`, { first: colours.length, steps });
  for (let step = 1; step <= steps; step += 1) {
    colours.push(blend(COLOURS[under], COLOURS[over], step / steps));
  }
}

/** Three bytes a colour. */
export const PALETTE: Uint8Array = Uint8Array.from(colours.flat());

const COARSE = 5;

/** For each index that of a colour nearby: fewer steps on each ramp. */
export const COARSER: Uint8Array = Uint8Array.from(colours.keys());
for (const { first, steps } of firstOfRamp.values()) {
  for (let step = 1; step < steps; step += 1) COARSER[first + step - 1] = coarseStep(first, step, steps);
}

function coarseStep(first: number, step: number, steps: number): number {
  const kept = Math.round(step / COARSE) * COARSE;
  return first + Math.min(steps, Math.max(1, kept)) - 1;
}

/** Index in the palette of paper that is covered by a colour to a share of 0 to 1. */
export function onPaper(colour: "ink" | "brick" | "soft"): (share: number) => number {
  const { first, steps } = firstOfRamp.get(`paper ${colour}`) ?? { first: 0, steps: 1 };
  return (share) => {
    const step = Math.round(share * steps);
    return step === 0 ? 0 : first + step - 1;
  };
}

/** Index of the palette's colour that is nearest to a colour. */
export function nearest([red, green, blue]: Rgb): number {
  let best = 0;
  let least = Infinity;
  for (const [index, [r, g, b]] of colours.entries()) {
    const distance = (r - red) * (r - red) + (g - green) * (g - green) + (b - blue) * (b - blue);
    if (distance >= least) continue;
    least = distance;
    best = index;
  }
  return best;
}
