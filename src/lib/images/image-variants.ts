import path from "node:path";
import { hashOf } from "../cache/file-cache.ts";
import { isPlayableName } from "./image-metadata.ts";
import type { MediaFacts, ImageMetadata, PictureFormat } from "./image-metadata.ts";

/** One published file of a picture. */
export interface PictureVariant {
  /** Site path, without the base path; plain ASCII. */
  readonly path: string;
  readonly format: PictureFormat;
  readonly width: number;
}

/** All published files of a picture. */
export interface PictureVariants {
  /** The picture in its largest size and, if possible, its original format; for the enlarged view and feeds. */
  readonly full: PictureVariant;
  /** Smaller files by format, best format first, each from small to large. */
  readonly sources: readonly { readonly format: PictureFormat; readonly files: readonly PictureVariant[] }[];
}

/** Increase when the encoding of the same picture changes: URLs of pictures depend on it. */
export const ENCODING_VERSION = "3";

const WIDEST = 2400;

/** Formats in order of preference. WebP is for browsers without AVIF, so it has fewer sizes. */
const SOURCES = [
  { format: "avif", widths: [480, 800, 1200, 1600], widest: WIDEST },
  { format: "webp", widths: [800], widest: 1600 },
] as const;

/** Maximum side length in pixels. A taller picture is published only in formats that can hold it. */
const LONGEST: Readonly<Partial<Record<PictureFormat, number>>> = {
  avif: 16_384,
  webp: 16_383,
  jpeg: 65_535,
};

const EXTENSIONS: Readonly<Record<PictureFormat, string>> = {
  jpeg: "jpg",
  png: "png",
  webp: "webp",
  avif: "avif",
  gif: "gif",
  svg: "svg",
};

/** Paths and widths of all published files of a picture. Pictures are never enlarged. */
export function variantsOf(facts: ImageMetadata): PictureVariants {
  const stem = stemOf(facts);
  const variant = (format: PictureFormat, width: number, suffix: string): PictureVariant => ({
    path: `${stem}${suffix}.${EXTENSIONS[format]}`,
    format,
    width,
  });
  if (facts.isKeptAsIs) return { full: variant(facts.format, facts.width, ""), sources: [] };
  const largest = Math.min(facts.width, WIDEST);
  const fits = (format: PictureFormat, width: number): boolean =>
    (facts.height * width) / facts.width <= (LONGEST[format] ?? Number.POSITIVE_INFINITY);
  const own = facts.format === "avif" ? "webp" : facts.format;
  return {
    full: variant(fits(own, largest) ? own : "png", largest, ""),
    sources: SOURCES.filter(({ format, widest }) => fits(format, Math.min(largest, widest))).map(
      ({ format, widths, widest }) => {
        const last = Math.min(largest, widest);
        return {
          format,
          files: [...widths.filter((width) => width < last), last].map((width) =>
            variant(format, width, `-${width}`),
          ),
        };
      },
    ),
  };
}

/** Site path of a file that is published unchanged, without the base path. */
export function mediaPath(facts: MediaFacts): string {
  const folder = isPlayableName(facts.file) ? "pictures" : "files";
  return `${stemOf(facts).replace("pictures", folder)}${endingOf(facts.file)}`;
}

function endingOf(file: string): string {
  return (/\.tar\.\w+$/i.exec(file)?.[0] ?? path.posix.extname(file)).toLowerCase();
}

/** Path with a readable name and a hash that makes it unique to the bytes. */
function stemOf(facts: MediaFacts | ImageMetadata): string {
  const name = path.posix.basename(facts.file, path.posix.extname(facts.file));
  const readable = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 48);
  const version = "isKeptAsIs" in facts && !facts.isKeptAsIs ? ENCODING_VERSION : "";
  return `/pictures/${readable === "" ? "picture" : readable}.${hashOf(facts.hash, version).slice(0, 8)}`;
}
