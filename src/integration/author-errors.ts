import path from "node:path";
import { AuthorError } from "../lib/author-error.ts";
import { placeOfFailure } from "./failed-code.ts";

/** Astro prints the stack of every error that has one; the author's errors say where to look. */
export function withoutStack(error: unknown): void {
  if (error instanceof AuthorError) error.stack = "";
}

/**
 * An error in the code of a post, with the line of the post, or of a file that it imports, where that is found.
 * @param file the post's, absolute. @param home folder to which the file names in messages are relative.
 */
export function codeFailed(error: unknown, file: string, home: string): AuthorError {
  const message = `This post's own code failed: ${reasonOf(error)}`;
  const place = error instanceof Error ? placeOfFailure(stackOf(error), file) : null;
  const named = (absolute: string): string => path.relative(home, absolute).replaceAll("\\", "/");
  const hint =
    place === null || place.file === file
      ? "Fix the component that the post imports, or the expression in the post."
      : `Fix it there, or take it out of ${named(file)}.`;
  const issue = { message, file: named(place?.file ?? file), hint };
  const failed = new AuthorError([place === null ? issue : { ...issue, line: place.line }]);
  withoutStack(failed);
  return failed;
}

/** Astro names its own address of the text, and neither the component nor the line. */
function reasonOf(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return /contains an undefined (?:Component|component)/i.test(said)
    ? "a component in it is undefined, because the file that it is imported from doesn't export it"
    : said;
}

function stackOf(error: Error): string {
  return "placeInBundle" in error && typeof error.placeInBundle === "string"
    ? error.placeInBundle
    : (error.stack ?? "");
}
