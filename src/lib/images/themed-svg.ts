/**
 * Drawings that adapt to the blog's theme and to the reader's color scheme: `fill="var(--accent, #95371f)"` is a theme
 * color, `fill="light-dark(#f6eddc, #1d2733)"` has a light and a dark color. Drawings are shown in `<img>`, where the
 * page's style sheets don't apply, so both are resolved at build time.
 */
import { hashOf } from "../cache/file-cache.ts";
import { COLOR_NAMES, type ColorName, type Palette } from "../themes/theme-schema.ts";
import type { ImageMetadata } from "./image-metadata.ts";
import { variantsOf } from "./image-variants.ts";

export const SIDES = ["light", "dark"] as const;
export type Side = (typeof SIDES)[number];

/** A value without commas, or a function such as `rgb(1, 2, 3)`. */
const VALUE = String.raw`(?:[^(),;"']|\([^()]*\))+`;
const VARIABLE = new RegExp(String.raw`var\(\s*--([a-z-]+)\s*(?:,\s*(${VALUE}))?\)`, "g");
const TWO_SIDES = new RegExp(String.raw`light-dark\(\s*(${VALUE}),\s*(${VALUE})\)`, "g");

const NAMES: ReadonlyMap<string, ColorName> = new Map(
  COLOR_NAMES.map((name) => [name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), name]),
);

/** Whether a drawing uses theme colors or `light-dark()`. */
export function isThemed(svg: string): boolean {
  return svg.search(TWO_SIDES) !== -1 || [...svg.matchAll(VARIABLE)].some(([, name = ""]) => NAMES.has(name));
}

/**
 * Replaces theme variables and `light-dark()` with plain colors.
 * @param colors null for feeds and other output without a theme: variables are replaced by their fallbacks.
 */
export function withPlainColors(svg: string, side: Side, colors: Palette | null): string {
  return svg
    .replace(VARIABLE, (whole, variable: string, fallback?: string) => {
      const name = NAMES.get(variable);
      if (name === undefined) return whole;
      return colors === null ? (fallback?.trim() ?? "currentColor") : colors[name][side];
    })
    .replace(TWO_SIDES, (_, light: string, dark: string) => (side === "light" ? light : dark).trim());
}

/** Site path of a drawing in the theme's colors, without the base path. */
export function themedPath(facts: ImageMetadata, side: Side, colors: Palette): string {
  const version = hashOf(JSON.stringify(colors)).slice(0, 8);
  return variantsOf(facts).full.path.replace(/\.svg$/, `.${version}.${side}.svg`);
}
