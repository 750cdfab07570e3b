/** Collects the pictures of a post: fetches them, removes metadata, and names their files. */
import { pictureExtension } from "../../lib/import/picture-type.ts";
import { FetchError } from "../../lib/protocols/fetch-error.ts";
import { ContentStoreError } from "../content/content-store.ts";
import type { CleanPicture, Micropub, ReceiverContext } from "../context.ts";
import { storedFileIn, uploadIn } from "./media-urls.ts";
import { mediaBy } from "../store/media.ts";
import { invalid } from "./micropub-error.ts";
import type { PhotoValue } from "./properties.ts";

export interface PostPictures {
  /**
   * Adds a picture. @returns the name of its file next to the post.
   * @throws MicropubError when it can't be fetched or isn't a picture.
   */
  add(value: PhotoValue): Promise<string>;
  /** Contents of the new files by name. */
  readonly added: ReadonlyMap<string, Uint8Array>;
}

const FETCH_TIMEOUT_MS = 15_000;
const MOST = 20;

/**
 * Creates an empty collection.
 * @param place the post's folder, and the prefix of its pictures' file names.
 * @param known names of existing files in the folder.
 */
export function postPictures(
  context: ReceiverContext,
  micropub: Micropub,
  place: { readonly folder: string; readonly prefix: string },
  known: ReadonlySet<string> = new Set(),
): PostPictures {
  const added = new Map<string, Uint8Array>();
  const byUrl = new Map<string, string>();
  const nameFor = (extension: string): string => {
    for (let count = 1; ; count++) {
      const stem = `${place.prefix}photo-${count}.`;
      const isTaken = [...known, ...added.keys()].some((name) => name.startsWith(stem));
      if (!isTaken) return stem + extension;
    }
  };
  return {
    added,
    add: async (value) => {
      const url = "url" in value ? value.url : null;
      const before = url === null ? undefined : byUrl.get(url);
      if (before !== undefined) return before;
      const stored = url === null ? null : await storedFileIn(context, url);
      const besides = stored?.startsWith(`${place.folder}/`) ? stored.slice(place.folder.length + 1) : null;
      if (besides !== null && known.has(besides)) return besides;
      if (added.size >= MOST) throw invalid(`A post can have ${MOST} pictures`);
      const clean = await cleanOne(value, stored, context, micropub);
      const name = nameFor(clean.extension);
      added.set(name, clean.bytes);
      if (url !== null) byUrl.set(url, name);
      return name;
    },
  };
}

/** A picture without metadata. @throws MicropubError when it can't be fetched or isn't a picture. */
async function cleanOne(
  value: PhotoValue,
  stored: string | null,
  context: ReceiverContext,
  micropub: Micropub,
): Promise<Pick<CleanPicture, "bytes" | "extension">> {
  const url = "url" in value ? value.url : null;
  const upload = url === null ? null : uploadIn(context, url);
  if (upload !== null) {
    const media = await mediaBy(context.database, upload);
    const extension = media === null ? null : pictureExtension(media.bytes);
    if (media === null || extension === null)
      throw invalid(`The upload ${url ?? ""} isn't there, or was removed after a week`);
    // Uploads were cleaned on arrival; encoding them again would lose quality.
    return { bytes: media.bytes, extension };
  }
  const bytes = "bytes" in value ? value.bytes : await bytesAt(value.url, stored, context, micropub);
  const clean = await micropub.cleanPicture(bytes);
  if (clean === null)
    throw invalid(url === null ? "The file isn't a picture" : `There is no picture at ${url}`);
  return clean;
}

/** Bytes of a picture that belongs to another post or is on another server. */
async function bytesAt(
  url: string,
  stored: string | null,
  { client }: ReceiverContext,
  { store, options }: Micropub,
): Promise<Uint8Array> {
  if (stored !== null) {
    const file = await store.read(stored);
    if (file === null) throw new ContentStoreError(`${stored} isn't there`);
    return file.bytes;
  }
  try {
    const { maxMediaBytes: maxBytes } = options;
    const response = await client.fetch(url, { accept: "image/*", maxBytes, timeoutMs: FETCH_TIMEOUT_MS });
    if (response.status !== 200)
      throw invalid(`The picture at ${url} can't be had: status ${response.status}`);
    return response.bytes;
  } catch (error) {
    if (error instanceof FetchError) throw invalid(`The picture at ${url} can't be had: ${error.message}`);
    throw error;
  }
}
