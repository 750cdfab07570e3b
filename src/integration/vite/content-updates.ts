import path from "node:path";
import type { Plugin } from "vite";

/**
 * Keeps Vite and Astro from reloading pages at a change in the author's folder: `connectDev` does it once the blog has
 * been read again. A page that is rendered before would show the blog as it was, and two requests for a page whose
 * modules change at that moment can end in an empty one.
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
