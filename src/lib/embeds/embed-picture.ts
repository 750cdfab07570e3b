import path from "node:path";
import sharp from "sharp";
import { hashOf } from "../cache/file-cache.ts";
import { pictureExtension } from "../import/picture-type.ts";
import type { GuardedClient } from "../protocols/guarded-fetch.ts";
import { writeFileAtomic } from "../responses/store.ts";

const WIDTH = 1280;
const MAX_BYTES = 10 * 1024 * 1024;
const MAX_PIXELS = 50_000_000;

/**
 * Downloads the preview picture of an embed and stores it in `content/embeds/`. Re-encodes it, so that the untrusted
 * original isn't published.
 * @returns the path from `contentDir`; null if the picture isn't usable. @throws FetchError
 */
export async function storePicture(
  url: string,
  contentDir: string,
  client: GuardedClient,
): Promise<string | null> {
  const response = await client.fetch(url, { accept: "image/*", maxBytes: MAX_BYTES, timeoutMs: 20_000 });
  const kind = pictureExtension(response.bytes);
  if (response.status !== 200 || kind === null || kind === "svg") return null;
  const bytes = await encoded(response.bytes);
  if (bytes === null) return null;
  const name = `embeds/${hashOf(url).slice(0, 16)}.jpg`;
  writeFileAtomic(path.join(contentDir, name), bytes);
  return name;
}

/** Encodes a picture as JPEG, at most 1,280 pixels wide; null if sharp can't decode it. */
async function encoded(bytes: Uint8Array): Promise<Uint8Array | null> {
  try {
    return await sharp(bytes, { limitInputPixels: MAX_PIXELS })
      .rotate()
      .resize({ width: WIDTH, withoutEnlargement: true })
      .flatten({ background: "#fff" })
      .jpeg({ quality: 82 })
      .toBuffer();
  } catch (error) {
    // sharp throws plain `Error` objects for invalid files.
    if (error instanceof Error) return null;
    throw error;
  }
}
