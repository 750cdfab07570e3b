import { readFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { hashOf } from "../cache/file-cache.ts";
import type { Appearance } from "../themes/appearance.ts";
import { hasVectorIcon } from "../themes/vector-icon.ts";
import type { LogoFile } from "../themes/own-files.ts";
import { ANALYTICS_PATH, analyticsFile } from "./analytics.ts";
import type { ManifestIcon } from "./manifest.ts";
import type { FileSpec } from "./outputs.ts";
import type { Settings } from "./settings.ts";
import { textFile } from "./text-file.ts";

/** Size of the mark relative to the icon; phones may crop the rest to a circle. */
const SAFE = 0.62;

interface IconSize {
  readonly path: string;
  readonly pixels: number;
  /** With a background, for home screens; otherwise transparent. */
  readonly isOnPaper: boolean;
}

const SIZES: readonly IconSize[] = [
  { path: "/favicon.png", pixels: 48, isOnPaper: false },
  { path: "/apple-touch-icon.png", pixels: 180, isOnPaper: true },
  { path: "/icon-192.png", pixels: 192, isOnPaper: true },
  { path: "/icon-512.png", pixels: 512, isOnPaper: true },
];

const VECTOR_PATH = "/favicon.svg";

/** Icons for the web app manifest. */
export function manifestIcons(appearance: Pick<Appearance, "icon">): readonly ManifestIcon[] {
  const vector: ManifestIcon = { path: VECTOR_PATH, sizes: "any", type: "image/svg+xml", purpose: "any" };
  return [
    ...(hasVectorIcon(appearance) ? [vector] : []),
    { path: "/icon-192.png", sizes: "192x192", type: "image/png", purpose: "maskable" },
    { path: "/icon-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
  ];
}

/**
 * Favicon, home screen icons, the logo, and the script that starts Matomo. Files with the same names in `public/`
 * replace them.
 * @param contentDir the author's folder, absolute.
 */
export function iconFiles(settings: Settings, contentDir: string): FileSpec[] {
  const { appearance } = settings;
  const counting = analyticsFile(settings);
  const { icon, logo } = appearance;
  const logos = logo === null ? [] : [logo.light, ...(logo.dark === null ? [] : [logo.dark])];
  return [
    ...(icon === null ? drawnIcons(appearance) : ownIcons(path.join(contentDir, icon), appearance)),
    ...(counting === null ? [] : [textFile(ANALYTICS_PATH, counting)]),
    ...logos.map((one) => logoSpec(one, contentDir)),
  ];
}

function logoSpec({ file, path: sitePath }: LogoFile, contentDir: string): FileSpec {
  return {
    path: sitePath,
    key: hashOf("logo", sitePath),
    make: async () => readFileSync(path.join(contentDir, file)),
  };
}

/** Icons with the theme's mark; with a background for home screens, where systems crop icons. */
function drawnIcons(appearance: Appearance): FileSpec[] {
  return [
    textFile(VECTOR_PATH, favicon(appearance)),
    ...SIZES.map(({ path: sitePath, pixels, isOnPaper }) => {
      const svg = isOnPaper ? onPaper(appearance, pixels) : markSvg(appearance);
      return { path: sitePath, key: hashOf("icon", svg, String(pixels)), make: () => pngOf(svg, pixels) };
    }),
  ];
}

/** The author's picture in each size. */
function ownIcons(file: string, { colors }: Appearance): FileSpec[] {
  const bytes = readFileSync(file);
  const isVector = file.endsWith(".svg");
  const paper = colors.paper.light;
  return [
    ...(isVector ? [textFile(VECTOR_PATH, bytes.toString("utf8"))] : []),
    ...SIZES.map(({ path: sitePath, pixels, isOnPaper }) => ({
      path: sitePath,
      key: hashOf("own icon", bytes, paper, String(pixels)),
      make: async () => {
        const margin = isOnPaper ? Math.round(pixels * 0.1) : 0;
        const side = pixels - 2 * margin;
        const clear = { r: 0, g: 0, b: 0, alpha: 0 };
        const picture = sharp(bytes, isVector ? { density: 300 } : {}).resize(side, side, {
          fit: "contain",
          background: clear,
        });
        if (margin > 0)
          picture
            .extend({ top: margin, bottom: margin, left: margin, right: margin, background: clear })
            .flatten({ background: paper });
        return picture.png().toBuffer();
      },
    })),
  ];
}

/** An SVG favicon that follows the system's color scheme, as browser tabs do. */
function favicon({ colors, mark }: Appearance): string {
  const fills = (side: "light" | "dark") =>
    `.accent{fill:${colors.accent[side]}}.paper{fill:${colors.paper[side]}}.ink{fill:${colors.ink[side]}}`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">` +
    `<style>${fills("light")}@media(prefers-color-scheme:dark){${fills("dark")}}</style>${mark}</svg>\n`
  );
}

function styleOf({ colors }: Appearance): string {
  return `<style>.accent{fill:${colors.accent.light}}.paper{fill:${colors.paper.light}}.ink{fill:${colors.ink.light}}</style>`;
}

function markSvg(appearance: Appearance): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${styleOf(appearance)}${appearance.mark}</svg>\n`;
}

function onPaper(appearance: Appearance, pixels: number): string {
  const scale = (pixels * SAFE) / 32;
  const offset = (pixels * (1 - SAFE)) / 2;
  const size = `width="${pixels}" height="${pixels}"`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${styleOf(appearance)}` +
    `<rect ${size} fill="${appearance.colors.paper.light}"/>` +
    `<g transform="translate(${offset} ${offset}) scale(${scale})">${appearance.mark}</g></svg>`
  );
}

async function pngOf(svg: string, pixels: number): Promise<Uint8Array> {
  return sharp(Buffer.from(svg), { density: 300 }).resize(pixels, pixels).png({ palette: true }).toBuffer();
}
