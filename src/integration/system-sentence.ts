import { statfsSync } from "node:fs";
import { AuthorError } from "../lib/author-error.ts";
import { explainSystemError } from "../lib/system-error.ts";

/** Codes of errors that only the user can fix. Others, such as a missing file, may be a bug in Backfence. */
const REFUSALS = new Set(["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "EMFILE", "ENFILE", "ENOTDIR"]);

/**
 * Converts a file system error that only the user can fix to a sentence without a stack; other errors stay unchanged.
 * @param root folder that paths in the sentence are relative to.
 */
export function inSentence(error: unknown, root: string): unknown {
  if (error instanceof AuthorError) return error;
  const refused = refusalIn(error) ?? (isFull(root) ? FULL : null);
  const explained = refused === null ? null : explainSystemError(refused, root);
  if (explained === null) return error;
  // Astro prints the stack of every error that has one, and of its cause.
  const failed = new Error(`${explained} The site is as it was.`);
  failed.name = "SystemError";
  failed.stack = "";
  return failed;
}

const FULL = Object.assign(new Error("No space is left"), { code: "ENOSPC", syscall: "write" });

/** With less free space than this, any error is attributed to a full disk. */
const LEAST_BYTES = 128 * 1024;

/** Whether the disk is full; child processes of the build may exit without reporting it. */
function isFull(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < LEAST_BYTES;
}

/** Finds a refusal in an error, its causes, or its aggregated errors. */
function refusalIn(error: unknown): Error | null {
  if (!(error instanceof Error)) return null;
  if ("code" in error && REFUSALS.has(String(error.code))) return error;
  const told = toldByBundler(error);
  if (told !== null) return told;
  const inner: readonly unknown[] = [error.cause, ...(error instanceof AggregateError ? error.errors : [])];
  return inner.reduce<Error | null>((found, one) => found ?? (one === error ? null : refusalIn(one)), null);
}

/** Error numbers of refusals, as found in the bundler's messages. */
const NUMBERS: Readonly<Record<string, string>> = {
  1: "EPERM",
  13: "EACCES",
  24: "EMFILE",
  28: "ENOSPC",
  30: "EROFS",
  122: "EDQUOT",
};

/** Parses a refusal from the message of a bundler error, which has neither code nor path. */
function toldByBundler({ message }: Error): Error | null {
  const code = NUMBERS[/\(os error (\d+)\)/.exec(message)?.[1] ?? ""];
  if (code === undefined) return null;
  const path = /(?:file|folder|directory)(?: in| at)?:? (\/[^\n]+)/.exec(message)?.[1];
  return Object.assign(new Error(message), { code, syscall: "write" }, path === undefined ? {} : { path });
}

/** Runs a part of the build and converts its errors with {@link inSentence}. */
export async function withSentences<T>(root: string, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw inSentence(error, root);
  }
}
