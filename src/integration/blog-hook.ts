import type { AstroConfig } from "astro";
import type { LoadedBlog } from "../lib/content/load-blog.ts";

/** Name of the integration in Astro's configuration. */
export const INTEGRATION = "backfence";

/** Astro's way for integrations to offer something to other code ("Custom hooks" in its Integration API). */
declare global {
  namespace Astro {
    interface IntegrationHooks {
      /** The blog that a build loads; null in other commands. */
      "backfence:blog"?: () => Promise<LoadedBlog> | null;
    }
  }
}

/** The blog that the integration loads for the build under way; null when there is no build. */
export function blogOfBuild({ integrations }: Pick<AstroConfig, "integrations">): Promise<LoadedBlog> | null {
  const own = integrations.find(({ name }) => name === INTEGRATION);
  return own?.hooks["backfence:blog"]?.() ?? null;
}
