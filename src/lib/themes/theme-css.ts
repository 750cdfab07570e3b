import { mix } from "./color.ts";
import { COLOR_NAMES, type Palette, type ThemeColor } from "./theme-schema.ts";

/**
 * All cascade layers, in order; declared by every style sheet that can come first. `base` is empty: CSS frameworks such
 * as Tailwind put their reset there, before the layer `elements`.
 */
export const LAYERS =
  "@layer colors, reset, tokens, base, elements, layout, components, theme, utilities, print;";

/** CSS custom properties for the colors of a palette, with stronger colors for `prefers-contrast: more`. */
export function paletteCss(colors: Palette): string {
  const token = (name: string, { light, dark }: ThemeColor) =>
    `--${kebab(name)}: light-dark(${light}, ${dark});`;
  const strong: Partial<Record<keyof Palette, ThemeColor>> = {
    paper: { light: "#ffffff", dark: "#000000" },
    ink: { light: "#000000", dark: "#ffffff" },
    inkSoft: { light: mix(colors.ink.light, "#000000", 0.3), dark: mix(colors.ink.dark, "#ffffff", 0.2) },
    rail: { light: mix(colors.inkSoft.light, colors.rail.light, 0.1), dark: colors.inkSoft.dark },
    accent: {
      light: mix(colors.accent.light, "#000000", 0.35),
      dark: mix(colors.accent.dark, "#ffffff", 0.45),
    },
    onGround: colors.onGround,
    onGroundSoft: colors.onGround,
  };
  const lines = COLOR_NAMES.map((name) => token(name, colors[name]));
  const stronger = Object.entries(strong).map(([name, color]) => token(name, color));
  return [
    LAYERS,
    `@layer colors {\n:root {\n${lines.join("\n")}\n}`,
    `@media (prefers-contrast: more) {\n:root {\n${stronger.join("\n")}\n}\n}\n}\n`,
  ].join("\n");
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
