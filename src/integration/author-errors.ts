import { AuthorError } from "../lib/author-error.ts";

/** Astro prints the stack of every error that has one; the author's errors say where to look. */
export function withoutStack(error: unknown): void {
  if (error instanceof AuthorError) error.stack = "";
}

/** An error in the code of a post with the post's file, if it isn't the author error of another file. */
export function codeFailed(error: unknown, file: string): AuthorError {
  if (error instanceof AuthorError) return error;
  const message = `This post's own code failed: ${reasonOf(error)}`;
  const hint = "Fix the component that the post imports, or the expression in the post.";
  const failed = new AuthorError([{ message, file: file.replaceAll("\\", "/"), hint }]);
  withoutStack(failed);
  return failed;
}

/** Astro names its own address of the text, and neither the component nor the file. */
function reasonOf(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return /contains an undefined component/i.test(said)
    ? "a component in it is undefined, because the file that it is imported from doesn't export it"
    : said;
}
