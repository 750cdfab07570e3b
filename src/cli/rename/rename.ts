/** `backfence rename`: changes a post's address, and updates everything that refers to the old one. */
import {
  accessSync,
  constants,
  existsSync,
  globSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { dateInPath, withoutDate } from "../../lib/content/file-date.ts";
import { languageSuffix } from "../../lib/content/file-language.ts";
import { loadBlog } from "../../lib/content/load-blog.ts";
import type { Blog, Post } from "../../lib/content/model.ts";
import { permalinkOf } from "../../lib/content/permalinks.ts";
import { didYouMean } from "../../lib/did-you-mean.ts";
import { isReservedName } from "../../lib/site/reserved-name.ts";
import { slugOf } from "../../lib/site/slug.ts";
import { defineCommand } from "../args/define-command.ts";
import { FOLDER_OPTIONS, foldersOf } from "../folders.ts";
import { UsageError } from "../responses/command.ts";
import { exitCodes } from "../responses/exit-codes.ts";
import { withMovedFrontMatter, withRenamedTranslation } from "./front-matter-edit.ts";
import { withRenamedFile, withRenamedLinks } from "./rename-links.ts";

/** Rename of one text. A post in several languages has one per language. */
interface Move {
  readonly post: Post;
  /** File with the text; path from the project's root. */
  readonly file: string;
  /** Old and new slug. */
  readonly slug: { readonly from: string; readonly to: string };
  /** Old and new site path, percent-encoded. */
  readonly address: { readonly from: string; readonly to: string };
  /** File or, for an `index` file, its folder, from the project's root; unchanged if `slug:` names the post. */
  readonly entry: { readonly from: string; readonly to: string };
}

export const command = defineCommand(
  {
    usage: "rename <old> <new>",
    description:
      "Changes the address of a post or note, in all its languages. The old address redirects to the new one (aliases), feeds and comments keep their id, and stored responses and links in other texts are updated.",
    positionals: { min: 2, max: 2 },
    options: {
      "dry-run": { type: "boolean", default: false, description: "show what would change; change nothing" },
      ...FOLDER_OPTIONS,
    },
    examples: [
      ["rename over-the-fence across-the-fence", "moves /posts/over-the-fence/ to /posts/across-the-fence/"],
    ],
    exitCodes: { 3: "errors in content/" },
  },
  async ({ values, positionals: [from = "", to = ""] }, context) => {
    const folders = foldersOf(values, context, "check");
    const { root, contentDir } = folders;
    const { blog } = await loadBlog({ ...folders, mode: "dev", now: context.now() });
    const post = findPost(blog.posts, from);
    const name = nameIn(to);
    if (slugOf(name) !== name.toLowerCase())
      throw new UsageError(`"${to}" can't be part of an address. For example: ${slugOf(name)}`);
    if (isReservedName(name))
      throw new UsageError(`Windows can't have a file named "${name}". Take another name`);
    const moves = movesOf(post, name, blog);
    refuseTaken(moves, blog, root);
    const changes = new Map<string, string>();
    for (const file of textsOf(blog, contentDir, root)) {
      const before = readFileSync(path.join(root, file), "utf8");
      const after = textAfter(before, file, moves, { ...folders, site: blog.settings.url });
      if (after !== before) changes.set(file, after);
    }
    const renamed = renamesOf(moves, contentDir, root);
    if (!values["dry-run"]) {
      // Check that all files are writable before changing anything.
      for (const file of changes.keys()) accessSync(path.join(root, file), constants.W_OK);
      renameAll(renamed, root);
      for (const [file, text] of changes) writeFileSync(path.join(root, movedPath(file, renamed)), text);
    }
    for (const [old, next] of renamed) context.out(`Moved ${old} → ${next}\n`);
    const own = new Set(moves.map(({ file }) => file));
    for (const file of changes.keys()) if (!own.has(file)) context.out(`Changed links in ${file}\n`);
    if (values["dry-run"]) context.out("Nothing was changed (--dry-run).\n");
    else
      for (const { address } of moves)
        context.out(`${decodeURI(address.from)} now leads to ${decodeURI(address.to)}\n`);
    return exitCodes.ok;
  },
);

/** Extracts the name of a post from a typed name, address or file path. */
function nameIn(typed: string): string {
  const parts = typed
    .replaceAll("\\", "/")
    .replace(/\/+$/, "")
    .replace(/\/index\.mdx?$/, "")
    .split("/");
  return (parts.at(-1) ?? "").replace(/\.(?:mdx?|markdown)$/, "").normalize("NFC");
}

/** Finds a post by name, address or file path. @throws UsageError if there is none. */
function findPost(posts: readonly Post[], typed: string): Post {
  const name = nameIn(typed);
  const given = typed.replaceAll("\\", "/").replace(/^\.\//, "");
  const found =
    posts.find(
      ({ file, path: address }) => file === given || decodeURI(address) === given || address === given,
    ) ??
    posts.find(({ slug }) => slug === name) ??
    posts.find(({ slug }) => slug === withoutDate(name));
  if (found !== undefined) return found;
  const near = didYouMean(
    name,
    posts.map(({ slug }) => slug),
  );
  throw new UsageError(`There is no post "${name}"${near === null ? "" : `. Did you mean "${near}"?`}`);
}

/** Renames of the post and of its versions in other languages. */
function movesOf(post: Post, name: string, blog: Blog): readonly Move[] {
  const versions = post.tie === null ? [post] : blog.posts.filter(({ tie }) => tie === post.tie);
  return versions.map((version) => {
    const { file, slug, tie, path: address } = version;
    const language = tie === null ? "" : (/\.[a-z]{2}(?:-[a-z\d]+)*$/.exec(slug)?.[0] ?? "");
    const stem = slug.slice(0, slug.length - language.length);
    const isIndex = /\/index(?:\.[^/]+)?\.(?:mdx?|markdown)$/.test(file);
    const entry = isIndex ? path.posix.dirname(file) : file;
    const { dir, base, name: whole } = path.posix.parse(entry);
    const bare = isIndex ? base : tie === null ? whole : (languageSuffix(whole)?.stem ?? whole);
    const undated = withoutDate(bare);
    const date = bare.slice(0, bare.length - undated.length);
    // If front matter sets `slug`, the file keeps its name.
    const isNamedByFile = addressName(undated.normalize("NFC")) === stem;
    const moved = `${dir}/${date}${name}${base.slice(bare.length)}`;
    return {
      post: version,
      file,
      slug: { from: slug, to: `${name}${language}` },
      address: { from: address, to: addressOf(version, stem, name, blog) },
      entry: { from: entry, to: isNamedByFile ? moved : entry },
    };
  });
}

/** The slug of a file name: names with spaces or punctuation are converted. */
function addressName(name: string): string {
  return /^[\p{L}\p{M}\p{N}\p{So}\u200C\u200D_.~-]+$/u.test(name) ? name : slugOf(name);
}

/** The site path of a post under another name, from the blog's permalink pattern. */
function addressOf(post: Post, stem: string, name: string, { settings }: Blog): string {
  const pattern = settings.permalinks[post.kind === "note" ? "notes" : "posts"];
  const pathOf = (slug: string): string => permalinkOf(pattern, { ...post, slug }, settings.timeZone);
  // Keep the language prefix of a version in another language.
  const language = post.path.slice(0, post.path.length - pathOf(stem).length);
  return `${language}${pathOf(name)}`;
}

function refuseTaken(moves: readonly Move[], { posts, tombstones }: Blog, root: string): void {
  const own = new Set(moves.map(({ slug }) => slug.from));
  const others = [...posts, ...tombstones].filter(({ slug }) => !own.has(slug));
  for (const { slug, entry } of moves) {
    if (slug.from.toLowerCase() === slug.to.toLowerCase())
      throw new UsageError(`The post "${slug.from}" has that name already`);
    const twin = others.find((other) => other.slug.toLowerCase() === slug.to.toLowerCase());
    if (twin !== undefined)
      throw new UsageError(
        `There is a post "${twin.slug}" already${"file" in twin ? `: ${twin.file}` : ", which was taken down"}`,
      );
    if (entry.from !== entry.to && existsSync(path.join(root, entry.to)))
      throw new UsageError(`There is ${entry.to} already`);
  }
}

/** Files that can contain links to a post; paths from the project's root. */
function textsOf({ posts }: Blog, contentDir: string, root: string): readonly string[] {
  const patterns = ["{posts,notes,pages}/**/*.{md,mdx,markdown}", "{authors,series}/*.yaml", "site.yaml"];
  const found = globSync(patterns, { cwd: contentDir, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"));
  return [...new Set([...posts.map(({ file }) => file), ...found])].sort();
}

function textAfter(
  before: string,
  file: string,
  moves: readonly Move[],
  { root, contentDir, site }: { readonly root: string; readonly contentDir: string; readonly site: string },
): string {
  let text = before;
  for (const { address, slug, entry, file: target } of moves) {
    text = withRenamedLinks(text, site, address.from, address.to);
    if (/\.(?:mdx?|markdown)$/.test(file)) {
      const [from, to] = [entry.from, entry.to].map((one) =>
        path.posix.basename(one).replace(/\.(?:mdx?|markdown)$/, ""),
      );
      if (from !== to)
        text = withRenamedFile(text, { file, root }, { file: target, from: from ?? "", to: to ?? "" });
      text = withRenamedTranslation(text, slug.from, slug.to);
    } else if (path.resolve(root, file) === path.join(contentDir, "site.yaml"))
      text = withRenamedInList(text, slug.from, slug.to);
  }
  const own = moves.find((move) => move.file === file);
  return own === undefined ? text : withNewFrontMatter(text, own);
}

function withNewFrontMatter(text: string, { post, file, slug, address, entry }: Move): string {
  const day = dateInPath(file);
  const next = file.replace(entry.from, entry.to);
  const moved = withMovedFrontMatter(text, {
    alias: address.from === address.to ? null : decodeURI(address.from),
    id: post.id,
    slug: slug.to,
    day: day === null || dateInPath(next) === day ? null : day,
  });
  if (moved === null)
    throw new UsageError(
      `The front matter of ${file} isn't YAML (between --- lines), which this command needs to add an alias and the id`,
    );
  return moved;
}

/** Renames a post in the list `startHere` of site.yaml. */
function withRenamedInList(settings: string, from: string, to: string): string {
  return settings.replace(/^startHere:.*(?:\n[ \t]+.*|\n[ \t]*-.*)*/m, (list) =>
    list.replaceAll(/[^\s,[\]"'-](?:[^\s,[\]"']*[^\s,[\]"'])?/g, (word) => (word === from ? to : word)),
  );
}

/** Old and new paths of files and folders, from the project's root. */
function renamesOf(moves: readonly Move[], contentDir: string, root: string): ReadonlyMap<string, string> {
  const renamed = new Map(
    moves.filter(({ entry }) => entry.from !== entry.to).map(({ entry }) => [entry.from, entry.to]),
  );
  const folder = path.relative(root, path.join(contentDir, "responses")).split(path.sep).join("/");
  for (const { slug } of moves) {
    const [old, next] = [`${folder}/${slug.from}.json`, `${folder}/${slug.to}.json`];
    if (!existsSync(path.join(root, old))) continue;
    renamed.set(old, next);
  }
  return renamed;
}

/** Renames files and folders; if one fails, reverts the earlier renames. */
function renameAll(renamed: ReadonlyMap<string, string>, root: string): void {
  const done: (readonly [old: string, next: string])[] = [];
  try {
    for (const [old, next] of renamed) {
      renameSync(path.join(root, old), path.join(root, next));
      done.push([old, next]);
    }
  } catch (error) {
    for (const [old, next] of done.toReversed()) renameSync(path.join(root, next), path.join(root, old));
    throw error;
  }
}

/** Path of a file after the renames. */
function movedPath(file: string, renamed: ReadonlyMap<string, string>): string {
  for (const [old, next] of renamed)
    if (file === old || file.startsWith(`${old}/`)) return `${next}${file.slice(old.length)}`;
  return file;
}
