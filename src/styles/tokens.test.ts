import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { HUES } from "../lib/views/face-hue.ts";
import { BRICK, INK, INK_SOFT, PAPER } from "../lib/site/colours.ts";

const css = readFileSync(path.join(import.meta.dirname, "tokens.css"), "utf8");

/** Colours of the tokens by day and by night; where high contrast changes one, that is read too. */
function coloursIn(text: string): Map<string, readonly [string, string]> {
  const found = text.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]+),\s*(#[0-9a-f]+)\)/g);
  return new Map([...found].map(([, name = "", light = "", dark = ""]) => [name, [light, dark]]));
}

const [usual = "", more = ""] = css.split("@media (prefers-contrast: more)");
const colours = coloursIn(usual);
const contrasting = new Map([...colours, ...coloursIn(more)]);

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const digits = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit).join("") : hex.slice(1);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const share = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Text, its ground, and the least contrast: AAA for what one reads, AA for the rest, 3 for lines that carry meaning. */
const PAIRS = [
  ["ink", "paper", 7],
  ["ink", "board", 7],
  ["ink", "brick-soft", 7],
  ["ink-soft", "paper", 7],
  ["ink-soft", "board", 4.5],
  ["brick", "paper", 4.5],
  ["brick", "board", 4.5],
  ["brick", "brick-soft", 4.5],
  ["paper", "brick", 4.5],
  ["on-wood", "wood", 7],
  ["on-wood-soft", "wood", 4.5],
  ["on-wood-soft", "slit", 4.5],
  ["rail-strong", "paper", 3],
  ...Array.from({ length: HUES }, (_, hue) => [`face-ink-${hue}`, `face-${hue}`, 7] as const),
] as const;

describe.each(["by day", "by night"])("%s", (time) => {
  const at = time === "by day" ? 0 : 1;
  test.each(PAIRS)("%s on %s can be read", (text, ground, least) => {
    for (const set of [colours, contrasting]) {
      const ratio = contrast(set.get(text)?.[at] ?? "", set.get(ground)?.[at] ?? "");
      expect(ratio).toBeGreaterThanOrEqual(least);
    }
  });
});

test("icons, social pictures and the browser's bars have the page's colours", () => {
  expect([PAPER.light, PAPER.dark]).toEqual(colours.get("paper"));
  expect([BRICK.light, BRICK.dark]).toEqual(colours.get("brick"));
  expect([INK.light, INK.dark]).toEqual(colours.get("ink"));
  expect([INK_SOFT.light, INK_SOFT.dark]).toEqual(colours.get("ink-soft"));
});
