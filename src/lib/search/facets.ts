import { type FilterName, type SearchRecord } from "./search-record.ts";

/** A value of a filter, and the number of posts that have it. */
export type Facet = readonly [value: string, count: number];

/** Values of every filter: years newest first, all others by their number of posts. */
export function facetsOf(records: readonly SearchRecord[]): Partial<Record<FilterName, readonly Facet[]>> {
  return {
    tag: countsOf(records, "tag").sort(byCount),
    author: countsOf(records, "author").sort(byCount),
    year: countsOf(records, "year").sort(([a], [b]) => compare(b, a)),
    series: countsOf(records, "series").sort(byCount),
    ...(records.some(({ filters }) => filters.language !== undefined)
      ? { language: countsOf(records, "language").sort(byCount) }
      : {}),
  };
}

function countsOf(records: readonly SearchRecord[], name: FilterName): Facet[] {
  const counts = new Map<string, number>();
  for (const { filters } of records) {
    for (const value of new Set(filters[name] ?? [])) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts];
}

function byCount([a, countA]: Facet, [b, countB]: Facet): number {
  return countB - countA || compare(a, b);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
