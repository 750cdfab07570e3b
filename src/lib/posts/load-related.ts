import { hashOf } from "../cache/file-cache.ts";
import type { ContentStore } from "./content-store.ts";
import type { Post } from "./model.ts";
import { relatedPosts } from "./related.ts";
import type { RelatedPost, RelatedState } from "./related.ts";
import { readTerms } from "./terms.ts";

/** Candidates for related posts by slug, best first; `relatedToShow` picks. */
export type RelatedLists = Readonly<Record<string, readonly RelatedPost[]>>;

/** What is stored: the result and the terms that it was made from. */
interface Stored {
  readonly version: string;
  readonly terms: readonly (readonly [slug: string, terms: string])[];
  readonly lists: readonly (readonly [slug: string, list: readonly RelatedPost[]])[];
}

/**
 * Related posts among those that are shown, as kept from the last load where nothing changed.
 * @param terms stored terms of at least these posts.
 */
export function loadRelated(
  posts: readonly Post[],
  terms: ReadonlyMap<string, string>,
  store: ContentStore,
): RelatedLists {
  const key = hashOf("related");
  const wanted = posts
    .map(({ slug }): readonly [string, string] => [slug, terms.get(slug) ?? ""])
    .sort(bySlug);
  const before = readStored(store, key);
  if (before !== null && JSON.stringify(before.terms) === JSON.stringify(wanted))
    return Object.fromEntries(before.lists);
  const { lists } = relatedPosts(wanted.map(parse), before === null ? null : toState(before));
  const stored: Stored = { version: store.version, terms: wanted, lists: [...lists] };
  store.cache.write(key, JSON.stringify(stored));
  return Object.fromEntries(lists);
}

function readStored({ cache, version }: ContentStore, key: string): Stored | null {
  const text = cache.readText(key);
  if (text === null) return null;
  const stored: Stored = JSON.parse(text);
  return stored.version === version ? stored : null;
}

function toState({ terms, lists }: Stored): RelatedState {
  return { posts: terms.map(parse), lists: new Map(lists) };
}

function parse([slug, terms]: readonly [string, string]) {
  return { slug, terms: readTerms(terms) };
}

function bySlug([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
