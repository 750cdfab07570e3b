import sharp from "sharp";
import { hashOf } from "../cache/file-cache.ts";
import { BRICK, PAPER } from "./colours.ts";
import type { ManifestIcon } from "./manifest.ts";
import { MARK_PATH } from "./logo.ts";
import type { FileSpec } from "./outputs.ts";
import { textFile } from "./text-file.ts";

/** Share of the picture's side that the mark takes; phones may cut a circle out of the rest. */
const SAFE = 0.62;

interface IconSize {
  readonly path: string;
  readonly pixels: number;
  /** On paper, for home screens; else the mark alone. */
  readonly isOnPaper: boolean;
}

const SIZES: readonly IconSize[] = [
  { path: "/favicon.png", pixels: 48, isOnPaper: false },
  { path: "/apple-touch-icon.png", pixels: 180, isOnPaper: true },
  { path: "/icon-192.png", pixels: 192, isOnPaper: true },
  { path: "/icon-512.png", pixels: 512, isOnPaper: true },
];

/** Icons that the web app manifest names. */
export const MANIFEST_ICONS: readonly ManifestIcon[] = [
  { path: "/favicon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
  { path: "/icon-192.png", sizes: "192x192", type: "image/png", purpose: "maskable" },
  { path: "/icon-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
];

/** The mark as favicon and home screen icons. An author's own in `public/` take their place. */
export function iconFiles(): FileSpec[] {
  return [
    textFile("/favicon.svg", FAVICON),
    ...SIZES.map(({ path, pixels, isOnPaper }) => {
      const svg = isOnPaper ? onPaper(pixels) : markSvg(BRICK.light);
      return { path, key: hashOf("icon", svg, String(pixels)), make: () => pngOf(svg, pixels) };
    }),
  ];
}

/** Follows the system's theme, since a browser's tabs do. */
const FAVICON =
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">` +
  `<style>path{fill:${BRICK.light}}@media(prefers-color-scheme:dark){path{fill:${BRICK.dark}}}</style>` +
  `<path d="${MARK_PATH}"/></svg>\n`;

function markSvg(colour: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="${colour}" d="${MARK_PATH}"/></svg>\n`;
}

function onPaper(pixels: number): string {
  const scale = (pixels * SAFE) / 32;
  const offset = (pixels * (1 - SAFE)) / 2;
  const size = `width="${pixels}" height="${pixels}"`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" ${size}><rect ${size} fill="${PAPER.light}"/>` +
    `<path transform="translate(${offset} ${offset}) scale(${scale})" fill="${BRICK.light}" d="${MARK_PATH}"/></svg>`
  );
}

async function pngOf(svg: string, pixels: number): Promise<Uint8Array> {
  return sharp(Buffer.from(svg), { density: 300 }).resize(pixels, pixels).png({ palette: true }).toBuffer();
}
