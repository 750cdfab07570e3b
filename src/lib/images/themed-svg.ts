/**
 * Drawings that follow the blog's theme and the reader's appearance: `fill="var(--accent, #95371f)"` is the theme's
 * color, `fill="light-dark(#f6eddc, #1d2733)"` one by day and one by night. A drawing is shown as a picture, which the
 * page's style sheets don't reach, so both are resolved at build.
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

/** Whether a drawing names colors of the theme, or two for one thing. */
export function isThemed(svg: string): boolean {
  return svg.search(TWO_SIDES) !== -1 || [...svg.matchAll(VARIABLE)].some(([, name = ""]) => NAMES.has(name));
}

/**
 * The drawing with plain colors.
 * @param colors null for feeds and other places that no theme reaches: then a variable is its fallback.
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

/** Address of a drawing in the theme's colors, from the site's root without the base path. */
export function themedPath(facts: ImageMetadata, side: Side, colors: Palette): string {
  const version = hashOf(JSON.stringify(colors)).slice(0, 8);
  return variantsOf(facts).full.path.replace(/\.svg$/, `.${version}.${side}.svg`);
}
