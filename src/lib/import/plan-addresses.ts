/** Paths of imported posts: the old ones, if a permalink pattern can express them. */
import { partsInZone } from "../content/dates.ts";
import { permalinkOf } from "../content/permalinks.ts";
import type { Settings } from "../site/settings.ts";
import type { ArchiveEntry } from "./archive.ts";
import { isReservedPath } from "./reserved-paths.ts";

export type Permalinks = Settings["permalinks"];

export const DEFAULT_PERMALINKS: Permalinks = {
  posts: "/posts/:slug/",
  notes: "/notes/:slug/",
  pages: "/:slug/",
};

/** Values used in an address. */
export interface AddressParts {
  readonly kind: ArchiveEntry["kind"];
  readonly slug: string;
  /** Timestamp; null if there is none. */
  readonly date: string | null;
  readonly tags: readonly string[];
}

/** Site path of a text, not percent-encoded. */
export function pathOf(
  { kind, slug, date, tags }: AddressParts,
  permalinks: Permalinks,
  timeZone: string,
): string {
  const pattern = permalinks[`${kind}s`];
  if (pattern === DEFAULT_PERMALINKS[`${kind}s`]) return pattern.replace(":slug", slug);
  return decodeURI(permalinkOf(pattern, { slug, id: slug, date, tags, lang: "" }, timeZone));
}

/**
 * The permalink pattern that keeps every post's old address, such as `/:year/:month/:slug/`; null if there is none.
 * @param posts published posts, with the path of their first old address.
 */
export function patternOf(
  posts: readonly (AddressParts & { readonly oldPath: string })[],
  timeZone: string,
): string | null {
  const [first] = posts;
  if (first?.date == null) return null;
  const { year, month, day } = partsInZone(first.date, timeZone);
  const end = `/${first.slug}/`;
  if (!first.oldPath.endsWith(end)) return null;
  const folder = first.oldPath.slice(0, -end.length);
  const dated = [
    [`/${year}/${month}/${day}`, "/:year/:month/:day"],
    [`/${year}/${month}`, "/:year/:month"],
    [`/${year}`, "/:year"],
  ] as const;
  const [written = "", tokens = ""] = dated.find(([text]) => folder.endsWith(text)) ?? [];
  const before = folder.slice(0, folder.length - written.length);
  // Without a folder, the pattern would be that of pages.
  if (/[^\w/-]/.test(before) || before + tokens === "") return null;
  const pattern = `${before}${tokens}/:slug/`;
  const permalinks = { ...DEFAULT_PERMALINKS, posts: pattern };
  const isEach = posts.every((post) => {
    const path = pathOf(post, permalinks, timeZone);
    return path === post.oldPath && !isReservedPath(path);
  });
  return isEach && pattern !== DEFAULT_PERMALINKS.posts ? pattern : null;
}
