import path from "node:path";
import type { Plugin } from "vite";

/**
 * Keeps Vite and Astro from reloading pages after a change in the author's folder: `ContentWatch` reloads them once the
 * blog has been reloaded. A page rendered earlier would show old content, and two requests for a page whose modules
 * change at that moment can produce an empty page.
 */
export function contentUpdatesPlugin(contentDir: string): Plugin {
  return {
    name: "backfence:content-updates",
    hotUpdate: {
      order: "pre",
      handler: ({ file }) => (path.resolve(file).startsWith(contentDir + path.sep) ? [] : undefined),
    },
  };
}
