/** Additional data of a pull: profile pictures, and the pages that the blog's posts reply to. */
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
  /** The author's folder, absolute. */
  readonly contentDir: string;
  readonly client: GuardedClient;
  readonly now: Date;
  readonly onProgress: (line: string) => void;
}

/** Pictures that records name and that aren't stored yet, by the name of the file. */
export type WantedPictures = Map<string, { readonly address: string; readonly shape: PictureShape }>;

/** @param photos addresses of profile pictures. */
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
 * Fetches pictures and stores each at once.
 * @returns how many were stored.
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

/** The record with the name of its author's picture, if that is stored. */
export function withPhoto(record: PostResponse, address: string, contentDir: string): PostResponse {
  const photo = hasAvatar(contentDir, address) ? avatarName(address) : undefined;
  return photo === record.author.photo ? record : { ...record, author: { ...record.author, photo } };
}

export interface FetchedContexts {
  /** Those of all posts, stored earlier or fetched. */
  readonly contexts: readonly ReplyContext[];
  readonly fetched: number;
  readonly missing: number;
}

/** Contexts for what posts answer; what is stored isn't asked for again, what no post answers any more is left out. */
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
