import type { AstroConfig } from "astro";
import type { LoadedBlog } from "../lib/content/load-blog.ts";

/** Name of the integration in Astro's configuration. */
export const INTEGRATION = "backfence";

/** Called with the blog after each reload in `astro dev`. */
export type OnLoad = (loaded: LoadedBlog) => void;

/** Custom hooks let integrations expose data to other code ("Custom hooks" in Astro's Integration API). */
declare global {
  namespace Astro {
    interface IntegrationHooks {
      /**
       * The blog loaded by a build or `astro dev`; in dev, the last one without errors, or null if there is none. Null
       * in other commands.
       * @param name identifies the callback: a later one with the same name replaces it.
       */
      "backfence:blog"?: (name: string, onLoad: OnLoad) => Promise<LoadedBlog | null> | null;
    }
  }
}

/** The blog that the integration loads for the current command; null when the command loads none. */
export function sharedBlog(
  { integrations }: Pick<AstroConfig, "integrations">,
  name: string,
  onLoad: OnLoad,
): Promise<LoadedBlog | null> | null {
  const own = integrations.find((one) => one.name === INTEGRATION);
  return own?.hooks["backfence:blog"]?.(name, onLoad) ?? null;
}
