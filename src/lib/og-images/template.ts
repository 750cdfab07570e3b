import type { Direction } from "../content/model.ts";
import { escapeXml } from "../escape.ts";
import { OG_IMAGE_SIZE } from "./og-image-path.ts";

/** Contents of a social image; plain data, so that a theme or a kind of entry can provide its own. */
export interface OgImage {
  /** Title or, for an entry without one, the beginning of its text. */
  readonly title: string;
  readonly siteTitle: string;
  /** Names under the title, `""` for none. */
  readonly authorLine: string;
  /** Date after the names, or another line in place of both. */
  readonly date: string;
  /** BCP 47. */
  readonly lang: string;
  readonly dir: Direction;
  /** CSS colors. */
  readonly colors: Readonly<Record<"paper" | "ink" | "accent" | "muted", string>>;
  /**
   * SVG elements behind the text, in a box of 1200 by 630, or null. Mirrored for right-to-left text. The class `accent`
   * (the name of a color) fills an element with that color, and `accent-line` strokes it.
   */
  readonly artwork: string | null;
  /** SVG elements before the site's title, in a box of 32 by 32, or null. */
  readonly logo: string | null;
}

/** The part of an image that a theme sets. */
export type OgImageLook = Pick<OgImage, "colors" | "artwork" | "logo">;

/** Layout in pixels. The title and the line below it are centered vertically in `area`. Axes are for variable fonts. */
export const LAYOUT = {
  margin: 80,
  header: { baseline: 100, size: 32, logo: 46, afterLogo: 61 },
  title: {
    width: 1040,
    height: 248,
    sizes: [52, 56, 62, 68, 74, 80, 88, 96, 104, 112],
    axes: "wght=620,opsz=72",
  },
  lineAxes: "wght=500,opsz=24",
  byline: { size: 31, width: 900, gap: 28, below: 64 },
  area: { top: 126, bottom: 472, bottomWithoutArtwork: 560 },
} as const;

/** Background of the text: paper color, artwork and logo. */
export function backdropSvg({ colors, artwork, logo, dir }: OgImage): string {
  const { width, height } = OG_IMAGE_SIZE;
  const { margin, header } = LAYOUT;
  const styles = Object.entries(colors).map(
    ([name, color]) => `.${name}{fill:${escapeXml(color)}}.${name}-line{stroke:${escapeXml(color)}}`,
  );
  const logoStart = margin - header.logo * (3 / 32);
  const logoX = dir === "rtl" ? width - logoStart - header.logo : logoStart;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><style>${styles.join("")}</style>`,
    `<rect width="100%" height="100%" class="paper"/>`,
    `<g transform="${dir === "rtl" ? `matrix(-1 0 0 1 ${width} 0)` : "scale(1)"}">${artwork ?? ""}</g>`,
    `<svg class="accent" x="${logoX}" y="${header.baseline - header.logo * 0.78}"`,
    `width="${header.logo}" height="${header.logo}" viewBox="0 0 32 32">${logo ?? ""}</svg></svg>`,
  ].join("\n");
}
