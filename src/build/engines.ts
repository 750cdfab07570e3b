import path from "node:path";
import type { FileCache } from "../lib/cache/file-cache.ts";
import type { LoadedBlog } from "../lib/posts/load-blog.ts";
import { findSettings } from "../lib/site/load-settings.ts";
import type { Settings } from "../lib/site/settings.ts";
import { Bundler } from "./bundler.ts";
import { openEngine, type Engine } from "./engine.ts";
import { engineKeyOf } from "./engine-key.ts";
import { renderModuleBodies, type RenderedModuleBodies } from "./module-bodies.ts";

/** The engines of one build. */
export interface Engines {
  /** The engine that renders pages. */
  main(settings: Settings): Promise<Engine>;
  /** Renders the bodies of posts with imports of their own, through an engine that holds only them. */
  bodies(loaded: LoadedBlog, bodies: FileCache): Promise<RenderedModuleBodies>;
  /** Ends what is still under way. */
  end(): Promise<void>;
}

export interface EnginesOptions {
  readonly root: string;
  /** Folder for what is kept between builds. */
  readonly work: string;
  readonly version: string;
  readonly contentDir: string;
  readonly onDamage: (file: string) => void;
}

/** Starts to bundle the main engine, if that's needed, while the content is still to be read. */
export function openEngines({ root, work, version, contentDir, onDamage }: EnginesOptions): Engines {
  const home = path.dirname(contentDir);
  const bundler = new Bundler();
  const common = { root, onDamage, bundler };
  const openMain = (settings: Settings): Promise<Engine> => {
    const key = engineKeyOf(version, settings);
    const cacheDir = path.join(work, "engine");
    return openEngine({ ...common, srcDir: "./src", cacheDir, key, settings, bodies: null });
  };
  const { settings, issues } = findSettings({ contentDir, root: home });
  const early = issues.length > 0 ? null : openMain(settings);
  early?.catch(() => undefined);
  return {
    main: (settings) => early ?? openMain(settings),
    bodies: async ({ blog, store }, bodies) => {
      const engineKey = engineKeyOf(version, blog.settings);
      const { cache } = store;
      const rendered = renderModuleBodies({
        ...common,
        ...{ home, contentDir, settings: blog.settings, blog, engineKey, work, bodies, cache },
      });
      return rendered.finally(() => bundler.end());
    },
    async end() {
      bundler.end();
      await early?.catch(() => undefined);
    },
  };
}
