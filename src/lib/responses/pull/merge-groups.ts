import { hashOf } from "../../cache/file-cache.ts";
import type { PostResponse } from "../model.ts";
import { idKey } from "../order.ts";

/** A post and the id of one of its records. */
export interface NamedRecord {
  readonly slug: string;
  /** @see idNumber */
  readonly id: number;
}

/** A short number for the id of a record; two ids rarely have the same, and then their posts are merged together. */
export function idNumber(record: Pick<PostResponse, "wm-protocol" | "wm-id">): number {
  return Number.parseInt(hashOf(idKey(record)).slice(0, 7), 16);
}

/**
 * Posts by which records can be merged: each by itself, unless a response with the same id is in two of them, since it
 * moves from one to the other.
 *
 * @param slugs in the order of the result; those of `named` come after them.
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
