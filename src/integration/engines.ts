import path from "node:path";
import { AuthorError } from "../lib/author-error.ts";
import type { ContentStore } from "../lib/content/content-store.ts";
import type { Post } from "../lib/content/model.ts";
import { findSettings } from "../lib/site/load-settings.ts";
import { Bundler } from "./bundler.ts";
import { openEngine, type Engine } from "./engine.ts";
import { engineKeyOf } from "./engine-key.ts";
import { modulePosts } from "./module-bodies-plugin.ts";
import { renderModuleBodies, type RenderedModuleBodies } from "./module-bodies.ts";

/** The engines of one build. */
export interface Engines {
  /** The engine that renders pages. */
  readonly main: Promise<Engine>;
  /**
   * The bodies of posts with imports of their own, rendered through an engine that holds only them. The first call
   * starts that; later ones get the same.
   */
  bodies(posts: readonly Post[]): Promise<RenderedModuleBodies>;
  /** Ends what is still under way. */
  end(): Promise<void>;
}

export interface EnginesOptions {
  readonly root: string;
  readonly store: ContentStore;
  readonly version: string;
  readonly contentDir: string;
  readonly onDamage: (file: string) => void;
}

/** Starts to bundle the main engine, if that's needed, while the content is still to be read. */
export function openEngines({ root, store, version, contentDir, onDamage }: EnginesOptions): Engines {
  const home = path.dirname(contentDir);
  const bundler = new Bundler();
  const { settings, issues } = findSettings({ contentDir, root: home });
  const common = { root, settings, onDamage, bundler };
  const openMain = (): Promise<Engine> => {
    const key = engineKeyOf(version, settings);
    const cacheDir = path.join(store.cacheDir, "engine");
    return openEngine({ ...common, srcDir: "./src", cacheDir, key, bodies: null });
  };
  const main = issues.length > 0 ? Promise.reject(new AuthorError(issues)) : openMain();
  let bodies: Promise<RenderedModuleBodies> | null = null;
  const startBodies = async (all: readonly Post[]): Promise<RenderedModuleBodies> => {
    const posts = modulePosts(all, home);
    if (posts.length === 0) return { bodies: [], engine: null };
    const { key } = await main;
    return renderModuleBodies(posts, { ...common, home, contentDir, engineKey: key, store });
  };
  main.catch(() => undefined);
  return {
    main,
    bodies(posts) {
      if (bodies !== null) return bodies;
      bodies = startBodies(posts);
      void Promise.allSettled([main, bodies]).then(() => bundler.end());
      return bodies;
    },
    async end() {
      bundler.end();
      await Promise.allSettled([main, bodies]);
    },
  };
}
