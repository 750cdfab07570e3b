import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { contrast } from "../lib/themes/color.ts";
import { loadTheme, ownThemes } from "../lib/themes/load-theme.ts";
import { paletteCss } from "../lib/themes/theme-css.ts";
import { HUES } from "../lib/views/face-hue.ts";

const css = readFileSync(path.join(import.meta.dirname, "tokens.css"), "utf8");

/** Light and dark value of each color token. */
function colorsIn(text: string): Map<string, readonly [string, string]> {
  const found = text.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]+),\s*(#[0-9a-f]+)\)/g);
  return new Map([...found].map(([, name = "", light = "", dark = ""]) => [name, [light, dark]]));
}

/** Text, background and minimum contrast ratio: AAA for running text, AA for other text, 3 for meaningful lines. */
const PAIRS = [
  ["ink", "paper", 7],
  ["ink", "board", 7],
  ["ink", "accent-soft", 7],
  ["ink-soft", "paper", 7],
  ["ink-soft", "board", 4.5],
  ["accent", "paper", 4.5],
  ["accent", "board", 4.5],
  ["accent", "accent-soft", 4.5],
  ["paper", "accent", 4.5],
  ["on-ground", "ground", 7],
  ["on-ground-soft", "ground", 4.5],
  ["rail-strong", "paper", 3],
  ...Array.from({ length: HUES }, (_, hue) => [`face-ink-${hue}`, `face-${hue}`, 7] as const),
] as const;

describe.each(ownThemes())("theme %s", (name) => {
  const { theme, issues } = loadTheme(name, { contentDir: ".", root: "." }, { file: "site.yaml" });
  const [usual = "", more = ""] = paletteCss(theme.colors).split("@media (prefers-contrast: more)");
  const colors = new Map([...colorsIn(css), ...colorsIn(usual)]);
  const contrasting = new Map([...colors, ...colorsIn(more)]);

  test("its file is valid", () => expect(issues).toEqual([]));

  describe.each(["by day", "by night"])("%s", (time) => {
    const at = time === "by day" ? 0 : 1;
    test.each(PAIRS)("%s on %s can be read", (text, ground, least) => {
      for (const set of [colors, contrasting]) {
        const ratio = contrast(set.get(text)?.[at] ?? "", set.get(ground)?.[at] ?? "");
        expect(ratio).toBeGreaterThanOrEqual(least);
      }
    });
  });
});
