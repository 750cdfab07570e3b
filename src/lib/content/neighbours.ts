import type { Post } from "./model.ts";
import type { RelatedPost } from "./related.ts";

export interface Neighbours {
  /** The post published before this one. */
  readonly previous: Post | null;
  /** The post published after this one. */
  readonly next: Post | null;
}

/** The posts published before and after the one at an index. @param posts newest first. */
export function neighboursAt(posts: readonly Post[], place: number): Neighbours {
  return { previous: posts[place + 1] ?? null, next: posts[place - 1] ?? null };
}

/** Maximum number of related posts on a page. */
export const RELATED_SHOWN = 3;

/** Slugs of the related posts to show: the best candidates, without neighbors, which the page links to already. */
export function relatedToShow(candidates: readonly RelatedPost[], neighbours: Neighbours): readonly string[] {
  const shown = new Set([neighbours.previous?.slug, neighbours.next?.slug]);
  return candidates
    .map(({ slug }) => slug)
    .filter((slug) => !shown.has(slug))
    .slice(0, RELATED_SHOWN);
}
