import { readFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { hashOf } from "../cache/file-cache.ts";
import type { FileCache } from "../cache/file-cache.ts";
import type { FileSpec } from "../site/outputs.ts";
import type { PictureFacts } from "./picture-facts.ts";
import type { PictureResolver } from "./picture-resolver.ts";
import { ENCODING_VERSION, mediaPath, variantsOf } from "./picture-variants.ts";
import type { PictureVariant } from "./picture-variants.ts";

/**
 * The published files of pictures and films (paths from the project's root; all of them loaded before).
 * Each is made once for its content: the bytes are kept in `cache`. Made pictures carry no metadata, so no place
 * where a photograph was taken gets published.
 */
export function pictureFiles(
  files: Iterable<string>,
  options: { readonly root: string; readonly cache: FileCache; readonly pictures: PictureResolver },
): FileSpec[] {
  const specs = new Map<string, FileSpec>();
  for (const file of new Set(files)) {
    for (const spec of specsOf(file, options)) specs.set(spec.path, spec);
  }
  return [...specs.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function specsOf(
  file: string,
  { root, cache, pictures }: Parameters<typeof pictureFiles>[1],
): readonly FileSpec[] {
  const read = (): Promise<Buffer> => readFile(path.join(root, file));
  const media = pictures.media(file);
  if (media !== null) return [{ path: mediaPath(media), key: media.hash, make: read }];
  const facts = pictures.get(file);
  if (facts === null) return [];
  const { full, sources } = variantsOf(facts);
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
        const bytes = await encode(await read(), facts, variant);
        cache.write(place, bytes);
        return bytes;
      },
    };
  });
}

async function encode(bytes: Uint8Array, facts: PictureFacts, variant: PictureVariant): Promise<Buffer> {
  const picture = sharp(bytes).autoOrient();
  if (variant.width < facts.width) picture.resize(variant.width);
  switch (variant.format) {
    case "avif":
      return picture.avif({ quality: 55, effort: 0, chromaSubsampling: "4:2:0" }).toBuffer();
    case "webp":
      return picture.webp({ quality: 78, effort: 2 }).toBuffer();
    case "png":
      return picture.png({ compressionLevel: 9 }).toBuffer();
    default:
      return picture.jpeg({ quality: 82, mozjpeg: true }).toBuffer();
  }
}
