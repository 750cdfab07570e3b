import { dayInZone } from "../../lib/content/dates.ts";
import type { Blog } from "../../lib/content/model.ts";

const TOP = 10;

/** Words from which a post counts as longer, with the name of the range below. */
const LENGTHS = [
  [300, "under 300"],
  [1000, "300 to 999"],
  [2000, "1,000 to 1,999"],
  [Number.POSITIVE_INFINITY, "2,000 and more"],
] as const;

/** Counts by name, in the order in which they are shown. */
export type Counts = Readonly<Record<string, number>>;

/** A blog in figures. Only published posts count, and only approved responses. */
export interface Figures {
  readonly posts: number;
  readonly words: number;
  readonly drafts: number;
  readonly scheduled: number;
  readonly postsByYear: Counts;
  readonly tags: Counts;
  readonly responses: Counts;
}

/** Additional content of the page. */
export interface MoreFigures extends Figures {
  readonly years: readonly { readonly year: number; readonly posts: number; readonly responses: number }[];
  readonly wordsByYear: Counts;
  /** Posts by length in words. */
  readonly lengths: Counts;
  readonly authors: Counts;
  /** Posts with the most responses, most first. */
  readonly mostDiscussed: readonly { readonly title: string; readonly count: number }[];
}

export function figuresOf(blog: Blog): Figures {
  const { timeZone } = blog.settings;
  const years = blog.posts.map(({ date }) => dayInZone(date, timeZone).slice(0, 4)).sort();
  return {
    posts: blog.posts.length,
    words: blog.posts.reduce((sum, { body }) => sum + body.words, 0),
    drafts: blog.heldBack.drafts.length,
    scheduled: blog.heldBack.scheduled.length,
    postsByYear: countsOf(years),
    tags: mostFrequent(countsOf(blog.posts.flatMap(({ tags }) => tags))),
    responses: mostFrequent(countsOf(approved(blog).map((record) => record["wm-property"]))),
  };
}

export function moreFiguresOf(blog: Blog): MoreFigures {
  const figures = figuresOf(blog);
  const { timeZone } = blog.settings;
  const yearOf = (date: string): string => dayInZone(date, timeZone).slice(0, 4);
  const responses = countsOf(
    approved(blog).map((record) => yearOf(record.published ?? record["wm-received"])),
  );
  const years = [...new Set([...Object.keys(figures.postsByYear), ...Object.keys(responses)])].toSorted();
  const words = Object.entries(figures.postsByYear).map(([year]): [string, number] => [
    year,
    blog.posts.filter(({ date }) => yearOf(date) === year).reduce((sum, { body }) => sum + body.words, 0),
  ]);
  const names = new Map(blog.authors.map(({ id, name }) => [id, name]));
  const lengths = LENGTHS.map(([limit, name], at): [string, number] => {
    const from = LENGTHS[at - 1]?.[0] ?? 0;
    return [name, blog.posts.filter(({ body }) => body.words >= from && body.words < limit).length];
  });
  return {
    ...figures,
    years: years.map((year) => ({
      year: Number(year),
      posts: figures.postsByYear[year] ?? 0,
      responses: responses[year] ?? 0,
    })),
    wordsByYear: Object.fromEntries(words),
    lengths: Object.fromEntries(lengths),
    authors: mostFrequent(
      countsOf(blog.posts.flatMap(({ authors }) => authors.map((id) => names.get(id) ?? id))),
    ),
    mostDiscussed: blog.posts
      .map(({ slug, title }) => ({ title, count: (blog.responses[slug] ?? []).filter(isApproved).length }))
      .filter(({ count }) => count > 0)
      .toSorted((a, b) => b.count - a.count)
      .slice(0, TOP),
  };
}

function approved({ responses }: Blog) {
  return Object.values(responses).flat().filter(isApproved);
}

function isApproved({ status }: { readonly status: string }): boolean {
  return status === "approved";
}

function countsOf(words: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries(counts);
}

function mostFrequent(counts: Counts): Counts {
  const sorted = Object.entries(counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return Object.fromEntries(sorted.slice(0, TOP));
}
