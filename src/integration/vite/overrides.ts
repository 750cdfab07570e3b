import path from "node:path";
import type { Plugin } from "vite";

/** A Backfence component and the user's file that replaces it; both absolute. */
export interface Override {
  readonly original: string;
  readonly replacement: string;
}

/**
 * Replaces Backfence components with the user's. A replacement may import the original, to wrap it.
 */
export function overridesPlugin(overrides: readonly Override[]): Plugin {
  const byOriginal = new Map(overrides.map(({ original, replacement }) => [normal(original), replacement]));
  return {
    name: "backfence:overrides",
    enforce: "pre",
    resolveId: {
      filter: { id: /\.astro$/ },
      async handler(source, importer, options) {
        if (byOriginal.size === 0) return null;
        const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
        const replacement = resolved === null ? undefined : byOriginal.get(normal(resolved.id));
        if (replacement === undefined || (importer !== undefined && normal(importer) === normal(replacement)))
          return resolved;
        return this.resolve(replacement, importer, { ...options, skipSelf: true });
      },
    },
  };
}

function normal(id: string): string {
  return path.normalize(id.split("?")[0] ?? id);
}
