const RELATIVE_TS = /(["'`])(\.{1,2}\/[^"'`\n]*?)(?<!\.d)\.ts(\?[\w&=-]+)?\1/g;

/**
 * Code with every relative path to a TypeScript file changed to the compiled one: imports in `.astro` files and
 * declarations, `new URL("./worker.ts", import.meta.url)`, `import.meta.glob("../i18n/*.ts")`, `<script src="./x.ts">`.
 */
export function withCompiledPaths(code: string): string {
  return code.replaceAll(
    RELATIVE_TS,
    (_, quote: string, file: string, query = "") => `${quote}${file}.js${query}${quote}`,
  );
}
