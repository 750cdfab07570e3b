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

/** What the server gave is no picture. The message is for the author. */
export class NoPictureError extends Error {
  override readonly name = "NoPictureError";
}

/** The server is down, or asks to be left alone for a while. */
export class ServerFault extends NoPictureError {
  readonly asksToWait: boolean;

  constructor(status: number, retryAfter: string | null) {
    super(`the server answers ${status}`);
    this.asksToWait = status === 429 || (status === 503 && retryAfter !== null);
  }
}

export interface FetchedPicture {
  readonly bytes: Uint8Array;
  /** A file name for it, with the ending that its bytes call for. */
  readonly name: string;
}

/**
 * Fetches a picture and decodes it; its type is that of its bytes, whatever its name says. A picture that is cut off,
 * damaged or unfit for browsers is refused.
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

/** Writes a picture into a folder under a free name. @returns the name; that of the same picture if it is there. */
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
