import path from "node:path";
import { ownFont } from "./own-font.ts";

/** System font stacks (https://modernfontstacks.com). */
const STACKS: Readonly<Record<string, string>> = {
  serif: `"Iowan Old Style", "Palatino Linotype", "URW Palladio L", P052, Charter, Georgia, serif`,
  sans: `system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif`,
  humanist: `Seravek, "Gill Sans Nova", Ubuntu, Calibri, "DejaVu Sans", source-sans-pro, sans-serif`,
  slab: `Rockwell, "Rockwell Nova", "Roboto Slab", "DejaVu Serif", "Sitka Small", serif`,
  mono: `ui-monospace, "Cascadia Code", "Source Code Pro", Menlo, Consolas, "DejaVu Sans Mono", monospace`,
};

/** The font file used by `styles/fonts.css`. */
export const LITERATA = path.resolve(import.meta.dirname, "../../styles/literata.woff2");

export interface FontStyle {
  /** Rules for the theme's style sheet; empty for the typeface included in Backfence. */
  readonly css: string;
  /** Import path of the font file to preload; null for system fonts. */
  readonly preload: string | null;
}

/**
 * CSS and preload for the configured typeface.
 * @param font `literata`, the name of a stack, or a font file below `contentDir`.
 * @param folders absolute paths; a custom font is subset into `cacheDir`.
 */
export async function fontStyle(
  font: string,
  folders: { readonly contentDir: string; readonly cacheDir: string },
): Promise<FontStyle> {
  if (font === "literata") return { css: "", preload: `${LITERATA}?url` };
  const stack = STACKS[font];
  if (stack !== undefined) return { css: tokens(stack), preload: null };
  const own = await ownFont(font, folders);
  return {
    css: `${own.css}\n${tokens(`${own.families}, ${STACKS["serif"] ?? "serif"}`)}`,
    preload: `${own.file}?url`,
  };
}

function tokens(stack: string): string {
  const names = ["text", "italic", "running"];
  return `@layer theme {\n:root {\n${names.map((name) => `--font-${name}: ${stack};`).join("\n")}\n}\n}\n`;
}
