import path from "node:path";
import type { Plugin } from "vite";

const ID = "virtual:backfence/container-renderers";

/**
 * `virtual:backfence/container-renderers`: renderers for components of the project's UI frameworks outside of a page,
 * from the integrations that provide one (`@astrojs/react/container-renderer`).
 * @param integrations names of the packages. @param root the project's root, absolute.
 */
export function containerRenderersPlugin(integrations: readonly string[], root: string): Plugin {
  return {
    name: "backfence:container-renderers",
    resolveId: { filter: { id: /^virtual:backfence\/container-renderers$/ }, handler: () => `\0${ID}` },
    load: {
      filter: { id: /^\0virtual:backfence\/container-renderers$/ },
      async handler() {
        const modules: string[] = [];
        for (const name of integrations) {
          const module = `${name}/container-renderer`;
          // Throws if the package has no such export; null if there is no package.
          const found = await this.resolve(module, path.join(root, "package.json")).catch(() => null);
          if (found !== null) modules.push(found.id);
        }
        const imports = modules.map(
          (module, at) => `import { getContainerRenderer as renderer${at} } from ${JSON.stringify(module)};`,
        );
        const list = modules.map((_, at) => `renderer${at}()`);
        return `${imports.join("\n")}\nexport const renderers = [${list.join(", ")}];`;
      },
    },
  };
}
