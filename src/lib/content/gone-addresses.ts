/** Notes on addresses that the last build had and this one lacks, with advice on how to bring them back. */
import { hashOf } from "../cache/file-cache.ts";
import type { FileCache } from "../cache/file-cache.ts";
import type { SiteMap } from "./site-map.ts";
import type { Page, Post } from "./model.ts";

interface Remembered {
  readonly path: string;
  readonly file: string;
  readonly slug: string;
  readonly id: string | null;
  readonly title: string;
  /** Hash of the text. */
  readonly text: string;
}

const KEY = hashOf("addresses of the last build");

/**
 * Notes on addresses that have disappeared since the last call with this cache. Stores the current ones for the next.
 * @param map all current addresses, including aliases and tombstones.
 */
export function goneAddresses(
  posts: readonly Post[],
  pages: readonly Page[],
  map: SiteMap,
  pagePath: (slug: string) => string,
  cache: FileCache,
): readonly string[] {
  const today = [
    ...posts.map((post) => remembered(post, post.path, post.id)),
    ...pages.map((page) => remembered(page, pagePath(page.slug), null)),
  ];
  const before = readRemembered(cache);
  const stored = JSON.stringify(today);
  if (cache.readText(KEY) !== stored) cache.write(KEY, stored);
  return before.filter(({ path }) => !map.has(path)).map((gone) => sentenceFor(gone, today));
}

function remembered({ file, slug, title, body }: Post | Page, path: string, id: string | null): Remembered {
  return { path, file, slug, id, title, text: body.sourceHash };
}

function readRemembered(cache: FileCache): readonly Remembered[] {
  const stored = cache.readText(KEY);
  if (stored === null) return [];
  const before: readonly Remembered[] = JSON.parse(stored);
  return before;
}

function sentenceFor(gone: Remembered, today: readonly Remembered[]): string {
  const heir =
    today.find(({ file }) => file === gone.file) ??
    today.find(({ text }) => text === gone.text) ??
    today.find(({ title, id }) => title === gone.title && (id === null) === (gone.id === null));
  if (heir === undefined) {
    const advice =
      gone.id === null
        ? `lead it elsewhere in content/site.yaml, under redirects: { ${gone.path}: / }`
        : `bring back ${gone.file} with the line \`deleted: <day>\`, so that the address says that it is gone`;
    return `The address ${gone.path} of the last build is gone. If that was meant, ${advice}.`;
  }
  const id = gone.id === null || heir.id === gone.id ? "" : ` and \`id: ${gone.id}\``;
  return `The address ${gone.path} of the last build is gone. Add to ${heir.file}: \`aliases: [${gone.path}]\`${id}.`;
}
