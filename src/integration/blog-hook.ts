import type { AstroConfig } from "astro";
import type { LoadedBlog } from "../lib/content/load-blog.ts";

/** Name of the integration in Astro's configuration. */
export const INTEGRATION = "backfence";

/** Called with the blog after each later load of `astro dev`. */
export type OnLoad = (loaded: LoadedBlog) => void;

/** Astro's way for integrations to offer something to other code ("Custom hooks" in its Integration API). */
declare global {
  namespace Astro {
    interface IntegrationHooks {
      /**
       * The blog that a build or `astro dev` loads, the latter's null while it has errors; null in other commands.
       * @param name whose function it is: the next one of the same name takes its place.
       */
      "backfence:blog"?: (name: string, onLoad: OnLoad) => Promise<LoadedBlog | null> | null;
    }
  }
}

/** The blog that the integration loads for the command under way; null when the command loads none. */
export function sharedBlog(
  { integrations }: Pick<AstroConfig, "integrations">,
  name: string,
  onLoad: OnLoad,
): Promise<LoadedBlog | null> | null {
  const own = integrations.find((one) => one.name === INTEGRATION);
  return own?.hooks["backfence:blog"]?.(name, onLoad) ?? null;
}
