import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

const ENDINGS = ["mjs", "js", "ts", "mts", "cjs", "cts"];

/** Endings that an import may leave out. */
const TRIED = ["", ...ENDINGS.map((ending) => `.${ending}`), ".json", "/index.ts", "/index.js"];

/** Import specifiers that begin with `./` or `../`. A match in a comment is harmless. */
const RELATIVE = /\b(?:from|import|require)\s*\(?\s*(["'])(\.{1,2}\/[^"'\n]+)\1/g;

/**
 * The project's Astro configuration and the project files that it imports, directly or indirectly.
 * @param root the project's root, absolute. @returns absolute paths, without duplicates.
 */
export function configFiles(root: string): string[] {
  const files = new Set(
    ENDINGS.map((ending) => path.join(root, `astro.config.${ending}`)).filter(existsSync),
  );
  // Iterating over a set includes entries added during the loop.
  for (const file of files)
    for (const [, , imported = ""] of readFileSync(file, "utf8").matchAll(RELATIVE)) {
      const found = fileOf(path.resolve(path.dirname(file), imported));
      if (found !== undefined) files.add(found);
    }
  return [...files];
}

function fileOf(named: string): string | undefined {
  const inTypeScript = named.replace(/\.([cm]?)js$/, ".$1ts");
  return [...TRIED.map((end) => named + end), inTypeScript].find(
    (file) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false,
  );
}
