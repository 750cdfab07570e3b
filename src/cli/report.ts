import { AuthorError } from "../lib/author-error.ts";

/** Runs a command; a mistake that the author can mend is printed without a stack, and the exit code is 1. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AuthorError)) throw error;
    console.error(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}
