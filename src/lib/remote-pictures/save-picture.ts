import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { pictureExtension } from "../import/picture-type.ts";
import type { GuardedClient } from "../protocols/guarded-fetch.ts";
import { writeFileAtomic } from "../responses/store.ts";
import { slugOf } from "../site/slug.ts";
import { pictureDamage } from "./picture-damage.ts";
import { percentDecoded } from "../percent-decoded.ts";

const MAX_BYTES = 30 * 1024 * 1024;
const TIMEOUT_MS = 30_000;

/** The server's response isn't a usable picture. The message is for the author. */
export class NoPictureError extends Error {
  override readonly name = "NoPictureError";
}

/** The server fails (5xx) or limits requests (429). */
export class ServerFault extends NoPictureError {
  readonly asksToWait: boolean;

  constructor(status: number, retryAfter: string | null) {
    super(`the server answers ${status}`);
    this.asksToWait = status === 429 || (status === 503 && retryAfter !== null);
  }
}

export interface FetchedPicture {
  readonly bytes: Uint8Array;
  /** File name, with the extension of the format detected in the bytes. */
  readonly name: string;
}

/**
 * Fetches a picture and decodes it; its format is detected from the bytes, regardless of the name. Rejects pictures
 * that are truncated, damaged or not supported by browsers.
 * @throws NoPictureError, FetchError
 */
export async function fetchPicture(address: string, client: GuardedClient): Promise<FetchedPicture> {
  const url = address.startsWith("//") ? `https:${address}` : address;
  const response = await client.fetch(url, { accept: "image/*", maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS });
  if (response.status === 429 || response.status >= 500)
    throw new ServerFault(response.status, response.header("retry-after"));
  if (response.status !== 200) throw new NoPictureError(`the server answers ${response.status}`);
  const ending = pictureExtension(response.bytes);
  if (ending === null)
    throw new NoPictureError(
      `the server sends no picture${response.mediaType === null ? "" : ` but ${response.mediaType}`}`,
    );
  const damage = await pictureDamage(response.bytes, ending);
  if (damage !== null) throw new NoPictureError(`the picture ${damage}`);
  const last = percentDecoded(new URL(url).pathname.split("/").at(-1) ?? "");
  return { bytes: response.bytes, name: `${slugOf(last.replace(/\.\w{2,5}$/, "")) || "picture"}.${ending}` };
}

/** Writes a picture into a folder under an unused name. @returns the name, or that of an existing identical picture. */
export function savePicture(folder: string, name: string, bytes: Uint8Array): string {
  const { name: stem, ext } = path.parse(name);
  for (let count = 1; ; count += 1) {
    const free = count === 1 ? name : `${stem}-${count}${ext}`;
    const file = path.join(folder, free);
    if (!existsSync(file)) {
      writeFileAtomic(file, bytes);
      return free;
    }
    if (readFileSync(file).equals(bytes)) return free;
  }
}
