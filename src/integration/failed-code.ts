import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Where the author's code failed: a file of theirs, absolute, and its 1-based line. */
interface FailedPlace {
  readonly file: string;
  readonly line: number;
}

/**
 * The line of a post, or of a file that it imports, whose code failed. The stack names places in the bundle: the code
 * there is looked for in the sources.
 * @param stack of the error. @param post the post's file, absolute.
 * @returns null when the code isn't found, such as that of a package.
 */
export function placeOfFailure(stack: string, post: string): FailedPlace | null {
  const sources = sourcesOf(post);
  for (const code of failedCode(stack)) {
    for (const [file, text] of sources) {
      const line = text.split("\n").findIndex((one) => one.includes(code));
      if (line !== -1) return { file, line: line + 1 };
    }
  }
  return null;
}

const FRAME = /\(?(file:\/\/[^\s()]+?|\/[^\s():]+):(\d+):(\d+)\)?$/;

/** Most calls of the stack that are looked at: the author's are at its top, below them are those of Astro. */
const MOST_FRAMES = 5;

/** Pieces of code at the places that a stack names, the longest of each place first. */
function failedCode(stack: string): readonly string[] {
  return stack
    .split("\n")
    .flatMap((text) => {
      const [, file, line, column] = FRAME.exec(text.trim()) ?? [];
      return file === undefined ? [] : [{ file, line: Number(line), column: Number(column) }];
    })
    .slice(0, MOST_FRAMES)
    .flatMap(({ file, line, column }) => {
      const code =
        (textOf(file.startsWith("file:") ? fileURLToPath(file) : file) ?? "").split("\n")[line - 1] ?? "";
      const before = /[\w$.]*$/.exec(code.slice(0, column - 1))?.[0] ?? "";
      const [statement = ""] = code.slice(column - 1).split(/[;{}]/);
      const [word = ""] = /^[\w$.]*/.exec(statement) ?? [];
      const pieces = [before + statement.trimEnd(), before + word];
      return pieces.filter((piece) => piece.length > 2 && piece !== "new");
    });
}

/** Most files that are read. */
const MOST_FILES = 30;

/** Texts of a post and the files of the author's that it imports, directly or not. */
function sourcesOf(post: string): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  const files = [post];
  for (const file of files) {
    const text = sources.has(file) ? null : textOf(file);
    if (text === null || sources.size >= MOST_FILES) continue;
    sources.set(file, text);
    for (const [, from = ""] of text.matchAll(/(?:from|import)\s*["'](\.{1,2}\/[^"']+)["']/g))
      files.push(path.resolve(path.dirname(file), from));
  }
  return sources;
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error) return null;
    throw error;
  }
}
