import type { PageSpec } from "../site/outputs.ts";
import { formatsOf } from "../../i18n/formats.ts";
import { translationsFor } from "../../i18n/translations-for.ts";
import type { BlogIndex, MonthEntry } from "./blog-index.ts";
import type { ViewInput } from "./context.ts";
import { metaView, type MetaView } from "./meta-view.ts";
import { postRow, type PostRow } from "./post-row.ts";
import type { SiteView } from "./site-view.ts";

/** A year with a chart of its months, and its posts. */
export interface YearView {
  readonly year: number;
  readonly href: string;
  readonly count: number;
  readonly months: readonly {
    readonly month: number;
    readonly count: number;
    readonly href: string | null;
  }[];
  /** Empty if the blog has too many posts to list them here; the pages of the years list them. */
  readonly posts: readonly PostRow[];
}

export interface ArchiveView {
  readonly kind: "archive";
  readonly site: SiteView;
  readonly meta: MetaView;
  readonly total: number;
  /** `2008–2026`, or one year. */
  readonly range: string;
  /** Largest number of posts in one month, for the height of the bars. */
  readonly tallest: number;
  readonly years: readonly YearView[];
}

/** A year, or one month of it. */
export interface ArchivePeriodView {
  readonly kind: "archive-period";
  readonly site: SiteView;
  readonly meta: MetaView;
  readonly year: number;
  /** Null when the whole year is shown. */
  readonly month: number | null;
  readonly total: number;
  readonly months: readonly {
    readonly month: number;
    readonly href: string;
    readonly total: number;
    readonly posts: readonly PostRow[];
  }[];
  readonly archiveHref: string;
  readonly yearHref: string;
  readonly earlier: { readonly year: number; readonly month: number | null; readonly href: string } | null;
  readonly later: { readonly year: number; readonly month: number | null; readonly href: string } | null;
}

/** With more posts than this, the archive shows only the charts of the years. */
const MOST_NAMED = 300;

/** The archive, its years and its months. */
export function archivePages(input: ViewInput, index: BlogIndex, site: SiteView): PageSpec[] {
  const { urls } = input.context;
  const years = [...Map.groupBy(index.months, (entry) => entry.year)];
  return [
    { route: "archive/index", params: {}, path: urls.archivePath(), view: archiveView(input, index, site) },
    ...years.map(([year, months], at) => ({
      route: "archive/[year]",
      params: { year: String(year).padStart(4, "0") },
      path: urls.archivePath(year),
      view: periodView(input, index, site, {
        months,
        month: null,
        earlier: years[at + 1]?.[1][0] ?? null,
        later: years[at - 1]?.[1][0] ?? null,
      }),
    })),
    ...index.months.map((entry, at) => ({
      route: "archive/[year]/[month]",
      params: { year: String(entry.year).padStart(4, "0"), month: String(entry.month).padStart(2, "0") },
      path: urls.archivePath(entry.year, entry.month),
      view: periodView(input, index, site, {
        months: [entry],
        month: entry.month,
        earlier: index.months[at + 1] ?? null,
        later: index.months[at - 1] ?? null,
      }),
    })),
  ];
}

function archiveView(input: ViewInput, index: BlogIndex, site: SiteView): ArchiveView {
  const { blog, context } = input;
  const { urls } = context;
  const words = translationsFor(blog.settings);
  const years = [...Map.groupBy(index.months, (entry) => entry.year)];
  return {
    kind: "archive",
    site,
    meta: metaView(input, urls.archivePath(), {
      title: words.list.archiveTitle,
      description: words.list.archiveIntro(words.list.posts(blog.posts.length), range(years)),
    }),
    total: blog.posts.length,
    range: range(years),
    tallest: index.months.reduce((most, { posts }) => Math.max(most, posts.length), 0),
    years: years.map(([year, months]) => ({
      year,
      href: urls.path(urls.archivePath(year)),
      count: months.reduce((sum, { posts }) => sum + posts.length, 0),
      months: Array.from({ length: 12 }, (_, at) => {
        const count = months.find(({ month }) => month === at + 1)?.posts.length ?? 0;
        const href = count === 0 ? null : urls.path(urls.archivePath(year, at + 1));
        return { month: at + 1, count, href };
      }),
      posts:
        blog.posts.length > MOST_NAMED
          ? []
          : months.flatMap(({ posts }) => posts.map((post) => postRow(input, index, post))),
    })),
  };
}

function range(years: readonly (readonly [number, unknown])[]): string {
  const [last, first] = [years[0]?.[0], years.at(-1)?.[0]];
  if (first === undefined || last === undefined) return "";
  return first === last ? String(first) : `${first}–${last}`;
}

interface Period {
  readonly months: readonly MonthEntry[];
  readonly month: number | null;
  readonly earlier: MonthEntry | null;
  readonly later: MonthEntry | null;
}

/** Maximum number of rows of a month on its year's page; the month's own page lists all posts. */
const ROWS_A_MONTH = 40;

function periodView(input: ViewInput, index: BlogIndex, site: SiteView, period: Period): ArchivePeriodView {
  const { urls } = input.context;
  const { month, months } = period;
  const year = months[0]?.year ?? 0;
  const formats = formatsOf(site.lang, site.timeZone);
  const words = translationsFor(site);
  const name = month === null ? formats.year(year) : formats.monthOf(year, month);
  const step = (entry: MonthEntry | null): ArchivePeriodView["earlier"] => {
    if (entry === null) return null;
    const other = month === null ? undefined : entry.month;
    return { year: entry.year, month: other ?? null, href: urls.path(urls.archivePath(entry.year, other)) };
  };
  return {
    kind: "archive-period",
    site,
    meta: metaView(input, urls.archivePath(year, month ?? undefined), { title: words.list.byYear(name) }),
    year,
    month,
    total: months.reduce((sum, { posts }) => sum + posts.length, 0),
    months: months.map((entry) => ({
      month: entry.month,
      href: urls.path(urls.archivePath(entry.year, entry.month)),
      total: entry.posts.length,
      posts: (month === null ? entry.posts.slice(0, ROWS_A_MONTH) : entry.posts).map((post) =>
        postRow(input, index, post),
      ),
    })),
    archiveHref: urls.path(urls.archivePath()),
    yearHref: urls.path(urls.archivePath(year)),
    earlier: step(period.earlier),
    later: step(period.later),
  };
}
