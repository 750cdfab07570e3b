import path from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroConfig } from "astro";
import type { Loader } from "astro/loaders";
import { loadBlog, type LoadedBlog } from "../lib/content/load-blog.ts";
import { withoutStack } from "./author-errors.ts";
import { sharedBlog } from "./blog-hook.ts";

export interface Entry {
  readonly id: string;
  readonly data: Record<string, unknown>;
}

type Load = (config: AstroConfig) => Promise<LoadedBlog>;

/**
 * Fills a content collection from the blog loaded by the integration; in `astro dev`, again after each reload.
 * @param load loads the blog for commands in which the integration doesn't, such as `astro sync`.
 */
export function collectionLoader(
  name: string,
  load: Load,
  entriesOf: (loaded: LoadedBlog) => readonly Entry[],
): Loader {
  return {
    name: `backfence:${name}`,
    load: async ({ config, store, parseData, logger }) => {
      const fill = async (entries: readonly Entry[]): Promise<void> => {
        const parsed = await Promise.all(
          entries.map(async ({ id, data }) => ({ id, data: await parseData({ id, data }) })),
        );
        store.clear();
        for (const entry of parsed) store.set(entry);
      };
      const fillAgain = (loaded: LoadedBlog): void =>
        void fill(entriesOf(loaded)).catch((error: unknown) => logger.error(String(error)));
      const loaded = await (sharedBlog(config, name, fillAgain) ?? load(config));
      await fill(loaded === null ? [] : entriesOf(loaded));
    },
  };
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

/** Doesn't use the cache of builds, whose results depend on the project's configuration as well. */
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
