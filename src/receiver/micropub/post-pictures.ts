/** The pictures of one post while it's written: brought here, cleaned, and given names beside the post. */
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
   * Adds a picture. @returns its file name beside the post.
   * @throws MicropubError when it can't be had or isn't a picture.
   */
  add(value: PhotoValue): Promise<string>;
  /** Those that are new, by file name. */
  readonly added: ReadonlyMap<string, Uint8Array>;
}

const FETCH_TIMEOUT_MS = 15_000;
const MOST = 20;

/**
 * @param place where the post lies: its folder, and what names of its pictures begin with.
 * @param known file names that lie there already.
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

/** A picture of a request, cleaned. @throws MicropubError for what isn't one. */
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
    // Cleaned when it came: written once more, it would lose quality.
    return { bytes: media.bytes, extension };
  }
  const bytes = "bytes" in value ? value.bytes : await bytesAt(value.url, stored, context, micropub);
  const clean = await micropub.cleanPicture(bytes);
  if (clean === null)
    throw invalid(url === null ? "The file isn't a picture" : `There is no picture at ${url}`);
  return clean;
}

/** A picture that another post has, or that lies on another server. */
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
