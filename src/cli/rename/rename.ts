/** `backfence rename`: a post under another address, with everything that hangs on the old one. */
import { existsSync, globSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { didYouMean } from "../../lib/did-you-mean.ts";
import { slugOf } from "../../lib/site/slug.ts";
import { defineCommand } from "../args/define-command.ts";
import { FOLDER_OPTIONS, foldersOf } from "../folders.ts";
import { UsageError } from "../responses/command.ts";
import { exitCodes } from "../responses/exit-codes.ts";
import { withOldAddress } from "./front-matter-edit.ts";
import { withRenamedLinks } from "./rename-links.ts";

interface PostPlace {
  readonly slug: string;
  /** The file with the text, absolute. */
  readonly text: string;
  /** The file or, for an `index` file, its folder; absolute. */
  readonly entry: string;
}

export const command = defineCommand(
  {
    usage: "rename <old> <new>",
    description:
      "Changes the address of a post. The old address redirects to the new one (aliases), feeds and comments keep their id, and stored responses and links in other texts are updated.",
    positionals: { min: 2, max: 2 },
    options: {
      "dry-run": { type: "boolean", default: false, description: "show what would change; change nothing" },
      ...FOLDER_OPTIONS,
    },
    examples: [
      ["rename over-the-fence across-the-fence", "moves /posts/over-the-fence/ to /posts/across-the-fence/"],
    ],
  },
  async ({ values, positionals: [from = "", to = ""] }, context) => {
    const { root, contentDir } = foldersOf(values, context, "rename");
    const post = findPost(contentDir, slugIn(from));
    const slug = slugIn(to);
    if (slugOf(slug) !== slug.toLowerCase())
      throw new UsageError(`"${to}" can't be part of an address. For example: ${slugOf(slug)}`);
    const twin = placesIn(contentDir).find((place) => place.slug.toLowerCase() === slug.toLowerCase());
    if (twin !== undefined)
      throw new UsageError(`There is a post "${slug}" already: ${path.relative(root, twin.text)}`);
    const [oldAddress, newAddress] = [`/posts/${post.slug}/`, `/posts/${slug}/`];
    const renamed = withRenamedLinks(readFileSync(post.text, "utf8"), oldAddress, newAddress);
    const text = withOldAddress(renamed, oldAddress, post.slug);
    if (text === null)
      throw new UsageError(
        `The front matter of ${path.relative(root, post.text)} can't be read: run backfence check`,
      );
    const changes = linkChanges(contentDir, post, oldAddress, newAddress);
    changes.set(post.text, text);
    const moves = movesFor(contentDir, post, slug);
    if (!values["dry-run"]) {
      for (const [file, content] of changes) writeFileSync(file, content);
      for (const [old, next] of moves) renameSync(old, next);
    }
    const shown = (file: string) => path.relative(root, file).split(path.sep).join("/");
    for (const [old, next] of moves) context.out(`Moved ${shown(old)} → ${shown(next)}\n`);
    for (const file of changes.keys())
      if (file !== post.text) context.out(`Changed links in ${shown(file)}\n`);
    context.out(
      values["dry-run"] ? "Nothing was changed (--dry-run).\n" : `${oldAddress} now leads to ${newAddress}\n`,
    );
    return exitCodes.ok;
  },
);

/** The slug in what a person typed: a slug, an address, or a file. */
function slugIn(typed: string): string {
  const parts = typed
    .replaceAll("\\", "/")
    .replace(/\/+$/, "")
    .replace(/\/index\.mdx?$/, "")
    .split("/");
  return (parts.at(-1) ?? "").replace(/\.mdx?$/, "").normalize("NFC");
}

function placesIn(contentDir: string): readonly PostPlace[] {
  return globSync("posts/**/*.{md,mdx}", { cwd: contentDir }).map((file) => {
    const text = path.join(contentDir, file);
    const { name, dir } = path.parse(text);
    const entry = name === "index" ? dir : text;
    return { slug: (name === "index" ? path.basename(dir) : name).normalize("NFC"), text, entry };
  });
}

function findPost(contentDir: string, slug: string): PostPlace {
  const places = placesIn(contentDir);
  const found = places.find((place) => place.slug === slug);
  if (found !== undefined) return found;
  const near = didYouMean(
    slug,
    places.map((place) => place.slug),
  );
  throw new UsageError(`There is no post "${slug}"${near === null ? "" : `. Did you mean "${near}"?`}`);
}

/** Texts and settings with links to the post, by file; and the list of posts to begin with, which names slugs. */
function linkChanges(contentDir: string, post: PostPlace, from: string, to: string): Map<string, string> {
  const changes = new Map<string, string>();
  const patterns = ["{posts,notes,pages}/**/*.{md,mdx}", "{authors,series}/*.yaml", "site.yaml"];
  for (const file of globSync(patterns, { cwd: contentDir }).sort()) {
    const absolute = path.join(contentDir, file);
    const before = readFileSync(absolute, "utf8");
    let after = withRenamedLinks(before, from, to);
    if (file === "site.yaml")
      after = after.replace(/^startHere:.*(?:\n[ \t]+.*|\n[ \t]*-.*)*/m, (list) =>
        list.replaceAll(/[^\s,[\]"'-](?:[^\s,[\]"']*[^\s,[\]"'])?/g, (word) =>
          word === post.slug ? slugIn(to) : word,
        ),
      );
    if (after !== before && absolute !== post.text) changes.set(absolute, after);
  }
  return changes;
}

function movesFor(contentDir: string, post: PostPlace, slug: string): Map<string, string> {
  const ending = post.entry === post.text ? path.extname(post.text) : "";
  const moves = new Map([[post.entry, path.join(path.dirname(post.entry), `${slug}${ending}`)]]);
  const responses = path.join(contentDir, "responses", `${post.slug}.json`);
  if (existsSync(responses)) moves.set(responses, path.join(contentDir, "responses", `${slug}.json`));
  return moves;
}
