import type { Post, Series } from "./model.ts";

export interface SeriesParts {
  readonly series: Series;
  /** In reading order: oldest first. */
  readonly parts: readonly Post[];
}

/** Series with at least one part, ordered by their latest part, newest first. @param posts newest first. */
export function seriesWithParts(posts: readonly Post[], series: readonly Series[]): readonly SeriesParts[] {
  const known = new Map(series.map((entry) => [entry.id, entry]));
  const parts = new Map<Series, Post[]>();
  for (const post of posts) {
    const entry = post.series === null ? undefined : known.get(post.series);
    if (entry === undefined) continue;
    const list = parts.get(entry);
    if (list === undefined) parts.set(entry, [post]);
    else list.push(post);
  }
  return [...parts].map(([entry, list]) => ({ series: entry, parts: list.toReversed() }));
}
