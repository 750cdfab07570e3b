import path from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroConfig } from "astro";
import type { Loader } from "astro/loaders";
import * as z from "zod";
import { loadBlog, type LoadedBlog } from "../lib/content/load-blog.ts";
import { withoutStack } from "./author-errors.ts";
import { sharedBlog } from "./blog-hook.ts";

export interface Entry {
  readonly id: string;
  readonly data: Record<string, unknown>;
}

type Load = (config: AstroConfig) => Promise<LoadedBlog>;

/** The collections, by the names that people import. */
const COLLECTIONS = ["posts", "notes", "pages", "authors", "series"] as const;

export type CollectionName = (typeof COLLECTIONS)[number];

/** Key of the blog in the data that Astro hands to loaders with `refreshContent`. */
const REFRESHED = "backfence:blog";

/** What `astro dev` calls Astro's `refreshContent` with after each load of the blog. */
export function refreshOptions(blog: LoadedBlog): { loaders: string[]; context: Record<string, unknown> } {
  return { loaders: COLLECTIONS.map(loaderName), context: { [REFRESHED]: blog } };
}

const loadedBlog = z.custom<LoadedBlog>((value) => typeof value === "object" && value !== null);

/**
 * Fills a content collection from the blog that the integration has loaded.
 * @param load loads the blog for commands in which the integration doesn't, such as `astro sync`.
 */
export function collectionLoader(
  name: CollectionName,
  load: Load,
  entriesOf: (loaded: LoadedBlog) => readonly Entry[],
): Loader {
  return {
    name: loaderName(name),
    load: async ({ config, store, parseData, refreshContextData }) => {
      const refreshed = loadedBlog.optional().parse(refreshContextData?.[REFRESHED]);
      const loaded = refreshed ?? (await (sharedBlog(config) ?? load(config)));
      const entries = loaded === null ? [] : entriesOf(loaded);
      const parsed = await Promise.all(
        entries.map(async ({ id, data }) => ({ id, data: await parseData({ id, data }) })),
      );
      store.clear();
      for (const entry of parsed) store.set(entry);
    },
  };
}

function loaderName(name: CollectionName): string {
  return `backfence:${name}`;
}

/** Loads the blog once for all collections of a command. */
export function loadOnce(contentDir: string): Load {
  let loaded: Promise<LoadedBlog> | null = null;
  return (config) => {
    loaded ??= loadFrom(config, contentDir);
    loaded.catch(withoutStack);
    return loaded;
  };
}

/** Its cache isn't that of a build, whose results depend on the project's configuration as well. */
function loadFrom(config: AstroConfig, contentDir: string): Promise<LoadedBlog> {
  const folder = path.resolve(fileURLToPath(config.root), contentDir);
  return loadBlog({
    root: path.dirname(folder),
    contentDir: folder,
    publicDir: fileURLToPath(config.publicDir),
    pagesDir: path.join(fileURLToPath(config.srcDir), "pages"),
    cacheDir: path.join(fileURLToPath(config.cacheDir), "backfence/dev"),
    mode: "build",
    now: new Date(),
  });
}
