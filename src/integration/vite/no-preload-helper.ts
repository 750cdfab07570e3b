const HELPER = /vite\/preload-helper\.js$/;
const HELPER_IMPORT = /import\s*\{[^}]*__vitePreload[^}]*\}\s*from\s*["'][^"']+["'];?/;

/**
 * Leaves `import()` calls unchanged. Vite wraps each in a helper (0.9 KB compressed) that preloads the module's
 * dependencies. The browser scripts here are small, self-contained and import no style sheets; without the helper, a
 * post page loads 2.1 KB of script instead of 3.4 KB. If Vite changes the helper, this plug-in has no effect.
 */
export function noPreloadHelper(): {
  name: string;
  enforce: "pre";
  applyToEnvironment(environment: { readonly name: string }): boolean;
  load: { filter: { id: RegExp }; handler(): string };
  renderChunk(code: string): string | null;
  generateBundle(options: unknown, bundle: Record<string, { readonly name?: string | undefined }>): void;
} {
  return {
    name: "backfence:no-preload-helper",
    enforce: "pre",
    applyToEnvironment: ({ name }) => name === "client",
    load: { filter: { id: HELPER }, handler: () => "export const __vitePreload = (load) => load();" },
    renderChunk(code) {
      if (!HELPER_IMPORT.test(code)) return null;
      const plain = code.replace(HELPER_IMPORT, "const __vitePreload = (load) => load();");
      return plain.replaceAll(/,\s*__VITE_PRELOAD__[\da-f]*/g, "");
    },
    generateBundle(_options, bundle) {
      for (const [file, { name }] of Object.entries(bundle))
        if (name === "preload-helper") delete bundle[file];
    },
  };
}
