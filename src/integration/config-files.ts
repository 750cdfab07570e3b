import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

const ENDINGS = ["mjs", "js", "ts", "mts", "cjs", "cts"];

/** Endings that an import may leave out, and those of TypeScript where an import names JavaScript. */
const TRIED = ["", ...ENDINGS.map((ending) => `.${ending}`), ".json", "/index.ts", "/index.js"];

/** Specifiers in the code of a module that begin with `./` or `../`. One in a comment does no harm. */
const RELATIVE = /\b(?:from|import|require)\s*\(?\s*(["'])(\.{1,2}\/[^"'\n]+)\1/g;

/**
 * The project's configuration of Astro and the files of the project that it imports, directly and through each other.
 * @param root the project's root, absolute. @returns absolute, each once.
 */
export function configFiles(root: string): string[] {
  const files = new Set(
    ENDINGS.map((ending) => path.join(root, `astro.config.${ending}`)).filter(existsSync),
  );
  // A set is walked in the order of adding, with what is added meanwhile.
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
