/** Merges responses post by post, and writes the results after all pictures are fetched. */
import type { StoredText, TextSpool } from "../../text-spool.ts";
import { avatarName, hasAvatar, picturesOf } from "../avatars.ts";
import { idKey } from "../order.ts";
import type { PostResponse } from "../model.ts";
import { parseResponseFile } from "../record.ts";
import { hasSameItems } from "../response-files.ts";
import { serializeResponses, writeResponses, writeResponsesText } from "../store.ts";
import type { DraftSpool, SpooledDraft } from "./draft-spool.ts";
import { addPictures, withPhoto, type WantedPictures } from "./fetch-extras.ts";
import { idNumber, mergeGroups } from "./merge-groups.ts";
import { mergeResponses, type Change, type MergeInput } from "./merge.ts";
import type { StoredConversation } from "./stored-conversation.ts";

export interface MergePostsInput extends Pick<MergeInput, "isGone" | "isPrivate" | "moderation"> {
  readonly stored: StoredConversation;
  readonly drafts: readonly SpooledDraft[];
  readonly spool: DraftSpool;
  readonly texts: TextSpool;
  readonly contentDir: string;
}

/** A change without the response's content, because there may be tens of thousands. */
export interface PulledChange extends Pick<Change, "what" | "slug"> {
  readonly record: Pick<PostResponse, "wm-id" | "wm-source" | "wm-property" | "status" | "suspicion"> & {
    readonly author: Pick<PostResponse["author"], "name">;
  };
}

/** The merged records of a post, as text in a temporary file. */
export interface MergedPost {
  readonly slug: string;
  /** Text of the response file; empty if no record is left. */
  readonly text: StoredText;
  /** Whether the records differ from the stored ones, apart from pictures. */
  readonly hasChanged: boolean;
  /** URLs of authors' pictures that aren't in the records yet, by {@link idKey}. */
  readonly photos: ReadonlyMap<string, string>;
}

export interface MergedPosts {
  readonly posts: readonly MergedPost[];
  readonly changes: readonly PulledChange[];
  /** Pictures to be fetched. */
  readonly pictures: WantedPictures;
  /** Names of the pictures of all records, including those of unchanged posts. */
  readonly used: ReadonlySet<string>;
}

/** @see MergePostsInput */
export function mergePosts(input: MergePostsInput): MergedPosts {
  const { stored, drafts, spool, texts, contentDir } = input;
  const draftsOf = Map.groupBy(drafts, ({ slug }) => slug);
  const posts: MergedPost[] = [];
  const changes: PulledChange[] = [];
  const pictures: WantedPictures = new Map();
  const used = new Set<string>();
  for (const group of mergeGroups(stored.slugs, namedIn(stored, drafts))) {
    const before = new Map(group.map((slug) => [slug, stored.read(slug)]));
    const merged = mergeResponses({
      ...input,
      stored: before,
      drafts: group.flatMap((slug) => draftsOf.get(slug) ?? []).map((draft) => spool.load(draft)),
    });
    changes.push(...merged.changes.map(withoutText));
    addPictures(pictures, merged.photos.values(), merged.pictures, contentDir);
    for (const [slug, records] of merged.records) {
      const hasChanged = !hasSameItems(records, before.get(slug));
      const photos = photosOf(records, merged.photos, contentDir);
      for (const record of records)
        for (const name of pictureNames(record, photos.get(idKey(record)))) used.add(name);
      if (!hasChanged && photos.size === 0) continue;
      const text = records.length === 0 ? "" : serializeResponses(records);
      posts.push({ slug, hasChanged, photos, text: texts.store(text) });
    }
  }
  return { posts, changes, pictures, used };
}

/**
 * Writes the records of a post, with the authors' pictures that are stored. A file with the same records in another
 * layout isn't changed.
 *
 * @returns whether the file was written or removed.
 */
export function writeMerged(contentDir: string, post: MergedPost, texts: TextSpool): boolean {
  const text = texts.load(post.text);
  if (post.photos.size === 0) return writeResponsesText(contentDir, post.slug, text);
  const { records } = parseResponseFile(text, post.slug);
  const shown = records.map((record) => {
    const address = post.photos.get(idKey(record));
    return address === undefined ? record : withPhoto(record, address, contentDir);
  });
  return (post.hasChanged || !hasSameItems(shown, records)) && writeResponses(contentDir, post.slug, shown);
}

function* namedIn({ names }: StoredConversation, drafts: readonly SpooledDraft[]) {
  for (const name of names) yield { slug: name.slug, id: idNumber(name) };
  yield* drafts;
}

function photosOf(
  records: readonly PostResponse[],
  photos: ReadonlyMap<PostResponse, string>,
  contentDir: string,
): Map<string, string> {
  return new Map(
    records.flatMap((record): [string, string][] => {
      const address = photos.get(record);
      if (address === undefined) return [];
      const isThere = record.author.photo === avatarName(address) && hasAvatar(contentDir, address);
      return isThere ? [] : [[idKey(record), address]];
    }),
  );
}

/** Names of a record's pictures; `address` is the new URL of the author's picture, if any. */
function pictureNames(record: PostResponse, address: string | undefined): string[] {
  const photo = address === undefined ? record.author.photo : avatarName(address);
  return picturesOf({ ...record, author: { ...record.author, photo } });
}

function withoutText({ what, slug, record }: Change): PulledChange {
  const { status, suspicion, author } = record;
  return {
    what,
    slug,
    record: {
      "wm-id": record["wm-id"],
      "wm-source": record["wm-source"],
      "wm-property": record["wm-property"],
      status,
      suspicion,
      author: { name: author.name },
    },
  };
}
