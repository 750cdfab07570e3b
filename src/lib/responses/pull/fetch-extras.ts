/** Additional data of a pull: profile pictures, and the pages that the blog's posts reply to. */
import type { GuardedClient } from "../../protocols/guarded-fetch.ts";
import type { Post } from "../../content/model.ts";
import {
  avatarName,
  fetchPicture,
  hasAvatar,
  hasPicture,
  pictureName,
  type Avatar,
  type PictureShape,
} from "../avatars.ts";
import type { DraftPicture } from "./incoming-response.ts";
import type { PostResponse, ReplyContext } from "../model.ts";
import { fetchReplyContext } from "./fetch-context.ts";

export interface ExtrasOptions {
  /** The author's folder, absolute. */
  readonly contentDir: string;
  readonly client: GuardedClient;
  readonly now: Date;
  readonly onProgress: (line: string) => void;
}

export interface Pictures {
  readonly avatars: readonly Avatar[];
  /** How many couldn't be had. */
  readonly missing: number;
}

/** @param photos addresses of pictures; what is stored already isn't fetched. */
export async function fetchPictures(
  photos: Iterable<string>,
  pictures: readonly DraftPicture[],
  { contentDir, client, onProgress }: ExtrasOptions,
): Promise<Pictures> {
  const named = new Map<string, { readonly address: string; readonly shape: PictureShape }>();
  for (const address of photos) named.set(avatarName(address), { address, shape: "avatar" });
  for (const picture of pictures) named.set(pictureName(picture), picture);
  const wanted = [...named].filter(([name]) => !hasPicture(contentDir, name));
  const avatars: Avatar[] = [];
  let done = 0;
  await atMost(4, wanted, async ([name, { address, shape }]) => {
    const avatar = await fetchPicture(client, address, name, shape);
    if (avatar !== null) avatars.push(avatar);
    done++;
    onProgress(`Pictures: ${done} of ${wanted.length}`);
  });
  return { avatars, missing: wanted.length - avatars.length };
}

/** The records with the names of their pictures, where there are pictures. */
export function withPhotos(
  records: ReadonlyMap<string, readonly PostResponse[]>,
  photos: ReadonlyMap<PostResponse, string>,
  contentDir: string,
  avatars: readonly Avatar[],
): Map<string, PostResponse[]> {
  const fetched = new Set(avatars.map(({ name }) => name));
  const withPhoto = (record: PostResponse): PostResponse => {
    const address = photos.get(record);
    if (address === undefined) return record;
    const isThere = fetched.has(avatarName(address)) || hasAvatar(contentDir, address);
    const photo = isThere ? avatarName(address) : undefined;
    return photo === record.author.photo ? record : { ...record, author: { ...record.author, photo } };
  };
  return new Map([...records].map(([slug, list]) => [slug, list.map(withPhoto)]));
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
  await atMost(
    4,
    urls.filter((url) => !stored.has(url)),
    async (url) => {
      const context = await fetchReplyContext(client, url, now);
      if (context === null) missing++;
      else contexts.push(context);
    },
  );
  return { contexts, missing, fetched: contexts.length - urls.filter((url) => stored.has(url)).length };
}

async function atMost<Item>(
  width: number,
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
