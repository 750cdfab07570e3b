import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { AuthorIssue } from "../author-error.ts";
import { didYouMean } from "../did-you-mean.ts";
import { checkYaml } from "../yaml/check.ts";
import { readYaml } from "../yaml/source.ts";
import { unreadableColors } from "./palette.ts";
import { themeSchema, type ThemeSettings } from "./theme-schema.ts";

/** Name of the default theme. */
export const DEFAULT_THEME = "paper";

/** Names of the SVG files that a theme can have. */
export const ARTWORK = ["mark", "social", "footer", "empty", "not-found"] as const;
export type ArtworkName = (typeof ARTWORK)[number];

export interface Theme extends ThemeSettings {
  readonly name: string;
  /** Absolute path of the theme's folder. */
  readonly folder: string;
  /** Complete SVG documents by name; null if the theme doesn't have the file. */
  readonly artwork: Readonly<Record<ArtworkName, string | null>>;
}

export interface LoadedTheme {
  /** The loaded theme, or the default theme on errors. */
  readonly theme: Theme;
  readonly issues: readonly AuthorIssue[];
}

const OWN_THEMES = fileURLToPath(new URL("../../themes/", import.meta.url));

/**
 * Loads a theme by name: from a folder in `content/themes/`, else from the themes included in Backfence.
 * @param contentDir the author's folder, absolute. @param root folder that paths in messages are relative to, absolute.
 * @param at location of the setting, for messages.
 */
export function loadTheme(
  name: string,
  { contentDir, root }: { readonly contentDir: string; readonly root: string },
  at: Pick<AuthorIssue, "file"> & { readonly line?: number },
): LoadedTheme {
  const own = path.join(contentDir, "themes", name);
  if (/^[\w-]+$/.test(name)) {
    const folder = [own, path.join(OWN_THEMES, name)].find((one) => existsSync(path.join(one, "theme.yaml")));
    if (folder !== undefined) return readTheme(name, folder, root);
  }
  const known = [...themesIn(path.join(contentDir, "themes")), ...themesIn(OWN_THEMES)];
  const meant = didYouMean(name, known) ?? DEFAULT_THEME;
  return {
    theme: defaultTheme(),
    issues: [
      {
        ...at,
        message: `There is no theme \`${name}\``,
        hint: `Write the name of a theme (${known.join(", ")}), or of a folder in ${path.basename(contentDir)}/themes/ with a theme.yaml:\ntheme: ${meant}`,
      },
    ],
  };
}

let themeByDefault: Theme | null = null;

/** The default theme; read once per process. */
export function defaultTheme(): Theme {
  return (themeByDefault ??= readTheme(
    DEFAULT_THEME,
    path.join(OWN_THEMES, DEFAULT_THEME),
    OWN_THEMES,
  ).theme);
}

/** Names of the themes included in Backfence. */
export function ownThemes(): readonly string[] {
  return themesIn(OWN_THEMES);
}

function themesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(folder, entry.name, "theme.yaml")))
    .map(({ name }) => name)
    .sort();
}

function readTheme(name: string, folder: string, root: string): LoadedTheme {
  const absolute = path.join(folder, "theme.yaml");
  const file = path.relative(root, absolute).split(path.sep).join("/");
  const source = readYaml(readFileSync(absolute, "utf8"), file);
  const { value, issues } = checkYaml(themeSchema, source, { owner: "a theme" });
  if (value === null) return { theme: defaultTheme(), issues };
  const artwork = (one: ArtworkName): string | null => {
    const svg = path.join(folder, `${one}.svg`);
    return existsSync(svg) ? readFileSync(svg, "utf8").trim() : null;
  };
  return {
    theme: {
      ...value,
      name,
      folder,
      artwork: {
        mark: artwork("mark"),
        social: artwork("social"),
        footer: artwork("footer"),
        empty: artwork("empty"),
        "not-found": artwork("not-found"),
      },
    },
    issues: [
      ...unreadableColors(value.colors).map(({ name: color, side, ...issue }) => ({
        ...issue,
        file,
        line: source.lineOf(["colors", color, side]),
      })),
      ...ARTWORK.filter((one) => artwork(one)?.includes("<svg") === false).map((one) => ({
        message: `${one}.svg can't be read as SVG`,
        file: file.replace("theme.yaml", `${one}.svg`),
        hint: "Export it again as SVG, or remove the file: a theme needs no drawings.",
      })),
    ],
  };
}
