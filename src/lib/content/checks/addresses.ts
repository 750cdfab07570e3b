import type { AuthorIssue } from "../../author-error.ts";
import type { Page, Post, Tombstone } from "../model.ts";
import { canonicalPath, ENGINE_FOLDERS } from "../site-map.ts";
import type { SiteMap, Target } from "../site-map.ts";
import { checkOldAddresses } from "./old-addresses.ts";
import type { UncheckedBlog } from "./unchecked-blog.ts";

type WithAliases = (Post | Page | Tombstone) & { readonly file: string };

export interface CheckedAddresses {
  /** All addresses: the engine's, the content's, and aliases. */
  readonly map: SiteMap;
  readonly issues: readonly AuthorIssue[];
}

/** Gives pages and aliases their addresses, unless something else has them. */
export function checkAddresses(draft: UncheckedBlog, taken: SiteMap): CheckedAddresses {
  const map = new Map(taken);
  const issues: AuthorIssue[] = [];
  for (const page of draft.pages) {
    const path = draft.urls.pagePath(page.slug);
    const other = ownerOf(path, map, draft);
    if (other === null) map.set(path, { kind: "page", page });
    else issues.push(takenPage(page, path, other));
  }
  for (const target of [...draft.posts, ...draft.pages, ...draft.tombstones].sort(byFile)) {
    target.aliases.forEach((alias, place) => {
      const path = canonicalPath(alias);
      const other = ownerOf(path, map, draft) ?? (isBelowFile(path, map) ? "a file" : null);
      if (other === null) map.set(path, { kind: "alias", file: target.file, target });
      else issues.push(takenAlias(alias, place, target, other, draft));
    });
  }
  issues.push(
    ...checkOldAddresses(draft, map, (path) =>
      isBelowFile(path, map) ? "a file" : ownerOf(path, map, draft),
    ),
  );
  for (const { from } of draft.settings.redirects) map.set(canonicalPath(from), { kind: "engine" });
  for (const { path } of draft.settings.oldFeeds) map.set(canonicalPath(path), { kind: "engine" });
  return { map, issues };
}

/** Description of what already uses an address; null if it's free. */
function ownerOf(path: string, map: SiteMap, draft: UncheckedBlog): string | null {
  const target = map.get(path);
  if (target !== undefined) return ownerName(target);
  if (draft.isPublicFile(path)) return "a file in public/";
  return ENGINE_FOLDERS.some((folder) => path.startsWith(folder)) ? "the blog itself" : null;
}

function ownerName(target: Target): string {
  switch (target.kind) {
    case "post":
      return target.post.file;
    case "page":
      return target.page.file;
    case "tombstone":
      return "a post that was taken down";
    case "alias":
      return `${target.file}, as an alias`;
    case "engine":
      return "the blog itself";
  }
}

function takenPage(page: Page, path: string, other: string): AuthorIssue {
  return {
    message: `The address of this page is taken: ${path}`,
    file: page.file,
    hint: `It belongs to ${other}. Give the file another name, such as ${page.slug}-page.mdx.`,
  };
}

function takenAlias(
  alias: string,
  place: number,
  target: WithAliases,
  other: string,
  draft: UncheckedBlog,
): AuthorIssue {
  const isOwn = other === target.file;
  return {
    message: isOwn
      ? `The alias ${alias} is already the address of this file`
      : `The alias ${alias} is taken`,
    file: target.file,
    line: draft.lineOf(target.file, ["aliases", place]),
    hint: isOwn
      ? "Remove it."
      : `The address belongs to ${other}. An alias is an address that nothing else has, such as /2011/11/old-name.html; remove one of the two.`,
  };
}

/** Whether an alias would be below a file, such as /rss.xml/old/. */
function isBelowFile(path: string, map: SiteMap): boolean {
  const names = path.split("/");
  return names.some((_, depth) => depth > 1 && map.has(names.slice(0, depth).join("/")));
}

function byFile(a: WithAliases, b: WithAliases): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : 0;
}
