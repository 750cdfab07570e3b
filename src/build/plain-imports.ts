/**
 * Vite plugin that leaves `import()` as it is. Vite wraps each in a helper of 0.8 KB that preloads what the module
 * needs; ours are small, stand alone and bring no style sheets, and a page has 3 KB for all its scripts.
 */
export function plainImports(): { name: string; enforce: "pre"; load(id: string): string | null } {
  return {
    name: "backfence:plain-imports",
    enforce: "pre",
    load: (id) =>
      id.endsWith("vite/preload-helper.js") ? "export const __vitePreload = (load) => load();" : null,
  };
}
