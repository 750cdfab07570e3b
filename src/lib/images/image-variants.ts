import path from "node:path";
import { hashOf } from "../cache/file-cache.ts";
import { isPlayableName } from "./image-metadata.ts";
import type { MediaFacts, ImageMetadata, PictureFormat } from "./image-metadata.ts";

/** One published file of a picture. */
export interface PictureVariant {
  /** Address from the site's root without the base path; plain ASCII. */
  readonly path: string;
  readonly format: PictureFormat;
  readonly width: number;
}

/** All published files of a picture. */
export interface PictureVariants {
  /** The whole picture in the format it came in: what opens large, and what feeds show. */
  readonly full: PictureVariant;
  /** Smaller files by format, best format first, each from small to large. */
  readonly sources: readonly { readonly format: PictureFormat; readonly files: readonly PictureVariant[] }[];
}

/** Raise it when the same picture would be made into other bytes: its addresses change with it. */
export const ENCODING_VERSION = "3";

const WIDEST = 2400;

/** Formats in order of preference. WebP is for browsers older than AVIF, so it comes in fewer sizes. */
const SOURCES = [
  { format: "avif", widths: [480, 800, 1200, 1600], widest: WIDEST },
  { format: "webp", widths: [800], widest: 1600 },
] as const;

/** Pixels that a side may have at most. A taller picture comes in the formats that can hold it. */
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

/** Names and widths of everything that is published for a picture. Pictures are never made larger than they are. */
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

/** Address of a file that is published as it is, from the site's root without the base path. */
export function mediaPath(facts: MediaFacts): string {
  const folder = isPlayableName(facts.file) ? "pictures" : "files";
  return `${stemOf(facts).replace("pictures", folder)}${endingOf(facts.file)}`;
}

function endingOf(file: string): string {
  return (/\.tar\.\w+$/i.exec(file)?.[0] ?? path.posix.extname(file)).toLowerCase();
}

/** The name stays readable, the hash makes it the name of these bytes for ever. */
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
