import type { Plugin } from "vite";

/**
 * Vite plugin that has the bundler ask plugins of Astro's only about modules that they could have an answer for. They
 * leave all others alone by themselves, yet each question hands the name or the text of a module from thread to
 * thread: 4,900 of 15,000 for the engines of a blog with 250 posts that import something. A plugin that goes by
 * another name one day is asked about everything again.
 */
export function sparingHooks(): Plugin {
  return {
    name: "backfence:sparing-hooks",
    configResolved({ plugins }) {
      for (const plugin of plugins) {
        const { resolveId, transform } = plugin;
        if (plugin.name === "astro:session-provider" && typeof resolveId === "function")
          plugin.resolveId = { filter: { id: /[\\/]session[\\/]provider\.js$/ }, handler: resolveId };
        if (OF_ROUTES.has(plugin.name) && typeof transform === "function")
          plugin.transform = { filter: { id: /[\\/]pages[\\/]/ }, handler: transform };
      }
    },
  };
}

/** Plugins that change the files of routes, and no other. */
const OF_ROUTES: ReadonlySet<string> = new Set(["astro:routes", "astro:scripts:page-ssr"]);
