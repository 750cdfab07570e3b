import * as z from "zod";
import { hashOf, type FileCache } from "../lib/cache/file-cache.ts";
import type { PageSpec } from "../lib/site/outputs.ts";
import { isListed } from "../lib/site/sitemap.ts";
import type { PageGroup } from "../lib/views/site-pages.ts";

/** A page of the site with its cache key. */
export interface KeyedPage {
  readonly route: string;
  readonly params: PageSpec["params"];
  /** Site path. */
  readonly path: string;
  /** Hash of the code that renders the page and of all its data. */
  readonly key: string;
  /** Whether search engines may index it. */
  readonly isListed: boolean;
  /** Creates the view. */
  view(): object;
}

const rowSchema = z.object({
  route: z.string(),
  params: z.record(z.string(), z.string().optional()),
  path: z.string(),
  key: z.string(),
  isListed: z.boolean(),
});
/** Pages of the groups that have a key, by a hash of that key. */
const memorySchema = z.record(z.string(), z.array(rowSchema));
type Memory = z.infer<typeof memorySchema>;

const MEMORY = hashOf("page groups");

/**
 * Lists the pages of a site with their keys. Creates no views for groups whose key is unchanged since the last build,
 * nor for pages that list their inputs and state whether they are listed.
 * @param codeHash hash of the code that renders pages.
 * @param cache stores the list between builds.
 */
export function listPages(groups: readonly PageGroup[], codeHash: string, cache: FileCache): KeyedPage[] {
  const before = readMemory(cache);
  const seen: Memory = {};
  const pages = groups.flatMap((group) => pagesOf(group, codeHash, before, seen));
  const json = JSON.stringify(seen);
  if (json !== JSON.stringify(before)) cache.write(MEMORY, json);
  return pages;
}

function pagesOf(group: PageGroup, codeHash: string, before: Memory, seen: Memory): KeyedPage[] {
  const groupKey = group.key?.() ?? null;
  const name = groupKey === null ? null : hashOf(codeHash, group.routes.join(), groupKey);
  const known = name === null ? undefined : before[name];
  if (name !== null && known !== undefined) {
    seen[name] = known;
    const made = lazily(() => new Map(group.pages().map((page) => [page.path, page])));
    return known.map((row) => ({ ...row, view: () => viewOf(made().get(row.path), row.path) }));
  }
  const pages = group.pages().map((page) => keyed(page, codeHash));
  if (name !== null) seen[name] = pages.map(({ view: _view, ...row }) => row);
  return pages;
}

function keyed(page: PageSpec, codeHash: string): KeyedPage {
  const { route, params, path } = page;
  const view = lazily(() => page.view);
  const inputs = page.inputs?.() ?? JSON.stringify(view());
  // Views aren't kept: on a large site, they would take up too much memory.
  return {
    ...{ route, params, path, key: hashOf(codeHash, route, path, inputs) },
    ...{ isListed: page.isListed ?? isListed(view()), view: () => page.view },
  };
}

function viewOf(page: PageSpec | undefined, path: string): object {
  if (page === undefined) throw new Error(`The page ${path} was listed by the last build and is gone`);
  return page.view;
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function readMemory(cache: FileCache): Memory {
  const stored = cache.readText(MEMORY);
  return stored === null ? {} : memorySchema.parse(JSON.parse(stored));
}
