/** Pictures of people and in responses, stored in the repository so that pages load nothing from other servers. */
import { existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { hashOf } from "../cache/file-cache.ts";
import { FetchError } from "../protocols/fetch-error.ts";
import type { GuardedClient } from "../protocols/guarded-fetch.ts";
import type { PostResponse } from "./model.ts";
import type { DraftPicture } from "./pull/incoming-response.ts";
import { responsesFile, writeFileAtomic } from "./store.ts";

/** Edge length in pixels; pages display avatars at half this size. */
const EDGE = 96;
const MAX_PIXELS = 40_000_000;
const RASTER: ReadonlySet<string> = new Set(["jpeg", "png", "webp", "gif", "avif", "heif"]);

/** File name of the avatar with this URL. */
export function avatarName(address: string): string {
  return `${hashOf(address)}.webp`;
}

/** File name of an emoji or preview; the same URL in another shape is another file. */
export function pictureName({ address, shape }: DraftPicture): string {
  return `${hashOf(`${shape} ${address}`)}.webp`;
}

export interface Avatar {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Fetches a picture and converts it to a small WebP without metadata.
 * @returns null if it can't be fetched or isn't a raster picture; pages then display initials.
 */
export async function fetchPicture(
  client: GuardedClient,
  address: string,
  name: string,
  shape: PictureShape,
): Promise<Avatar | null> {
  try {
    const response = await client.fetch(address, {
      maxBytes: MAX_BYTES[shape],
      accept: "image/avif, image/webp, image/png, image/jpeg, image/gif",
      wants: (mediaType) =>
        mediaType === null || (mediaType.startsWith("image/") && !mediaType.includes("svg")),
    });
    if (response.status !== 200 || response.isSkipped) return null;
    const bytes = await reencoded(response.bytes, shape);
    return bytes === null ? null : { name, bytes };
  } catch (error) {
    if (error instanceof FetchError) return null;
    throw error;
  }
}

export type PictureShape = "avatar" | DraftPicture["shape"];

/** Sizes in pixels, about twice as large as displayed. */
const SIZES = {
  avatar: { width: EDGE, height: EDGE, fit: "cover" },
  emoji: { width: 128, height: 48, fit: "inside", withoutEnlargement: true },
  preview: { width: 480, height: 480, fit: "inside", withoutEnlargement: true },
} as const;
const MAX_BYTES = { avatar: 1_048_576, emoji: 524_288, preview: 4_194_304 } as const;

/**
 * Converts a picture to a WebP of the shape's size (avatar: 96 px square); null unless it's a raster picture. SVG is
 * detected by content, not by media type.
 */
export async function reencoded(bytes: Uint8Array, shape: PictureShape = "avatar"): Promise<Buffer | null> {
  if (looksLikeMarkup(bytes)) return null;
  try {
    const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS, animated: false, failOn: "error" });
    const { format } = await picture.metadata();
    if (format === undefined || !RASTER.has(format)) return null;
    return await picture.rotate().resize(SIZES[shape]).webp({ quality: 80, effort: 6 }).toBuffer();
  } catch (error) {
    // sharp throws plain errors for files that it can't read.
    if (error instanceof Error) return null;
    throw error;
  }
}

/** Writes a picture unless the file exists. */
export function writeAvatar(contentDir: string, avatar: Avatar): void {
  const file = avatarFile(contentDir, avatar.name);
  if (!existsSync(file)) writeFileAtomic(file, avatar.bytes);
}

/** Whether a picture with this name is stored. */
export function hasPicture(contentDir: string, name: string): boolean {
  return existsSync(avatarFile(contentDir, name));
}

/** Whether the avatar with this URL is stored. */
export function hasAvatar(contentDir: string, address: string): boolean {
  return existsSync(avatarFile(contentDir, avatarName(address)));
}

/**
 * Removes pictures that no record uses any more, such as those of people whose responses were deleted.
 * @param used names of the pictures of all records, see {@link picturesOf}.
 * @returns number of removed pictures.
 */
export function pruneAvatars(contentDir: string, used: ReadonlySet<string>): number {
  const folder = avatarFile(contentDir, "");
  if (!existsSync(folder)) return 0;
  const unused = readdirSync(folder).filter((name) => /^[0-9a-f]{32}\.webp$/.test(name) && !used.has(name));
  for (const name of unused) rmSync(path.join(folder, name));
  return unused.length;
}

/** Names of all pictures of a record. */
export function picturesOf({ author, attachments = [], emoji = {} }: PostResponse): string[] {
  const previews = attachments.flatMap(({ picture }) => picture ?? []);
  return [...(author.photo === undefined ? [] : [author.photo]), ...previews, ...Object.values(emoji)];
}

function avatarFile(contentDir: string, name: string): string {
  return responsesFile(contentDir, `avatars/${name}`).path;
}

function looksLikeMarkup(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString("latin1").trimStart().toLowerCase();
  return head.startsWith("<") || head.includes("<svg") || bytes[0] === 0x1f;
}
