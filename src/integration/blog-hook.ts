import type { AstroConfig } from "astro";
import type { LoadedBlog } from "../lib/content/load-blog.ts";

/** Name of the integration in Astro's configuration. */
export const INTEGRATION = "backfence";

/** Astro's way for integrations to offer something to other code ("Custom hooks" in its Integration API). */
declare global {
  namespace Astro {
    interface IntegrationHooks {
      /** The blog that a build or `astro dev` loads, the latter's null while it has errors; null in other commands. */
      "backfence:blog"?: () => Promise<LoadedBlog | null> | null;
    }
  }
}

/** The blog that the integration loads for the command under way; null when the command loads none. */
export function sharedBlog({
  integrations,
}: Pick<AstroConfig, "integrations">): Promise<LoadedBlog | null> | null {
  const own = integrations.find(({ name }) => name === INTEGRATION);
  return own?.hooks["backfence:blog"]?.() ?? null;
}
