import { dayInZone } from "../../lib/content/dates.ts";
import type { Blog } from "../../lib/content/model.ts";

const TOP = 10;

/** Ranges of post lengths in words: exclusive upper limit and label. */
const LENGTHS = [
  [300, "under 300"],
  [1000, "300 to 999"],
  [2000, "1,000 to 1,999"],
  [Number.POSITIVE_INFINITY, "2,000 and more"],
] as const;

/** Names with counts in display order; in an object, numeric names such as 1984 would come first. */
export type Counts = readonly (readonly [name: string, count: number])[];

/** Statistics of a blog: published posts and approved responses only. */
export interface Figures {
  readonly posts: number;
  readonly words: number;
  readonly drafts: number;
  readonly scheduled: number;
  readonly postsByYear: Counts;
  readonly tags: Counts;
  readonly responses: Counts;
}

/** Additional statistics for the HTML page. */
export interface MoreFigures extends Figures {
  readonly years: readonly { readonly year: number; readonly posts: number; readonly responses: number }[];
  readonly wordsByYear: Counts;
  /** Posts by length in words. */
  readonly lengths: Counts;
  readonly authors: Counts;
  /** Titles of the posts with the most responses, in descending order. */
  readonly mostDiscussed: Counts;
}

export function figuresOf(blog: Blog): Figures {
  const { timeZone } = blog.settings;
  const years = blog.posts.map(({ date }) => dayInZone(date, timeZone).slice(0, 4)).toSorted();
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
  const posts = new Map(figures.postsByYear);
  const responses = new Map(
    countsOf(approved(blog).map((record) => yearOf(record.published ?? record["wm-received"]))),
  );
  const years = [...new Set([...posts.keys(), ...responses.keys()])].toSorted();
  const names = new Map(blog.authors.map(({ id, name }) => [id, name]));
  return {
    ...figures,
    years: years.map((year) => ({
      year: Number(year),
      posts: posts.get(year) ?? 0,
      responses: responses.get(year) ?? 0,
    })),
    wordsByYear: [...posts.keys()].map((year) => [
      year,
      blog.posts.filter(({ date }) => yearOf(date) === year).reduce((sum, { body }) => sum + body.words, 0),
    ]),
    lengths: LENGTHS.map(([limit, name], at) => {
      const from = LENGTHS[at - 1]?.[0] ?? 0;
      return [name, blog.posts.filter(({ body }) => body.words >= from && body.words < limit).length];
    }),
    authors: mostFrequent(
      countsOf(blog.posts.flatMap(({ authors }) => authors.map((id) => names.get(id) ?? id))),
    ),
    mostDiscussed: blog.posts
      .map(({ slug, title }) => [title, (blog.responses[slug] ?? []).filter(isApproved).length] as const)
      .filter(([, count]) => count > 0)
      .toSorted(([, a], [, b]) => b - a)
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
  return [...counts];
}

function mostFrequent(counts: Counts): Counts {
  return counts.toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, TOP);
}
