import { hashOf } from "../cache/file-cache.ts";
import type { FileCache } from "../cache/file-cache.ts";
import type { ContentStore } from "./content-store.ts";
import type { Post } from "./model.ts";
import { relatedPosts } from "./related.ts";
import type { PostTerms, RelatedPost, RelatedState } from "./related.ts";
import { readTerms } from "./terms.ts";

/** Candidates for related posts by slug, best first; `relatedToShow` picks from them. */
export type RelatedLists = Readonly<Record<string, readonly RelatedPost[]>>;

/** Lists of the last load and their input: stored terms by slug. */
export interface RelatedMemory {
  readonly terms: ReadonlyMap<string, string>;
  readonly lists: RelatedLists;
}

/**
 * Finds related posts among the shown ones. Reuses the result of the last load and updates only what changed.
 * @param terms stored terms of at least these posts.
 */
export function loadRelated(
  posts: readonly Post[],
  terms: ReadonlyMap<string, string>,
  { cache, version, memory }: ContentStore,
): RelatedLists {
  const shown = new Map(posts.map(({ slug }) => [slug, terms.get(slug) ?? ""]));
  const last = memory.related;
  if (last !== null && isSameMap(last.terms, shown)) return last.lists;
  const lists = listsOf(shown, cache, version);
  memory.related = { terms: shown, lists };
  return lists;
}

function isSameMap(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && b.entries().every(([key, value]) => a.get(key) === value);
}

function listsOf(shown: ReadonlyMap<string, string>, cache: FileCache, version: string): RelatedLists {
  const wanted = [...shown]
    .map(([slug, stored]) => ({ slug, terms: readTerms(stored) }))
    .sort((a, b) => (a.slug < b.slug ? -1 : 1));
  const key = hashOf("related", version);
  const before = readState(cache, key);
  if (before !== null && isEqual(before.posts, wanted)) return Object.fromEntries(before.lists);
  const state = relatedPosts(wanted, before);
  cache.write(key, writeState(state));
  return Object.fromEntries(state.lists);
}

function isEqual(a: readonly PostTerms[], b: readonly PostTerms[]): boolean {
  return a.length === b.length && a.every((post, place) => isSame(post, b[place]));
}

function isSame(a: PostTerms, b: PostTerms | undefined): boolean {
  return a.slug === b?.slug && bytesOf(a.terms).equals(bytesOf(b.terms));
}

/** Storage format: a line of JSON, then the terms of all posts, four bytes each. */
interface Header {
  readonly slugs: readonly string[];
  /** Number of terms of each post. */
  readonly counts: readonly number[];
  /** For each post, a flat list of its candidates: index in `slugs` and score in turn. */
  readonly lists: readonly (readonly number[])[];
}

function writeState({ posts, lists }: RelatedState): Buffer {
  const places = new Map(posts.map(({ slug }, place) => [slug, place]));
  const header: Header = {
    slugs: posts.map(({ slug }) => slug),
    counts: posts.map(({ terms }) => terms.length),
    lists: posts.map(({ slug }) =>
      (lists.get(slug) ?? []).flatMap((related) => [places.get(related.slug) ?? 0, related.score]),
    ),
  };
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(header)}\n`),
    ...posts.map(({ terms }) => bytesOf(terms)),
  ]);
}

function readState(cache: FileCache, key: string): RelatedState | null {
  const stored = cache.read(key);
  if (stored === null) return null;
  const end = stored.indexOf("\n");
  const header: Header = JSON.parse(stored.toString("utf8", 0, end));
  const { slugs, counts, lists } = header;
  let at = end + 1;
  const posts = slugs.map((slug, place) => {
    const start = at;
    at += (counts[place] ?? 0) * Uint32Array.BYTES_PER_ELEMENT;
    // Copied, since a Uint32Array must begin at a multiple of four bytes.
    return { slug, terms: new Uint32Array(Uint8Array.from(stored.subarray(start, at)).buffer) };
  });
  return { posts, lists: new Map(slugs.map((slug, place) => [slug, listOf(lists[place] ?? [], slugs)])) };
}

function listOf(numbers: readonly number[], slugs: readonly string[]): readonly RelatedPost[] {
  return Array.from({ length: numbers.length / 2 }, (_, place) => ({
    slug: slugs[numbers[place * 2] ?? 0] ?? "",
    score: numbers[place * 2 + 1] ?? 0,
  }));
}

function bytesOf(terms: Uint32Array): Buffer {
  return Buffer.from(terms.buffer, terms.byteOffset, terms.byteLength);
}
