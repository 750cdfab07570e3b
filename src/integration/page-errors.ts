/** Errors in the author's components and pages during rendering, with file and line instead of a stack. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { AuthorError } from "../lib/author-error.ts";
import type { OnPageError } from "../lib/site/rendering.ts";
import { withoutStack } from "./author-errors.ts";
import { stackPlaces, type StackPlace } from "../lib/stack-places.ts";
import { authorsFile, type Folders } from "./bundle-errors.ts";

/** Errors thrown by pages, by the page's URL. */
export class PageErrors {
  readonly #byUrl = new Map<string, unknown>();
  readonly #folders: Folders;

  constructor(folders: Folders) {
    this.#folders = folders;
  }

  /** Handler for the middleware in the server bundle. */
  readonly onPageError: OnPageError = (error, url) => {
    this.#byUrl.set(url, error);
    return new Response("The page can't be rendered", { status: 500 });
  };

  /**
   * @param what see {@link codeError}.
   * @throws the error of the page at a URL, if it has one: as an AuthorError if it comes from the author's code.
   */
  throwOf(url: string, what = pageFails(url)): void {
    if (this.#byUrl.has(url)) throw this.named(this.#byUrl.get(url), what);
  }

  /** Converts an error with {@link codeError}. */
  named(error: unknown, what: string): unknown {
    return codeError(error, what, this.#folders);
  }
}

/** Start of the message for a page that fails. @param url absolute. */
export function pageFails(url: string): string {
  return `The page ${decodeURI(new URL(url).pathname)} can't be rendered`;
}

/**
 * Converts an error to an author error if its stack includes a file of the author's; otherwise returns it unchanged.
 * @param what the consequence of the error, as a sentence without a period.
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

/** Maps a line of a bundle to its source, by the bundle's comments with file names; other files stay unchanged. */
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

/** Comment before the code of a file (`// src/components/Chart.astro`) or of a virtual module (`// \0virtual:…`). */
const PART = /^\/\/(?:#region)? (\S+)$/;

/**
 * Finds the source line with the same code as a line of the bundle, regardless of whitespace and quotes. A template is
 * a single line in the bundle, so it is located by the identifiers at the column. Null unless exactly one line matches.
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
