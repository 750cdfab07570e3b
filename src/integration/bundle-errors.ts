/** Turns Vite errors about the author's own code into author errors. */
import { existsSync, globSync, realpathSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { AuthorError, type AuthorIssue } from "../lib/author-error.ts";
import { didYouMean } from "../lib/did-you-mean.ts";

/** Folder of Backfence's own code. */
const OWN_SOURCE = path.resolve(import.meta.dirname, "..");

/** Absolute folders of a project. */
export interface Folders {
  readonly root: string;
  readonly contentDir: string;
}

/**
 * Converts a build error to an author error if all its causes are in the author's content or components; otherwise
 * returns it unchanged. File paths are relative to the content folder's parent, or to the project's root.
 */
export function asAuthorError(error: unknown, folders: Folders): unknown {
  const issues: AuthorIssue[] = [];
  for (const one of singleErrors(error)) {
    const found = issuesOf(one, folders);
    if (found === null) return error;
    issues.push(...found);
  }
  const failed = new AuthorError(issues);
  // Astro prints the stack of every error that has one.
  failed.stack = "";
  return failed;
}

/** Rolldown throws a single error with all others in `errors`. */
function singleErrors(error: unknown): readonly unknown[] {
  const several: unknown = error instanceof Error ? Reflect.get(error, "errors") : null;
  return Array.isArray(several) && several.length > 0 ? several : [error];
}

function issuesOf(error: unknown, folders: Folders): readonly AuthorIssue[] | null {
  if (!(error instanceof Error)) return null;
  const own = [error, error.cause].find((one) => one instanceof AuthorError);
  if (own !== undefined) return own.issues;
  const place = placeOf(error);
  const file = place === null ? null : authorsFile(place.file, folders);
  if (place === null || file === null) return null;
  const nameOf = (other: string): string =>
    nameIn(folders, realpathSync(other), isContent(place.file, folders));
  return [{ ...said(error, nameOf), file, ...(place.line === null ? {} : { line: place.line }) }];
}

/**
 * The path of an author's file, relative to the content folder's parent or to the project's root; null for any other
 * file. @param file absolute.
 */
export function authorsFile(file: string, folders: Folders): string | null {
  if (!existsSync(file)) return null;
  const real = realpathSync(file);
  const isOther = isBelow(OWN_SOURCE, real) || real.split(path.sep).includes("node_modules");
  const isTheirs = isContent(file, folders) || (isBelow(realpathSync(folders.root), real) && !isOther);
  return isTheirs ? nameIn(folders, real, isContent(file, folders)) : null;
}

function isContent(file: string, { contentDir }: Folders): boolean {
  return isBelow(realpathSync(contentDir), realpathSync(file));
}

function isBelow(folder: string, file: string): boolean {
  return file.startsWith(folder + path.sep);
}

function nameIn({ root, contentDir }: Folders, real: string, isFromContent: boolean): string {
  const home = isFromContent ? path.dirname(realpathSync(contentDir)) : realpathSync(root);
  return path.relative(home, real).replaceAll("\\", "/");
}

/** @param nameOf relative path of a file, for the author. */
function said(error: Error, nameOf: (file: string) => string): Pick<AuthorIssue, "message" | "hint"> {
  const missing: unknown = Reflect.get(error, "exporter");
  if (Reflect.get(error, "code") === "UNRESOLVED_IMPORT" && typeof missing === "string")
    return {
      message: `This imports a file that isn't there: ${missing}`,
      hint: "Correct the path, which starts from the file that imports, or take the import out.",
    };
  const [first = ""] = stripVTControlCharacters(error.message).split("\n");
  const unresolved = UNRESOLVED.exec(first)?.[1];
  if (unresolved !== undefined)
    return {
      message: `This imports what isn't there: ${unresolved}`,
      hint: hintFor(unresolved),
    };
  const plain = first
    .replace(SPEAKER, "")
    .replaceAll(QUOTED_PATH, (all, file: string) =>
      existsSync(file) ? `"${nameOf(realpathSync(file))}"` : all,
    );
  return {
    message: `This can't be compiled: ${plain}`,
    hint: "Fix it, or take its import out.",
  };
}

/** Suggests a Backfence file with a similar name, or gives general advice. */
function hintFor(imported: string): string {
  const name = /^backfence\/(.+)$/.exec(imported)?.[1];
  const known =
    name === undefined
      ? []
      : globSync("{components,layouts,styles}/**/*.{astro,css}", { cwd: OWN_SOURCE }).map((file) =>
          file.replaceAll("\\", "/"),
        );
  const meant = name === undefined ? null : didYouMean(name, known);
  return meant === null
    ? "Correct the name, install the package that it belongs to, or take the import out."
    : `Did you mean "backfence/${meant}"?`;
}

/** Prefix of a bundler message: its kind or origin in brackets. */
const SPEAKER = /^\[[\w:-]+\] */;

/** A quoted path in a bundler message, relative to the working directory. */
const QUOTED_PATH = /"([^"]*[\\/][^"]*)"/g;

/** Vite's message for an import that resolves to neither a file nor a package. */
const UNRESOLVED = /failed to resolve import "([^"]+)" from "([^"]+)"/;

/** The file of an error is in `loc` or `id`, otherwise in the message: above the source lines or after `from`. */
function placeOf(error: Error): { file: string; line: number | null } | null {
  const loc: unknown = Reflect.get(error, "loc");
  const message = stripVTControlCharacters(error.message);
  const shown = SHOWN_PLACE.exec(message)?.[1] ?? UNRESOLVED.exec(message)?.[2];
  const file =
    fileIn(loc, "file") ?? fileIn(error, "id") ?? (shown === undefined ? null : path.resolve(shown));
  const line: unknown = typeof loc === "object" && loc !== null ? Reflect.get(loc, "line") : null;
  return file === null ? null : { file, line: typeof line === "number" ? line : null };
}

const SHOWN_PLACE = /╭─\[ (.+?):\d+:\d+ \]/;

function fileIn(holder: unknown, key: string): string | null {
  const value: unknown = typeof holder === "object" && holder !== null ? Reflect.get(holder, key) : null;
  return typeof value === "string" && path.isAbsolute(value) ? (value.split("?")[0] ?? value) : null;
}
