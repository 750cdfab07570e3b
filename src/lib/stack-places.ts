/** Parses the stack of an error for its origin. */
import path from "node:path";
import { fileURLToPath } from "node:url";

/** A position in code. */
export interface StackPlace {
  /** Absolute. */
  readonly file: string;
  /** 1-based, like the column. */
  readonly line: number;
  readonly column: number;
}

/** The files and lines in an error's stack, innermost first. */
export function stackPlaces({ stack = "" }: Error): readonly StackPlace[] {
  return stack.split("\n").flatMap((frame) => {
    const [, written, line, column] =
      /((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/])[^()]*?):(\d+):(\d+)\)?$/.exec(frame) ?? [];
    if (written === undefined) return [];
    const file = (written.startsWith("file:") ? fileURLToPath(written) : written).replace(/\?.*$/, "");
    return [{ file, line: Number(line), column: Number(column) }];
  });
}

/**
 * The first place in an error's stack that is in the project's own code, outside `node_modules`; null if there is none.
 * @param root folder of the project, absolute. @returns the file's path relative to it, with forward slashes, and line.
 */
export function placeInProject(
  error: Error,
  root: string,
): { readonly file: string; readonly line: number } | null {
  const own = stackPlaces(error)
    .map(({ file, line }) => ({ file: path.relative(root, file).replaceAll("\\", "/"), line }))
    .find(({ file }) => !/^\.\.|(?:^|\/)node_modules\//.test(file));
  return own ?? null;
}
