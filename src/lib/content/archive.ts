import { partsInZone } from "./dates.ts";
import type { Post } from "./model.ts";

export interface ArchiveMonth {
  /** 1 to 12. */
  readonly month: number;
  /** Newest first. */
  readonly posts: readonly Post[];
}

export interface ArchiveYear {
  readonly year: number;
  /** Months with posts, newest first. */
  readonly months: readonly ArchiveMonth[];
  /** All posts of the year, newest first. */
  readonly posts: readonly Post[];
}

/**
 * Posts by year and month as the calendar stood in the site's zone, newest first.
 * @param posts newest first.
 */
export function archiveOf(posts: readonly Post[], timeZone: string | null): readonly ArchiveYear[] {
  const years = new Map<number, { year: number; months: Map<number, Post[]>; posts: Post[] }>();
  for (const post of posts) {
    const parts = partsInZone(post.date, timeZone);
    const year = Number(parts.year);
    const month = Number(parts.month);
    const group = years.get(year) ?? { year, months: new Map<number, Post[]>(), posts: [] };
    years.set(year, group);
    group.posts.push(post);
    const list = group.months.get(month);
    if (list === undefined) group.months.set(month, [post]);
    else list.push(post);
  }
  return [...years.values()].map(({ year, months, posts: all }) => ({
    year,
    months: [...months].map(([month, list]) => ({ month, posts: list })),
    posts: all,
  }));
}
