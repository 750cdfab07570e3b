import * as z from "zod";
import { isHexColor } from "./color.ts";

/** Colors of a theme; each is a CSS custom property with the same name in kebab case (`--ink-soft`). */
export const COLOR_NAMES = [
  "paper",
  "board",
  "rail",
  "railStrong",
  "ink",
  "inkSoft",
  "accent",
  "accentSoft",
  "ground",
  "onGround",
  "onGroundSoft",
] as const;

export type ColorName = (typeof COLOR_NAMES)[number];

/** Hex colors for the light and dark appearance. */
export interface ThemeColor {
  readonly light: string;
  readonly dark: string;
}

export type Palette = Readonly<Record<ColorName, ThemeColor>>;

const hex = () => z.string().refine(isHexColor, "a color such as #95371f");

const color = (description: string, light: string, dark: string) =>
  z.strictObject({ light: hex(), dark: hex() }).meta({ description, examples: [{ light, dark }] });

/** Schema of a theme's `theme.yaml`. */
export const themeSchema = z.strictObject({
  colors: z.strictObject({
    paper: color("Ground of the page.", "#fdfcf9", "#17181b"),
    board: color("Ground of boxes, code and tables.", "#f3f2ed", "#212327"),
    rail: color("Thin lines.", "#d8d6cf", "#3a3d43"),
    railStrong: color("Lines that carry meaning, such as borders of buttons.", "#82807a", "#85888f"),
    ink: color("Text.", "#1c1d20", "#e8e7e3"),
    inkSoft: color("Secondary text.", "#54555a", "#b2b3b7"),
    accent: color("Links, numbers and buttons.", "#1f4f8f", "#9cc0f0"),
    accentSoft: color("Ground of highlighted boxes, with `accent` or `ink` on it.", "#e3ebf6", "#1d2c42"),
    ground: color("Ground of the footer.", "#f3f2ed", "#212327"),
    onGround: color("Text of the footer.", "#1c1d20", "#e8e7e3"),
    onGroundSoft: color("Secondary text of the footer.", "#54555a", "#b2b3b7"),
  }),
  mark: z
    .enum(["header", "icon"])
    .default("icon")
    .meta({
      description:
        "Where `mark.svg`, or the blog's initial, appears: before its name and as its icon, or as icon only.",
      examples: ["header"],
    }),
  bars: z
    .enum(["plain", "pointed"])
    .default("plain")
    .meta({ description: "Shape of the bars in charts.", examples: ["plain"] }),
  font: z
    .enum(["literata", "serif", "sans", "humanist", "slab", "mono"])
    .default("literata")
    .meta({ description: "Typeface, unless `look.font` chooses another.", examples: ["sans"] }),
  opening: z
    .enum(["plain", "small-caps"])
    .default("plain")
    .meta({
      description: "First line of long articles, unless `look.opening` chooses another.",
      examples: ["small-caps"],
    }),
  pictures: z
    .enum(["photos", "all"])
    .default("photos")
    .meta({
      description: "Which posts show their cover in lists: those that are mostly a photograph, or all.",
      examples: ["all"],
    }),
  home: z
    .enum(["front", "sections", "list", "text"])
    .default("front")
    .meta({ description: "Front page, unless `look.home` chooses another.", examples: ["front"] }),
});

export type ThemeSettings = z.infer<typeof themeSchema>;
