/** Errors of the author's components and pages while they are rendered, with file and line in place of a stack. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { AuthorError } from "../lib/author-error.ts";
import type { OnPageError } from "../lib/site/rendering.ts";
import { withoutStack } from "./author-errors.ts";
import { stackPlaces, type StackPlace } from "../lib/stack-places.ts";
import { authorsFile, type Folders } from "./bundle-errors.ts";

/** Errors that pages have thrown, by the page's address. */
export class PageErrors {
  readonly #byUrl = new Map<string, unknown>();
  readonly #folders: Folders;

  constructor(folders: Folders) {
    this.#folders = folders;
  }

  /** For the middleware of the bundle. */
  readonly onPageError: OnPageError = (error, url) => {
    this.#byUrl.set(url, error);
    return new Response("The page can't be rendered", { status: 500 });
  };

  /**
   * @param what see {@link codeError}.
   * @throws what the page at an address threw: an AuthorError if it comes from the author's code.
   */
  throwOf(url: string, what = pageFails(url)): void {
    if (this.#byUrl.has(url)) throw this.named(this.#byUrl.get(url), what);
  }

  /** An error as {@link codeError}. */
  named(error: unknown, what: string): unknown {
    return codeError(error, what, this.#folders);
  }
}

/** That a page fails, in words. @param url absolute. */
export function pageFails(url: string): string {
  return `The page ${decodeURI(new URL(url).pathname)} can't be rendered`;
}

/**
 * An error of code as an author error, if a file of the author's is among the callers; else the error itself.
 * @param what what the error prevents, as a sentence without a period.
 */
export function codeError(error: unknown, what: string, folders: Folders): unknown {
  if (error instanceof AuthorError) return error;
  if (!(error instanceof Error)) return Object.assign(new Error(`${what}: ${String(error)}`), { stack: "" });
  const [place] = stackPlaces(error)
    .flatMap((one) => inSource(one, folders.root))
    .flatMap(({ file, line }) => {
      const name = authorsFile(file, folders);
      return name === null ? [] : [{ file: name, ...(line === null ? {} : { line }) }];
    });
  if (place === undefined) return error;
  const message = `${what}: ${error.message.split("\n")[0] ?? ""}`;
  const hint = "The code in this file failed. Correct it, or take the component out.";
  const failed = new AuthorError([{ ...place, message, hint }]);
  withoutStack(failed);
  return failed;
}

interface Place {
  readonly file: string;
  readonly line: number | null;
}

/** The source of a line in a bundle, whose comments name the file of each part; a line of any other file as it is. */
function inSource({ file, line, column }: StackPlace, root: string): readonly Place[] {
  const lines = existsSync(file) && file.endsWith(".mjs") ? readFileSync(file, "utf8").split("\n") : [];
  const parts = lines.flatMap((text, at) => {
    const part = PART.exec(text)?.[1];
    return part === undefined ? [] : [{ at, part }];
  });
  if (!parts.some(({ part }) => existsSync(path.resolve(root, part)))) return [{ file, line }];
  const source = path.resolve(root, parts.findLast(({ at }) => at < line)?.part ?? "");
  return existsSync(source) ? [{ file: source, line: lineOf(lines[line - 1] ?? "", column, source) }] : [];
}

/** `// src/components/Chart.astro` before the code of a file; `// \0virtual:…` before that of a plug-in. */
const PART = /^\/\/(?:#region)? (\S+)$/;

/**
 * The line of a source that has the code of a line of the bundle. White space and quotes may differ; a template is one line
 * in the bundle, so that the names at the column decide. Null when several lines have it.
 */
function lineOf(bundled: string, column: number, source: string): number | null {
  const lines = readFileSync(source, "utf8").split("\n");
  const code = plainCode(bundled);
  const names =
    (/[\w$.?]*$/.exec(bundled.slice(0, column - 1))?.[0] ?? "") +
    (/^[\w$.?]*/.exec(bundled.slice(column - 1))?.[0] ?? "");
  const having = (isIn: (line: string) => boolean): readonly number[] =>
    lines.flatMap((line, at) => (isIn(line) ? [at + 1] : []));
  const same = having((line) => plainCode(line) === code);
  const near =
    same.length === 0 && !/^(?:.{0,2}|null|true|false|void|undefined)$/.test(names)
      ? having((line) => line.includes(names))
      : same;
  return near.length === 1 ? (near[0] ?? null) : null;
}

function plainCode(line: string): string {
  return line.replaceAll(/[\s;]/g, "").replaceAll(/['`]/g, '"');
}
