import { hashOf } from "../../cache/file-cache.ts";
import type { PostResponse } from "../model.ts";
import { idKey } from "../order.ts";

/** A post and the id of one of its records. */
export interface NamedRecord {
  readonly slug: string;
  /** @see idNumber */
  readonly id: number;
}

/** Short hash of a record's id. Collisions are rare and harmless: they only cause two posts to be merged together. */
export function idNumber(record: Pick<PostResponse, "wm-protocol" | "wm-id">): number {
  return Number.parseInt(hashOf(idKey(record)).slice(0, 7), 16);
}

/**
 * Groups posts whose records must be merged together: each post alone, unless two posts have a response with the same
 * id, which may have moved from one to the other.
 *
 * @param slugs posts in the order of the result; further posts in `named` come after them.
 */
export function mergeGroups(slugs: Iterable<string>, named: Iterable<NamedRecord>): string[][] {
  const groups = new Map<string, Set<string>>();
  const groupOf = (slug: string): Set<string> => {
    const group = groups.get(slug) ?? new Set([slug]);
    groups.set(slug, group);
    return group;
  };
  for (const slug of slugs) groupOf(slug);
  const firstWith = new Map<number, string>();
  for (const { slug, id } of named) {
    const group = groupOf(slug);
    const first = firstWith.get(id);
    if (first === undefined) firstWith.set(id, slug);
    const other = first === undefined ? group : groupOf(first);
    if (other === group) continue;
    for (const each of group) groups.set(each, other.add(each));
  }
  return [...new Set(groups.values())].map((group) => [...group]);
}
