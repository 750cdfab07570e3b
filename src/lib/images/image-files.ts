import { readFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import type { Sharp } from "sharp";
import { hashOf } from "../cache/file-cache.ts";
import type { FileCache } from "../cache/file-cache.ts";
import { cleanSvg } from "./clean-svg.ts";
import type { FileSpec } from "../site/outputs.ts";
import type { Palette } from "../themes/theme-schema.ts";
import type { ImageMetadata } from "./image-metadata.ts";
import type { PictureResolver } from "./image-resolver.ts";
import { ENCODING_VERSION, mediaPath, variantsOf } from "./image-variants.ts";
import type { PictureVariant } from "./image-variants.ts";
import { SIDES, themedPath, withPlainColors, type Side } from "./themed-svg.ts";

// Several pictures are encoded at a time; more threads per picture would only wait for each other.
sharp.concurrency(1);

/**
 * The published files of pictures and media (paths from the project's root, loaded beforehand). Each picture is encoded
 * once for its content: the bytes are kept in `cache`. Encoded pictures have no metadata, so the location of a
 * photograph isn't published.
 */
export function pictureFiles(
  files: Iterable<string>,
  options: {
    readonly root: string;
    readonly cache: FileCache;
    readonly pictures: PictureResolver;
    /** Colors of the theme, for drawings that use them; without it, drawings are published in one version. */
    readonly colors?: Palette;
  },
): FileSpec[] {
  const specs = new Map<string, FileSpec>();
  const pixels = rememberingPixels();
  for (const file of new Set(files)) {
    for (const spec of specsOf(file, { ...options, pixels })) specs.set(spec.path, spec);
  }
  return [...specs.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function specsOf(
  file: string,
  {
    root,
    cache,
    pictures,
    colors,
    pixels,
  }: Parameters<typeof pictureFiles>[1] & { readonly pixels: PixelsOf },
): readonly FileSpec[] {
  const read = (): Promise<Buffer> => readFile(path.join(root, file));
  const media = pictures.media(file);
  if (media !== null) return [{ path: mediaPath(media), key: media.hash, make: read }];
  const facts = pictures.get(file);
  if (facts === null) return [];
  const { full, sources } = variantsOf(facts);
  if (facts.format === "svg") {
    const clean = async () => cleanSvg((await read()).toString("utf8"));
    const plain = (path: string, side: Side, palette: Palette | null) => ({
      path,
      key: `${facts.hash}-${path}`,
      make: async () => Buffer.from(withPlainColors(await clean(), side, palette)),
    });
    const own = plain(full.path, "light", null);
    if (!facts.isThemed || colors === undefined) return [own];
    return [own, ...SIDES.map((side) => plain(themedPath(facts, side, colors), side, colors))];
  }
  if (facts.isKeptAsIs) return [{ path: full.path, key: facts.hash, make: read }];
  return [full, ...sources.flatMap((source) => source.files)].map((variant) => {
    const key = `${facts.hash}-${variant.format}-${variant.width}-${ENCODING_VERSION}`;
    return {
      path: variant.path,
      key,
      make: async () => {
        const place = hashOf("picture", key);
        const stored = cache.read(place);
        if (stored !== null) return stored;
        const bytes = await encode(await pixels(facts, variant.width, read), variant);
        cache.write(place, bytes);
        return bytes;
      },
    };
  });
}

type Pixels = Awaited<ReturnType<typeof decode>>;
type PixelsOf = (facts: ImageMetadata, width: number, read: () => Promise<Buffer>) => Promise<Pixels>;

/** Number of decoded pictures kept; files of one width, in several formats, are encoded one after the other. */
const KEPT_PIXELS = 4;

/** Decodes a picture once and resizes it once per width, as long as it's among the most recently used. */
function rememberingPixels(): PixelsOf {
  const latest = new Map<string, Promise<Pixels>>();
  const remembered = (key: string, make: () => Promise<Pixels>): Promise<Pixels> => {
    const pixels = latest.get(key) ?? make();
    latest.delete(key);
    latest.set(key, pixels);
    const [oldest] = latest.keys();
    if (latest.size > KEPT_PIXELS && oldest !== undefined) latest.delete(oldest);
    return pixels;
  };
  return (facts, width, read) => {
    const widest = variantsOf(facts).full.width;
    const whole = () =>
      remembered(`${facts.hash}-${widest}`, async () => decode(await read(), facts, widest));
    if (width === widest) return whole();
    return remembered(`${facts.hash}-${width}`, async () => narrowed(await whole(), width));
  };
}

/** Decodes a picture to rows of 8-bit samples: upright, in sRGB and at most `width` wide. */
async function decode(bytes: Uint8Array, facts: ImageMetadata, width: number) {
  const picture = sharp(bytes, { limitInputPixels: false }).autoOrient().toColourspace("srgb");
  if (width < facts.width) picture.resize(width);
  return picture.raw().toBuffer({ resolveWithObject: true });
}

function narrowed(pixels: Pixels, width: number): Promise<Pixels> {
  return fromPixels(pixels).resize(width).raw().toBuffer({ resolveWithObject: true });
}

function fromPixels({ data, info: { width, height, channels } }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
}

function encode(pixels: Pixels, variant: PictureVariant): Promise<Buffer> {
  const picture = fromPixels(pixels);
  switch (variant.format) {
    case "avif":
      return picture.avif({ quality: 55, effort: 0, chromaSubsampling: "4:2:0" }).toBuffer();
    case "webp":
      return picture.webp({ quality: 77, effort: 0 }).toBuffer();
    case "png":
      return picture.png({ compressionLevel: 9 }).toBuffer();
    default:
      // MozJPEG's quantization table without its searches, which take four times as long to save a tenth. Progressive
      // files would be 2 % smaller, but take half as long again.
      return picture.jpeg({ quality: 80, quantisationTable: 3 }).toBuffer();
  }
}
