/**
 * The pictures that imported texts show, by their old addresses. Stored with the blog, so that a later import finds
 * them after the old blog is gone.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { readFileIfExists } from "../responses/store.ts";
import type { PictureLibrary, PicturesByAddress } from "./picture-library.ts";
import type { Secrets } from "./secrets.ts";
import type { EntryOutcome } from "./write/entries.ts";

/** File name, relative to `content/`. */
export const SHOWN_PICTURES = "_import/pictures.json";

/**
 * Content of the file; null if no text shows a picture with a web address.
 * @param earlier addresses and files of pictures of other entries.
 */
export function shownPictures(
  entries: readonly EntryOutcome[],
  { shown }: PictureLibrary,
  secrets: Secrets,
  earlier: readonly (readonly [address: string, place: string])[],
): string | null {
  const places = new Map<string, string>();
  for (const { file, pictures } of entries)
    for (const name of pictures)
      if (!places.has(name)) places.set(name, path.posix.join(path.posix.dirname(file), name));
  const all = [...shown].flatMap(([address, { name }]) => {
    const place = places.get(name);
    return place === undefined || secrets.mask(address) !== address ? [] : [[address, place] as const];
  });
  const known = new Map([...earlier, ...all]);
  if (known.size === 0) return null;
  return `${JSON.stringify(Object.fromEntries([...known].sort(([a], [b]) => (a < b ? -1 : 1))), null, 2)}\n`;
}

/** Addresses and files of the pictures of entries that an export lacks. @param contentDir absolute. */
export function picturesOf(
  contentDir: string,
  entries: readonly { readonly place: string }[],
): (readonly [address: string, place: string])[] {
  if (entries.length === 0) return [];
  const folders = new Set(entries.map(({ place }) => place));
  return entriesOf(readFileIfExists(path.join(contentDir, SHOWN_PICTURES))).filter(([, place]) =>
    folders.has(path.posix.dirname(place)),
  );
}

/** Pictures of earlier imports. @param contentDir absolute. */
export function earlierPictures(contentDir: string): PicturesByAddress {
  const known = new Map(entriesOf(readFileIfExists(path.join(contentDir, SHOWN_PICTURES))));
  return {
    fileFor: (address) => {
      const place = known.get(address);
      if (place === undefined) return null;
      const file = path.resolve(contentDir, place);
      return file.startsWith(contentDir + path.sep) && existsSync(file)
        ? { file, name: path.posix.basename(place) }
        : null;
    },
  };
}

function entriesOf(text: string | null): [string, string][] {
  if (text === null) return [];
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data !== "object" || data === null) return [];
    return Object.entries(data).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
