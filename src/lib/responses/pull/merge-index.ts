/** Index of stored records, to find the record that a repeated notification is about. */
import { identityKeys } from "../identity.ts";
import type { PostResponse } from "../model.ts";
import { idKey } from "../order.ts";
import type { Draft } from "./incoming-response.ts";

/** Records by the slug of their post. */
export type StoredResponses = ReadonlyMap<string, readonly PostResponse[]>;

/** A record and its post; a merge may change both. */
export interface Entry {
  slug: string;
  record: PostResponse;
}

export interface MergeIndex {
  /** Finds the record with the draft's own route: by source, else by the service's id. */
  find(draft: Draft): Entry | null;
  /** Finds the post's records of the same reply, by any identity key, in the order in which they were added. */
  findTwins(draft: Draft): Entry[];
  add(entry: Entry): void;
  remove(entry: Entry): void;
  /** Changes an entry. Another entry with the same new id or source is removed. */
  replace(entry: Entry, slug: string, record: PostResponse): void;
  entries(): Entry[];
  /** Returns all records by slug; an empty list for each given slug without records. */
  bySlug(slugs: Iterable<string>): Map<string, PostResponse[]>;
}

/** @see MergeIndex */
export function indexOf(stored: StoredResponses): MergeIndex {
  const entries = new Set<Entry>();
  const byId = new Map<string, Entry>();
  const bySource = new Map<string, Entry>();
  const byIdentity = new Map<string, Set<Entry>>();
  const add = (entry: Entry) => {
    entries.add(entry);
    byId.set(idKey(entry.record), entry);
    bySource.set(sourceKey(entry.slug, entry.record), entry);
    for (const key of identitiesOf(entry)) {
      const same = byIdentity.get(key);
      if (same === undefined) byIdentity.set(key, new Set([entry]));
      else same.add(entry);
    }
  };
  const remove = (entry: Entry) => {
    entries.delete(entry);
    const [id, source] = [idKey(entry.record), sourceKey(entry.slug, entry.record)];
    if (byId.get(id) === entry) byId.delete(id);
    if (bySource.get(source) === entry) bySource.delete(source);
    for (const key of identitiesOf(entry)) byIdentity.get(key)?.delete(entry);
  };
  const replace = (entry: Entry, slug: string, record: PostResponse) => {
    remove(entry);
    entry.slug = slug;
    entry.record = record;
    for (const twin of [byId.get(idKey(record)), bySource.get(sourceKey(slug, record))])
      if (twin !== undefined && twin !== entry) remove(twin);
    add(entry);
  };
  for (const [slug, records] of stored) for (const record of records) add({ slug, record });
  return {
    add,
    remove,
    replace,
    entries: () => [...entries],
    find: ({ slug, record }) => bySource.get(sourceKey(slug, record)) ?? byId.get(idKey(record)) ?? null,
    findTwins: (draft) => [
      ...new Set(identitiesOf(draft).flatMap((key) => [...(byIdentity.get(key) ?? [])])),
    ],
    bySlug: (slugs) => {
      const records = new Map<string, PostResponse[]>(Array.from(slugs, (slug) => [slug, []]));
      for (const { slug, record } of entries) {
        const list = records.get(slug);
        if (list === undefined) records.set(slug, [record]);
        else list.push(record);
      }
      return records;
    },
  };
}

/** Permanent key of a route: there is one record per protocol, source and post. */
export function sourceKey(slug: string, record: Pick<PostResponse, "wm-source" | "wm-protocol">): string {
  const source = record["wm-source"].replace(/^https?:\/\/(?:www\.)?/, "").replace(/\/$/, "");
  return `${record["wm-protocol"]} ${slug} ${source}`;
}

function identitiesOf({ slug, record }: Pick<Entry, "slug" | "record">): string[] {
  return identityKeys(record).map((key) => `${slug} ${key}`);
}
