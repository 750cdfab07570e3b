const HELPER = /vite\/preload-helper\.js$/;
const HELPER_IMPORT = /import\s*\{[^}]*__vitePreload[^}]*\}\s*from\s*["'][^"']+["'];?/;

/**
 * Vite plugin that leaves `import()` as it is. Vite wraps each in a helper of 0.8 KB that preloads what the module
 * needs, in a file of its own that a page would find only in its scripts; our modules are small, stand alone and bring
 * no style sheets, and a page has 3 KB for all its scripts.
 */
export function plainImports(): {
  name: string;
  enforce: "pre";
  applyToEnvironment(environment: { readonly name: string }): boolean;
  load: { filter: { id: RegExp }; handler(): string };
  renderChunk(code: string): string | null;
  generateBundle(options: unknown, bundle: Record<string, { readonly name?: string | undefined }>): void;
} {
  return {
    name: "backfence:plain-imports",
    enforce: "pre",
    applyToEnvironment: ({ name }) => name === "client",
    load: { filter: { id: HELPER }, handler: () => "export const __vitePreload = (load) => load();" },
    renderChunk(code) {
      if (!HELPER_IMPORT.test(code)) return null;
      const plain = code.replace(HELPER_IMPORT, "const __vitePreload = (load) => load();");
      return plain.replaceAll(/,\s*__VITE_PRELOAD__/g, "");
    },
    generateBundle(_options, bundle) {
      for (const [file, { name }] of Object.entries(bundle))
        if (name === "preload-helper") delete bundle[file];
    },
  };
}
