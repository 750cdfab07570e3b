import path from "node:path";
import { didYouMean } from "../did-you-mean.ts";
import { readIfThere } from "../cache/file-state.ts";
import type { TextIndex } from "../markdown/markdown-options.ts";
import type { Settings } from "../site/settings.ts";
import { slugOf } from "../site/slug.ts";
import { siteUrls } from "../site/urls.ts";
import type { ContentFile } from "./folder-entries.ts";
import { readPostHead } from "./front-matter/read-head.ts";
import { isUntitled } from "./post-entry.ts";
import { readDates } from "./read-dates.ts";
import { postPath } from "./resolve-post.ts";
import { pageVersionOf, postVersionOf } from "./text-version.ts";

/** The author's texts, as listed by `listContent`. */
export interface TextFiles {
  /** Posts and notes. */
  readonly posts: readonly ContentFile[];
  readonly pages: readonly ContentFile[];
}

/**
 * Creates an index that finds texts and their addresses for links such as `[[name]]` or `./other.md`. Patterns of
 * `permalinks` may need the front matter, which is read on the first lookup of a text's address.
 */
export function textIndex({ posts, pages }: TextFiles, root: string, settings: Settings): TextIndex {
  const urls = siteUrls(settings);
  const finders = once(
    () =>
      new Map([
        ...posts.map((file) => [file.file, () => addressOfPost(file, root, settings)] as const),
        ...pages.map((file) => [file.file, () => urls.pagePath(pageVersionOf(file, settings.lang).name)] as const),
      ]),
  );
  const byName = once(() => {
    const named = [...posts, ...pages].flatMap((text) => pathsOf(text).map((named) => ({ named, file: text.file })));
    return Map.groupBy(named, ({ named: slugs }) => slugs.slice(slugs.lastIndexOf("/")));
  });
  const known = new Map<string, string | null>();
  return {
    addressOf(file) {
      const address = known.get(file) ?? finders().get(file)?.() ?? null;
      known.set(file, address);
      return address;
    },
    filesNamed(name) {
      const wanted = slugged(`/${name.replace(/^\/+/, "")}`);
      const found = byName().get(wanted.slice(wanted.lastIndexOf("/"))) ?? [];
      return found.filter(({ named }) => named.endsWith(wanted)).map(({ file }) => file);
    },
    nameLike: (name) => didYouMean(slugOf(name), [...byName().keys()].map((one) => one.slice(1))),
  };
}

/** Paths that can refer to a text: its file's without extension and `index`, and one with its name, without a date. */
function pathsOf({ file, name }: ContentFile): readonly string[] {
  const stem = `/${file}`.replace(/\.\w+$/, "").replace(/\/index$/, "");
  const page = `${path.posix.dirname(stem)}/${path.posix.basename(name)}`;
  return [...new Set([slugged(stem), slugged(page)])];
}

/** Slugifies each part of a path that begins with a slash. */
function slugged(file: string): string {
  return file
    .split("/")
    .map((part) => (part === "" ? "" : slugOf(part)))
    .join("/");
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function addressOfPost(listed: ContentFile, root: string, settings: Settings): string {
  const { file, stem, lang } = postVersionOf(listed, settings.lang);
  const head = readPostHead(readIfThere(path.join(root, file)) ?? Buffer.from(""), file);
  const { date } = readDates(head, settings.timeZone, []);
  return postPath({ front: head.front, date, isUntitled: isUntitled(head) }, { file, stem, lang, settings });
}
