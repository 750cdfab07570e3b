/** Posts on networks that link to an article without being under one of its copies. Off unless `networks.search` is set. */
import type { TargetIndex } from "../responses/targets.ts";
import type { NetworkItem } from "./network-item.ts";

export interface SearchScope {
  /** Host of the blog, for which networks are searched: one query finds the links to all articles. */
  readonly host: string;
  readonly targets: TargetIndex;
  /** Stored finds of this server: those that the search doesn't give are read again by their ids. */
  readonly known: readonly { readonly id: string; readonly localId: string | null }[];
  /** False: only what was found earlier is read again. */
  readonly isOn: boolean;
}

export interface Finds {
  /** Each with the slug of the article that it links to. */
  readonly items: readonly { readonly slug: string; readonly item: NetworkItem }[];
  /** Ids of stored finds that are deleted, or link to no article any more. */
  readonly gone: ReadonlySet<string>;
  readonly notes: readonly string[];
}

/** Slug of the first article that one of the addresses names, or null. */
export function articleIn(addresses: Iterable<string>, targets: TargetIndex): string | null {
  for (const address of addresses) {
    const slug = targets.resolve(address);
    if (slug !== null) return slug;
  }
  return null;
}
