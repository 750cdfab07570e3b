/** Merges post by post, and writes the results once all pictures are there. */
import type { StoredText, TextSpool } from "../../text-spool.ts";
import { idKey } from "../order.ts";
import type { PostResponse } from "../model.ts";
import { parseResponseFile } from "../record.ts";
import { hasSameItems } from "../response-files.ts";
import { serialiseResponses, writeResponses } from "../store.ts";
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

/** A change without what the response says: there may be tens of thousands. */
export interface PulledChange extends Pick<Change, "what" | "slug"> {
  readonly record: Pick<PostResponse, "wm-id" | "wm-source" | "wm-property" | "status" | "suspicion"> & {
    readonly author: Pick<PostResponse["author"], "name">;
  };
}

/** The records of a post as they shall be stored, on disk. */
export interface MergedPost {
  readonly slug: string;
  readonly text: StoredText;
  /** Whether they differ from what is stored, pictures aside. */
  readonly hasChanged: boolean;
  /** Addresses of authors' pictures by {@link idKey}. */
  readonly photos: ReadonlyMap<string, string>;
}

export interface MergedPosts {
  readonly posts: readonly MergedPost[];
  readonly changes: readonly PulledChange[];
  readonly pictures: WantedPictures;
}

/** @see MergePostsInput */
export function mergePosts(input: MergePostsInput): MergedPosts {
  const { stored, drafts, spool, texts, contentDir } = input;
  const draftsOf = Map.groupBy(drafts, ({ slug }) => slug);
  const posts: MergedPost[] = [];
  const changes: PulledChange[] = [];
  const pictures: WantedPictures = new Map();
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
      const photos = photosOf(records, merged.photos);
      if (!hasChanged && photos.size === 0) continue;
      posts.push({ slug, hasChanged, photos, text: texts.store(serialiseResponses(records)) });
    }
  }
  return { posts, changes, pictures };
}

/**
 * Writes the records of a post, with their authors' pictures as far as those are stored. A file whose records are the same
 * in another layout stays as it is.
 *
 * @returns whether anything was written or removed.
 */
export function writeMerged(contentDir: string, post: MergedPost, texts: TextSpool): boolean {
  const { records } = parseResponseFile(texts.load(post.text), post.slug);
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
): Map<string, string> {
  return new Map(
    records.flatMap((record): [string, string][] => {
      const address = photos.get(record);
      return address === undefined ? [] : [[idKey(record), address]];
    }),
  );
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
