import { AuthorError } from "../lib/author-error.ts";

/** Removes the stack of an author error, which Astro would print: its message already names the place. */
export function withoutStack(error: unknown): void {
  if (error instanceof AuthorError) error.stack = "";
}

/** Wraps an error thrown by a post's code in an author error with the post's file; returns author errors unchanged. */
export function codeFailed(error: unknown, file: string): AuthorError {
  if (error instanceof AuthorError) return error;
  const message = `This post's own code failed: ${reasonOf(error)}`;
  const hint = "Fix the component that the post imports, or the expression in the post.";
  const failed = new AuthorError([{ message, file: file.replaceAll("\\", "/"), hint }]);
  withoutStack(failed);
  return failed;
}

/** For an undefined component, Astro's message contains an internal path, but neither the component nor the file. */
function reasonOf(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return /contains an undefined component/i.test(said)
    ? "a component in it is undefined, because the file that it is imported from doesn't export it"
    : said;
}
