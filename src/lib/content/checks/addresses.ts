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

/**
 * Assigns addresses to posts, pages and aliases, and reports those that are already taken.
 * @param engine addresses of the engine.
 */
export function checkAddresses(draft: UncheckedBlog, engine: SiteMap): CheckedAddresses {
  const map = new Map(engine);
  const issues: AuthorIssue[] = [];
  const patterns = engineFolderPatterns(draft);
  issues.push(...patterns.map(({ issue }) => issue));
  const place = (path: string, target: Text): void => {
    if (patterns.some(({ folder }) => path.startsWith(folder))) return;
    const other = map.get(path);
    const owner = ownerOf(path, map, draft);
    if (owner === null) map.set(path, target);
    // Files with the same name are reported by `checkSameName`.
    else if (other === undefined || nameOf(other) !== nameOf(target)) issues.push(takenText(target, path, owner, draft));
  };
  for (const post of draft.posts) place(post.path, { kind: "post", post });
  for (const tombstone of draft.tombstones) place(tombstone.path, { kind: "tombstone", tombstone });
  for (const page of draft.pages) place(draft.urls.pagePath(page.slug), { kind: "page", page });
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

/** Patterns of `permalinks` that put texts below a folder of the engine, where all their addresses would be taken. */
function engineFolderPatterns({ settings, settingsFile, lineOf }: UncheckedBlog): readonly { folder: string; issue: AuthorIssue }[] {
  return Object.entries(settings.permalinks).flatMap(([kind, pattern]) => {
    const folder = ENGINE_FOLDERS.find((one) => pattern.startsWith(one));
    if (folder === undefined) return [];
    const issue: AuthorIssue = {
      message: `\`permalinks\` puts ${kind} below ${folder}, which belongs to the blog itself`,
      file: settingsFile,
      line: lineOf(settingsFile, ["permalinks"]),
      hint: `Choose another folder:\npermalinks:\n  ${kind}: ${pattern.replace(folder, "/blog/")}`,
    };
    return [{ folder, issue }];
  });
}

type Text = Exclude<Target, { readonly kind: "alias" | "engine" }>;

/** Key that is equal for two files with the same name; posts and tombstones share their names. */
function nameOf(target: Target): string | null {
  switch (target.kind) {
    case "post":
      return `post ${target.post.slug.toLowerCase()}`;
    case "tombstone":
      return `post ${target.tombstone.slug.toLowerCase()}`;
    case "page":
      return `page ${target.page.slug.toLowerCase()}`;
    default:
      return null;
  }
}

function takenText(target: Text, path: string, owner: string, draft: UncheckedBlog): AuthorIssue {
  const belongs = `It belongs to ${owner}.`;
  if (target.kind === "page") {
    const { file } = target.page;
    const hint = `${belongs} Give the file another name, such as ${otherName(file)}.`;
    return { message: `The address of this page is taken: ${path}`, file, hint };
  }
  const slug = target.kind === "post" ? target.post.slug : target.tombstone.slug;
  const tombstones = draft.tombstones.find((tombstone) => target.kind === "tombstone" && tombstone.slug === slug);
  const file = target.kind === "post" ? target.post.file : (tombstones?.file ?? "");
  const hint = `${belongs} Give the file another name, or write into it:\nslug: ${slug.replace(/\.[a-z-]+$/, "")}-post`;
  return { message: `The address of this post is taken: ${path}`, file, hint };
}

/** Suggests another name for a file: `about.de.md` → `about-page.de.md`, `about/index.md` → `about-page/index.md`. */
function otherName(file: string): string {
  const names = file.split("/");
  const last = names.pop() ?? "";
  const folder = names.at(-1) ?? "";
  if (!/^index\./.test(last)) return last.replace(/^[^.]+/, "$&-page");
  return `${folder}-page/${last}`;
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
