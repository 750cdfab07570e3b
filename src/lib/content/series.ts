import type { Post, Series } from "./model.ts";

export interface SeriesParts {
  readonly series: Series;
  /** In the order in which they are read: oldest first. */
  readonly parts: readonly Post[];
}

/** The series that have parts, each with them; series in the order of their latest part, newest first. */
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
