import type { AuthorIssue } from "../../author-error.ts";
import { didYouMean } from "../../did-you-mean.ts";
import { canonicalPath } from "../site-map.ts";
import type { SiteMap } from "../site-map.ts";
import { isInArchive } from "./links.ts";
import type { UncheckedBlog } from "./unchecked-blog.ts";

/**
 * Checks `redirects` and `oldFeeds` of site.yaml: each old address must be free, and its target must exist.
 * @param ownerOf describes what already uses an address; null if it's free.
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
  const others = new Map(redirects.map(({ from, to }) => [canonicalPath(from), { from, to }]));
  const isThere = (path: string): boolean => map.has(path) || draft.isPublicFile(path) || isInArchive(path, draft);
  const lost = redirects.filter(({ to }) => to.startsWith("/") && !isThere(canonicalPath(to)));
  const issueAt = (from: string, message: string, hint: string): AuthorIssue => ({
    ...{ message, file, hint },
    line: draft.lineOf(file, ["redirects", from]),
  });
  const leadsOn = ({ from, to }: { readonly from: string; readonly to: string }): AuthorIssue => {
    const next = others.get(canonicalPath(to));
    if (next === undefined)
      return issueAt(
        from,
        `${from} redirects to ${to}, which doesn't exist`,
        suggestion(to, [...map.keys()]) ?? "Name an address of the blog, such as /about/.",
      );
    const end = endOf(to, others);
    return end === null
      ? issueAt(from, `${from} redirects to ${to}, which leads back to it`, "Name an address of the blog, such as /about/.")
      : issueAt(from, `${from} redirects to ${to}, which redirects to ${end}`, `Write the last address:\nredirects:\n  ${from}: ${end}`);
  };
  const twice = redirects.filter(({ from, to }) => {
    const last = others.get(canonicalPath(from));
    return last !== undefined && last.from !== from && last.to !== to;
  });
  const held = redirects.filter(({ to }) => {
    const target = to.startsWith("/") && !draft.showsAll ? map.get(canonicalPath(to)) : undefined;
    return target?.kind === "post" && target.post.visibility !== "published";
  });
  const feeds = [...map.keys()].filter((path) => /\.xml$|\.json$/.test(path));
  return [
    ...redirects.flatMap(({ from }) => taken("redirects", from, from)),
    ...lost.map(leadsOn),
    ...twice.map(({ from }) =>
      issueAt(
        from,
        `${from} is in \`redirects\` twice, with and without a slash at its end`,
        "Both are one address on most hosts. Keep one of the two lines.",
      ),
    ),
    ...held.map(({ from, to }) =>
      issueAt(from, `${from} redirects to ${to}, which isn't published yet`, "Publish it, or remove this line until then."),
    ),
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

/** The address at the end of a chain of redirects; null if it's a loop. */
function endOf(to: string, others: ReadonlyMap<string, { readonly to: string }>): string | null {
  const seen = new Set<string>();
  let end = to;
  while (end.startsWith("/")) {
    const next = others.get(canonicalPath(end));
    if (next === undefined) return end;
    if (seen.has(end)) return null;
    seen.add(end);
    end = next.to;
  }
  return end;
}

function suggestion(wanted: string, known: readonly string[]): string | null {
  const found = didYouMean(wanted, known);
  return found === null ? null : `Did you mean ${found}?`;
}
