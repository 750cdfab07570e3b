/** What the old blog's settings and lists become in `site.yaml`. */
import type { Archive } from "../archive.ts";
import { writtenTags } from "../import-plan.ts";
import type { ImportPlan } from "../import-plan.ts";
import { tagSlug } from "../../site/slug.ts";
import { feedForOldPath } from "../../site/old-feeds.ts";
import { isLanguage, isTimeZone } from "../../site/values.ts";
import { aliasFor } from "../addresses.ts";
import { partsInZone } from "../../content/dates.ts";
import { isReservedPath } from "../reserved-paths.ts";
import { yamlText } from "./front-matter.ts";

/** Settings for a blog that has none yet. */
export function siteSettings(archive: Archive, plan: ImportPlan, format: string): string {
  const { title, description, lang, timeZone } = archive.site;
  const head = {
    title: title ?? "My blog",
    description: description ?? undefined,
    url: plan.siteUrl,
    lang: lang !== null && isLanguage(lang) ? lang : "en",
    timeZone: timeZone !== null && isTimeZone(timeZone) ? timeZone : plan.timeZone,
  };
  return `# Made by backfence import. Every setting is explained in docs/settings.md.\n${yamlText({ ...head, ...oldAddresses(archive, plan, format) })}`;
}

/** Redirects and old feeds, for a `site.yaml` that is there already. */
export function settingsToAdd(archive: Archive, plan: ImportPlan, format: string): string | null {
  const added = oldAddresses(archive, plan, format);
  if (Object.keys(added.redirects).length === 0 && added.oldFeeds.length === 0) return null;
  return `# Old addresses of lists and feeds. Copy what you need into site.yaml.\n${yamlText({ ...added })}`;
}

/** `2011/11`: the month of the archive in which a post is listed. */
function monthOf(date: string | null, timeZone: string): string {
  const { year, month } = partsInZone(date ?? "1970-01-01T00:00:00Z", timeZone);
  return `${year}/${month}`;
}

interface OldAddresses {
  /** New places by old paths. */
  readonly redirects: Readonly<Record<string, string>>;
  readonly oldFeeds: readonly { readonly path: string; readonly feed: string }[];
}

/** Places of feeds and lists by platform, below the path of the old blog. */
const PLATFORMS: Readonly<
  Record<
    string,
    { readonly feeds: readonly string[]; readonly tag: readonly string[]; readonly month: string }
  >
> = {
  "movable-type": {
    feeds: ["/atom.xml", "/rss.xml", "/index.rdf"],
    tag: ["/:tag/"],
    month: "/:year/:month/",
  },
  wordpress: {
    feeds: ["/feed/", "/feed/atom/", "/rss/"],
    tag: ["/category/:tag/", "/tag/:tag/"],
    month: "/:year/:month/",
  },
  blogger: {
    feeds: ["/feeds/posts/default", "/rss.xml", "/atom.xml"],
    tag: ["/search/label/:label"],
    month: "/:year/:month/",
  },
};

function oldAddresses(archive: Archive, plan: ImportPlan, format: string): OldAddresses {
  const platform = PLATFORMS[format];
  if (platform === undefined) return { redirects: asMap(archive.redirects, plan), oldFeeds: [] };
  const base = (URL.parse(archive.site.url ?? "")?.pathname ?? "/").replace(/\/$/, "");
  const published = plan.entries.filter(
    ({ entry, slug, date }) =>
      slug !== null && date !== null && entry.kind === "post" && entry.state === "public",
  );
  const tags = [...new Set(published.flatMap(({ entry }) => writtenTags(entry.tags, plan)))].sort();
  const slugs = new Map(archive.terms.map(({ name, slug }) => [name, slug]));
  const months = [...new Set(published.map(({ date }) => monthOf(date, plan.timeZone)))].sort();
  const redirects = [
    ...tags.flatMap((tag) =>
      platform.tag.map((pattern) => ({
        from: base + pattern.replace(":tag", slugs.get(tag) ?? tagSlug(tag)).replace(":label", tag),
        to: `/tags/${tagSlug(tag)}/`,
      })),
    ),
    ...months.map((month) => ({
      from: base + platform.month.replace(":year/:month", month),
      to: `/archive/${month}/`,
    })),
    ...archive.redirects,
  ];
  const oldFeeds = platform.feeds
    .map((path) => ({ path: base + path, feed: feedForOldPath(path) }))
    .filter(({ path, feed }) => path !== feed && !NEW_FEEDS.has(path));
  return { redirects: asMap(redirects, plan), oldFeeds };
}

/** Without paths that can't be files and those that a post or page has. */
function asMap(redirects: Archive["redirects"], plan: ImportPlan): Record<string, string> {
  const taken = new Set(plan.entries.flatMap(({ path, aliases }) => [path, ...aliases]).map(bare));
  const usable = redirects.flatMap(({ from, to }): [string, string][] => {
    const path = encodeURI(from);
    const isUsable =
      aliasFor(path) !== null &&
      !isReservedPath(from) &&
      !/[\s?#*]/.test(path) &&
      bare(path) !== bare(to) &&
      !taken.has(bare(from));
    return isUsable ? [[path, to]] : [];
  });
  return Object.fromEntries(usable);
}

function bare(path: string): string {
  return path.replace(/\/$/, "");
}

const NEW_FEEDS = new Set(["/rss.xml", "/atom.xml", "/feed.json"]);
