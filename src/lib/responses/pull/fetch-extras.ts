/** Additional data of a pull: pictures, and the pages that the blog's posts reply to. */
import type { GuardedClient } from "../../protocols/guarded-fetch.ts";
import type { Post } from "../../content/model.ts";
import {
  avatarName,
  fetchPicture,
  hasAvatar,
  hasPicture,
  pictureName,
  writeAvatar,
  type PictureShape,
} from "../avatars.ts";
import { mapConcurrent } from "../../map-concurrent.ts";
import type { PostResponse, ReplyContext } from "../model.ts";
import { fetchReplyContext } from "./fetch-context.ts";
import type { DraftPicture } from "./incoming-response.ts";

export interface ExtrasOptions {
  /** Absolute path of the content folder. */
  readonly contentDir: string;
  readonly client: GuardedClient;
  readonly now: Date;
  readonly onProgress: (line: string) => void;
}

/** Pictures of records that aren't stored yet, by file name. */
export type WantedPictures = Map<string, { readonly address: string; readonly shape: PictureShape }>;

/** Adds pictures that aren't stored yet. @param photos URLs of profile pictures. */
export function addPictures(
  wanted: WantedPictures,
  photos: Iterable<string>,
  pictures: readonly DraftPicture[],
  contentDir: string,
): void {
  const add = (name: string, address: string, shape: PictureShape) => {
    if (!wanted.has(name) && !hasPicture(contentDir, name)) wanted.set(name, { address, shape });
  };
  for (const address of photos) add(avatarName(address), address, "avatar");
  for (const picture of pictures) add(pictureName(picture), picture.address, picture.shape);
}

/**
 * Fetches pictures and stores each immediately.
 * @returns number of stored pictures.
 */
export async function fetchPictures(
  wanted: WantedPictures,
  { contentDir, client, onProgress }: ExtrasOptions,
): Promise<number> {
  let done = 0;
  let stored = 0;
  await mapConcurrent([...wanted], 4, async ([name, { address, shape }]) => {
    const avatar = await fetchPicture(client, address, name, shape);
    if (avatar !== null) {
      writeAvatar(contentDir, avatar);
      stored++;
    }
    onProgress(`Pictures: ${++done} of ${wanted.size}`);
  });
  return stored;
}

/** Sets the author's picture in a record if the picture is stored, else removes it. */
export function withPhoto(record: PostResponse, address: string, contentDir: string): PostResponse {
  const photo = hasAvatar(contentDir, address) ? avatarName(address) : undefined;
  return photo === record.author.photo ? record : { ...record, author: { ...record.author, photo } };
}

export interface FetchedContexts {
  /** Contexts of all posts, stored earlier or just fetched. */
  readonly contexts: readonly ReplyContext[];
  readonly fetched: number;
  readonly missing: number;
}

/**
 * Returns the contexts of pages that posts reply to. Only those not stored yet are fetched; unused ones are dropped.
 */
export async function fetchContexts(
  posts: readonly Pick<Post, "answering">[],
  stored: ReadonlyMap<string, ReplyContext>,
  { client, now }: ExtrasOptions,
): Promise<FetchedContexts> {
  const urls = [...new Set(posts.flatMap((post) => post.answering.map(({ url }) => url)))];
  const contexts = urls.flatMap((url) => stored.get(url) ?? []);
  let missing = 0;
  await mapConcurrent(
    urls.filter((url) => !stored.has(url)),
    4,
    async (url) => {
      const context = await fetchReplyContext(client, url, now);
      if (context === null) missing++;
      else contexts.push(context);
    },
  );
  return { contexts, missing, fetched: contexts.length - urls.filter((url) => stored.has(url)).length };
}
