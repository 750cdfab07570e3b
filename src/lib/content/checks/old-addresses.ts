import type { AuthorIssue } from "../../author-error.ts";
import { didYouMean } from "../../did-you-mean.ts";
import { canonicalPath } from "../site-map.ts";
import type { SiteMap } from "../site-map.ts";
import { isInArchive } from "./links.ts";
import type { UncheckedBlog } from "./unchecked-blog.ts";

/**
 * Checks `redirects` and `oldFeeds` of site.yaml: each old address must be free, and lead to something.
 * @param ownerOf what has an address already, in words; null when it's free.
 */
export function checkOldAddresses(
  draft: UncheckedBlog,
  map: SiteMap,
  ownerOf: (path: string) => string | null,
): AuthorIssue[] {
  const { redirects, oldFeeds } = draft.settings;
  const file = draft.settingsFile;
  const taken = (key: string, path: string, place: string | number): AuthorIssue[] => {
    const owner = ownerOf(canonicalPath(path));
    if (owner === null) return [];
    const hint = `The address belongs to ${owner}. Remove this line.`;
    return [
      { message: `${path} in \`${key}\` is taken`, file, line: draft.lineOf(file, [key, place]), hint },
    ];
  };
  const lost = redirects.filter(({ to }) => {
    if (!to.startsWith("/")) return false;
    const path = canonicalPath(to);
    return !map.has(path) && !draft.isPublicFile(path) && !isInArchive(path, draft);
  });
  const feeds = [...map.keys()].filter((path) => /\.xml$|\.json$/.test(path));
  return [
    ...redirects.flatMap(({ from }) => taken("redirects", from, from)),
    ...lost.map(({ from, to }) => ({
      message: `${from} redirects to ${to}, which doesn't exist`,
      file,
      line: draft.lineOf(file, ["redirects", from]),
      hint: suggestion(to, [...map.keys()]) ?? "Name an address of the blog, such as /about/.",
    })),
    ...oldFeeds.flatMap(({ path, feed }, place) => {
      if (!feeds.includes(feed)) {
        const hint = suggestion(feed, feeds) ?? "Name a feed of the blog, such as /rss.xml.";
        const message = `There is no feed ${feed}`;
        return [{ message, file, line: draft.lineOf(file, ["oldFeeds", place]), hint }];
      }
      return path === feed ? [] : taken("oldFeeds", path, place);
    }),
  ];
}

function suggestion(wanted: string, known: readonly string[]): string | null {
  const found = didYouMean(wanted, known);
  return found === null ? null : `Did you mean ${found}?`;
}
