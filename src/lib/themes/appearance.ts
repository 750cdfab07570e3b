import { readFileSync } from "node:fs";
import path from "node:path";
import type { AuthorIssue } from "../author-error.ts";
import type { OgImageLook } from "../og-images/template.ts";
import type { SiteYaml } from "../site/settings.ts";
import { paletteFor } from "./palette.ts";
import { initialMark } from "./initial-mark.ts";
import { defaultTheme, loadTheme, type Theme } from "./load-theme.ts";
import { iconFile, logoFile, ownFile, type LogoFile } from "./own-files.ts";
import { svgElements } from "./svg.ts";
import type { Palette } from "./theme-schema.ts";

/** The blog's look outside of CSS: icons, social images, `theme-color`, and which elements pages have. */
export interface Appearance {
  readonly colors: Palette;
  /** SVG elements with a view box of 32 by 32; fills are set by classes named after colors. */
  readonly mark: string;
  readonly isMarkInHeader: boolean;
  readonly bars: Theme["bars"];
  readonly home: Theme["home"];
  readonly pictures: Theme["pictures"];
  readonly opening: Theme["opening"];
  /** Background of social images; null = none. */
  readonly socialArtwork: string | null;
  /** File of the author's icon, below `content/`; null = the mark is the icon. */
  readonly icon: string | null;
  readonly logo: { readonly light: LogoFile; readonly dark: LogoFile | null; readonly alt: string } | null;
}

export interface LoadedAppearance {
  readonly appearance: Appearance;
  readonly issues: readonly AuthorIssue[];
}

/** Folders, and the lines of keys in `site.yaml` for messages. */
export interface AppearanceContext {
  /** The author's folder, absolute. */
  readonly contentDir: string;
  /** Folder that paths in messages are relative to, absolute. */
  readonly root: string;
  /** Path of `site.yaml` for messages. */
  readonly file: string;
  lineOf(path: readonly PropertyKey[]): number;
}

/** Loads the appearance from `theme` and `look`; invalid values are replaced by defaults. */
export function loadAppearance(
  settings: Pick<SiteYaml, "title" | "theme" | "look">,
  context: AppearanceContext,
): LoadedAppearance {
  const { file } = context;
  const at = { file, line: context.lineOf(["theme"]) };
  const { theme, issues } = loadTheme(settings.theme, context, at);
  const { look } = settings;
  const palette = paletteFor(theme.colors, look, context);
  const icon = look.icon === null ? null : iconFile(look.icon, ["look", "icon"], context);
  const logo = look.logo === null ? null : logoOf(look.logo, context);
  const ownMark =
    icon?.path?.endsWith(".svg") === true ? readFileSync(path.join(context.contentDir, icon.path)) : null;
  const base = appearanceOf(settings, theme);
  const others = [
    ...(look.font?.includes(".") === true ? [ownFile(look.font, ["look", "font"], FONT_TYPES, context)] : []),
    ...look.css.map((name) => ownFile(name, ["look", "css"], ["css"], context)),
  ];
  return {
    appearance: {
      ...base,
      colors: palette.colors,
      mark: ownMark === null ? base.mark : nested(ownMark.toString("utf8")),
      isMarkInHeader: base.isMarkInHeader && icon === null,
      icon: icon?.path ?? null,
      logo: logo?.logo ?? null,
    },
    issues: [
      ...issues,
      ...palette.issues,
      ...(icon?.issues ?? []),
      ...(logo?.issues ?? []),
      ...others.flatMap((one) => one.issues),
    ],
  };
}

const FONT_TYPES = ["woff2", "ttf", "otf"];

/** The appearance of a blog with default settings. */
export function defaultAppearance(title: string): Appearance {
  return appearanceOf({ title, look: { home: null, opening: null } }, defaultTheme());
}

/** Colors and artwork of social images. */
export function ogImageLook({ colors, socialArtwork, mark }: Appearance): OgImageLook {
  return {
    colors: {
      paper: colors.paper.light,
      ink: colors.ink.light,
      accent: colors.accent.light,
      muted: colors.inkSoft.light,
    },
    artwork: socialArtwork,
    logo: mark,
  };
}

function appearanceOf(
  { title, look }: { readonly title: string; readonly look: Pick<SiteYaml["look"], "home" | "opening"> },
  theme: Theme,
): Appearance {
  const { mark, social } = theme.artwork;
  return {
    colors: theme.colors,
    mark: mark === null ? initialMark(title) : svgElements(mark),
    isMarkInHeader: theme.mark === "header",
    bars: theme.bars,
    home: look.home ?? theme.home,
    pictures: theme.pictures,
    opening: look.opening ?? theme.opening,
    socialArtwork: social === null ? null : svgElements(social),
    icon: null,
    logo: null,
  };
}

/** A complete SVG, scaled to 32 by 32. */
function nested(svg: string): string {
  const root = /<svg\b[^>]*>/.exec(svg)?.[0] ?? "<svg>";
  const box = /\bviewBox="([^"]*)"/.exec(root)?.[1];
  const [width, height] = ["width", "height"].map(
    (name) => new RegExp(`\\b${name}="([\\d.]+)`).exec(root)?.[1] ?? "32",
  );
  return `<svg width="32" height="32" viewBox="${box ?? `0 0 ${width} ${height}`}">${svgElements(svg)}</svg>`;
}

function logoOf(logo: NonNullable<SiteYaml["look"]["logo"]>, context: AppearanceContext) {
  const light = logoFile(logo.light, ["look", "logo", "light"], context);
  const dark = logo.dark === null ? null : logoFile(logo.dark, ["look", "logo", "dark"], context);
  // Paths contain the file's hash, so a dark logo with the same content has the same path and needs no second file.
  const isSame = dark?.logo?.path === light.logo?.path;
  return {
    logo:
      light.logo === null
        ? null
        : { light: light.logo, dark: isSame ? null : (dark?.logo ?? null), alt: logo.alt },
    issues: [...light.issues, ...(dark?.issues ?? [])],
  };
}
