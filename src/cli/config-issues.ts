import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parse } from "acorn";
import { AuthorError, type AuthorIssue } from "../lib/author-error.ts";
import { placeInProject } from "../lib/stack-places.ts";

/** File names of Astro's configuration, in Astro's lookup order. */
export const CONFIG_FILES = ["mjs", "js", "ts", "mts"].map((ending) => `astro.config.${ending}`);

/**
 * Errors in the project's Astro configuration. It is imported as Astro does before any integration runs, where Astro's
 * own commands would end with a stack trace.
 * @param root the project's root, absolute.
 */
export async function configIssues(root: string): Promise<readonly AuthorIssue[]> {
  const name = CONFIG_FILES.find((one) => existsSync(path.join(root, one)));
  if (name === undefined || (/ts$/.test(name) && !process.features.typescript)) return [];
  try {
    // A new URL for each import, as in Astro: Node caches modules that failed to load.
    await import(`${pathToFileURL(path.join(root, name)).href}?t=${Date.now()}`);
    return [];
  } catch (error) {
    if (error instanceof AuthorError) return error.issues;
    const issue = error instanceof Error ? issueOf(error, { root, name }) : thrown(String(error), name);
    return issue === null ? [] : [issue];
  }
}

/** Packages that every project needs. */
const REQUIRED: readonly string[] = ["astro", "backfence"];

/** Returns null for code that Node rejects but Astro can load through Vite. */
function issueOf(
  error: Error,
  { root, name }: { readonly root: string; readonly name: string },
): AuthorIssue | null {
  const code: unknown = Reflect.get(error, "code");
  const text = readFileSync(path.join(root, name), "utf8");
  const missing = code === "ERR_MODULE_NOT_FOUND" ? missingIn(error.message) : null;
  // Before `npm install`, no package is present, and the content can be checked without them.
  if (missing?.isPackage && REQUIRED.includes(missing.what)) return null;
  if (missing !== null) return missingImport(missing, text, { root, name });
  if (typeof code === "string" && code.startsWith("ERR_")) return null;
  const place = placeInProject(error, root);
  if (place !== null) return { ...thrown(error.message, place.file), line: place.line };
  const line = error instanceof SyntaxError ? wrongLine(text) : null;
  return { ...thrown(error.message, name), ...(line === null ? {} : { line }) };
}

/** The line of the first syntax error, which Node's error doesn't name; null if the code can be parsed. */
function wrongLine(code: string): number | null {
  try {
    parse(code, { ecmaVersion: "latest", sourceType: "module" });
    return null;
  } catch (error) {
    const loc: unknown = error instanceof SyntaxError ? Reflect.get(error, "loc") : null;
    const line: unknown = typeof loc === "object" && loc !== null ? Reflect.get(loc, "line") : null;
    return typeof line === "number" ? line : null;
  }
}

function thrown(message: string, file: string): AuthorIssue {
  return {
    message: `The configuration of Astro can't be loaded: ${message.split("\n")[0] ?? ""}`,
    file,
    hint: "Correct this line. No command of Astro's works without its configuration.",
  };
}

interface Missing {
  readonly what: string;
  readonly isPackage: boolean;
}

function missingIn(message: string): Missing | null {
  const [, kind, what] = /^Cannot find (package|module) '([^']+)'/.exec(message) ?? [];
  return what === undefined ? null : { what, isPackage: kind === "package" };
}

/** The error for a package that isn't installed, or for a file that exists under no extension. */
function missingImport(
  { what, isPackage }: Missing,
  text: string,
  { root, name }: { readonly root: string; readonly name: string },
): AuthorIssue | null {
  const isFile = !isPackage;
  // Vite resolves imports without a file extension.
  if (isFile && ["ts", "js", "mjs", "mts", "json"].some((end) => existsSync(`${what}.${end}`))) return null;
  const shown = isFile ? path.relative(root, what).replaceAll("\\", "/") : what;
  const at = text.split("\n").findIndex((line) => line.includes(isFile ? path.basename(what) : what));
  const place = { file: name, ...(at === -1 ? {} : { line: at + 1 }) };
  if (isPackage)
    return {
      message: `The package ${shown} isn't installed`,
      ...place,
      hint: `Correct its name, or install it:\nnpm install ${shown}`,
    };
  return {
    message: `This imports a file that isn't there: ${shown}`,
    ...place,
    hint: "Correct the path, which starts from the file that imports, or take the import out.",
  };
}
