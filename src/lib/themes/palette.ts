import type { AuthorIssue } from "../author-error.ts";
import type { SiteYaml } from "../site/settings.ts";
import type { AppearanceContext } from "./appearance.ts";
import { atLightness, contrast, leastContrast, mix, readableShade } from "./color.ts";
import type { ColorName, Palette, ThemeColor } from "./theme-schema.ts";

/** Minimum contrast ratios (WCAG 2.2): AA for text, AAA for running text, LINE for meaningful lines. */
const AA = 4.5;
const AAA = 7;
const LINE = 3;

type Place = Pick<AppearanceContext, "file" | "lineOf">;

/** The theme's colors with the author's; an unreadable custom color is reported and replaced. */
export function paletteFor(
  theme: Palette,
  { paper, accent }: Pick<SiteYaml["look"], "paper" | "accent">,
  place: Place,
): { readonly colors: Palette; readonly issues: readonly AuthorIssue[] } {
  const onPaper = paper === null ? { colors: theme, issues: [] } : withPaper(theme, paper, place);
  const onAccent =
    accent === null ? { colors: onPaper.colors, issues: [] } : withAccent(onPaper.colors, accent, place);
  return { colors: onAccent.colors, issues: [...onPaper.issues, ...onAccent.issues] };
}

function withPaper(
  theme: Palette,
  paper: NonNullable<SiteYaml["look"]["paper"]>,
  { file, lineOf }: Place,
): { readonly colors: Palette; readonly issues: readonly AuthorIssue[] } {
  const issues: AuthorIssue[] = [];
  const ground = (side: keyof ThemeColor): string => {
    const chosen = paper[side];
    if (chosen === null) return theme.paper[side];
    const ink = theme.ink[side];
    // If the contrast suffices for ink, the softer ink and links can be darkened as needed.
    const nearest = readableShade(chosen, [ink], AAA * 1.4);
    if (leastContrast(ink, [chosen]) >= AAA * 1.4) return chosen;
    issues.push({
      message: `Text can't be read on the ${side} paper ${chosen}`,
      file,
      line: lineOf(["look", "paper"]),
      hint: `The nearest that works with the theme's text:\npaper: { ${side}: "${nearest}" }`,
    });
    return theme.paper[side];
  };
  const both = { light: ground("light"), dark: ground("dark") };
  const shaded = (share: number): ThemeColor => ({
    light: mix(both.light, theme.ink.light, share),
    dark: mix(both.dark, theme.ink.dark, share),
  });
  const board = shaded(0.045);
  const readable = (color: ThemeColor, least: number, withBoard = true): ThemeColor => ({
    light: readableShade(color.light, withBoard ? [both.light, board.light] : [both.light], least),
    dark: readableShade(color.dark, withBoard ? [both.dark, board.dark] : [both.dark], least),
  });
  const usesPaper = theme.ground.light === theme.board.light;
  const colors: Palette = {
    ...theme,
    paper: both,
    board,
    rail: shaded(0.17),
    railStrong: readable(theme.railStrong, LINE),
    inkSoft: readable(theme.inkSoft, AAA, false),
    accent: readable(theme.accent, AA),
    ...(usesPaper ? { ground: board } : {}),
  };
  return { colors: { ...colors, accentSoft: softOf(colors.accent, colors) }, issues };
}

function withAccent(
  colors: Palette,
  accent: string,
  { file, lineOf }: Place,
): { readonly colors: Palette; readonly issues: readonly AuthorIssue[] } {
  const grounds = (side: keyof ThemeColor) => [colors.paper[side], colors.board[side]];
  const light = readableShade(accent, grounds("light"), AA);
  const issues =
    leastContrast(accent, grounds("light")) >= AA
      ? []
      : [
          {
            message: `The accent ${accent} is too pale for text on the light paper`,
            file,
            line: lineOf(["look", "accent"]),
            hint: `It needs a contrast of 4.5 and has ${leastContrast(accent, grounds("light")).toFixed(1)}. The nearest that has it:\naccent: "${light}"`,
          },
        ];
  const dark = readableShade(atLightness(accent, 0.8), grounds("dark"), AAA);
  const both = { light, dark };
  return { colors: { ...colors, accent: both, accentSoft: softOf(both, colors) }, issues };
}

/** A tint of the accent with enough contrast to the accent and to ink. */
function softOf(accent: ThemeColor, colors: Palette): ThemeColor {
  const tint = (side: keyof ThemeColor, start: number): string => {
    for (let share = start; share > 0; share -= 0.01) {
      const soft = mix(colors.paper[side], accent[side], share);
      if (leastContrast(accent[side], [soft]) >= AA && leastContrast(colors.ink[side], [soft]) >= AAA)
        return soft;
    }
    return colors.paper[side];
  };
  return { light: tint("light", 0.12), dark: tint("dark", 0.16) };
}

/** Foreground, background and minimum contrast ratio. */
const PAIRS: readonly (readonly [ColorName, ColorName, number])[] = [
  ["ink", "paper", AA],
  ["ink", "board", AA],
  ["inkSoft", "paper", AA],
  ["accent", "paper", AA],
  ["accent", "board", AA],
  ["accent", "accentSoft", AA],
  ["onGround", "ground", AA],
  ["onGroundSoft", "ground", AA],
  ["railStrong", "paper", LINE],
];

/** Colors of a theme with too little contrast, each once, with the closest sufficient shade. */
export function unreadableColors(
  colors: Palette,
): (Pick<AuthorIssue, "message" | "hint"> & { readonly name: ColorName; readonly side: keyof ThemeColor })[] {
  return (["light", "dark"] as const).flatMap((side) => {
    const found = PAIRS.filter(([name, on, least]) => contrast(colors[name][side], colors[on][side]) < least);
    const first = found.filter(([name], at) => found.findIndex(([other]) => other === name) === at);
    return first.map(([name, on, least]) => {
      const grounds = PAIRS.filter(([other]) => other === name).map(([, ground]) => colors[ground][side]);
      const ratio = contrast(colors[name][side], colors[on][side]).toFixed(1);
      return {
        name,
        side,
        message: `\`${name}\` can't be read on \`${on}\` in the ${side} appearance`,
        hint: `It needs a contrast of ${least} and has ${ratio}. The nearest that has it:\n${name}: { ${side}: "${readableShade(colors[name][side], grounds, least)}" }`,
      };
    });
  });
}
