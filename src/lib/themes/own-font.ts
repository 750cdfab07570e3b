import { readFileSync } from "node:fs";
import path from "node:path";
import { create } from "fontkitten";
import { isWhole, writeChecked } from "../cache/checked-file.ts";
import { hashOf } from "../cache/file-cache.ts";

/** Code points to keep: letters of European languages, punctuation, currencies and arrows. */
const RANGES: readonly (readonly [number, number])[] = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x218, 0x21b],
  [0x370, 0x3ff],
  [0x400, 0x45f],
  [0x2010, 0x2027],
  [0x2030, 0x203a],
  [0x20a0, 0x20bf],
  [0x2190, 0x2193],
];

/** Average width of Arial's lower-case letters, relative to the font size. */
const FALLBACK_WIDTH = 0.4978;

export interface OwnFont {
  /** Font faces: the font, and a fallback with its metrics, to avoid layout shifts. */
  readonly css: string;
  /** Value for `font-family`: the font and its fallback. */
  readonly families: string;
  /** Absolute path of the subset. */
  readonly file: string;
}

/**
 * Subsets a custom font and measures it.
 * @param name path below `contentDir`. @param folders absolute paths.
 */
export async function ownFont(
  name: string,
  { contentDir, cacheDir }: { readonly contentDir: string; readonly cacheDir: string },
): Promise<OwnFont> {
  const source = readFileSync(path.join(contentDir, name));
  const folder = path.join(cacheDir, "theme");
  const file = path.join(folder, `own-${hashOf(source, JSON.stringify(RANGES)).slice(0, 12)}.woff2`);
  if (!isWhole(file)) {
    const { default: subsetFont } = await import("subset-font");
    const letters = RANGES.flatMap(([first, last]) =>
      Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at)),
    ).join("");
    writeChecked(file, await subsetFont(source, letters, { targetFormat: "woff2" }));
  }
  return { css: faces(source, path.basename(file)), families: `"Own", "Own stand-in"`, file };
}

function faces(source: Buffer, subset: string): string {
  const font = create(source);
  const metrics = font.isCollection ? null : font;
  const weights = metrics === null ? "400" : weightsOf(metrics);
  const own = `@font-face {\nfont-family: "Own";\nfont-weight: ${weights};\nfont-display: swap;\nsrc: url("./${subset}") format("woff2");\n}`;
  if (metrics === null) return own;
  const em = metrics.unitsPerEm;
  const letters = metrics.glyphsForString("abcdefghijklmnopqrstuvwxyz");
  const width = letters.reduce((sum, { advanceWidth }) => sum + advanceWidth, 0) / letters.length / em;
  const adjust = width / FALLBACK_WIDTH;
  const percent = (share: number) => `${(share * 100).toFixed(1)}%`;
  return `${own}
@font-face {
font-family: "Own stand-in";
src: local("Arial"), local("Liberation Sans"), local("Helvetica Neue");
size-adjust: ${percent(adjust)};
ascent-override: ${percent(metrics.ascent / em / adjust)};
descent-override: ${percent(Math.abs(metrics.descent) / em / adjust)};
line-gap-override: ${percent(metrics.lineGap / em / adjust)};
}`;
}

/** The weight range of a variable font; 400 for a static one. */
function weightsOf(font: {
  readonly variationAxes: Readonly<Record<string, { min: number; max: number } | undefined>>;
}): string {
  const axis = font.variationAxes["wght"];
  return axis === undefined ? "400" : `${axis.min} ${axis.max}`;
}
