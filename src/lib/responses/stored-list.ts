/** JSON lists in `content/` that commands write and builds read. */
import * as z from "zod";
import { AuthorError } from "../author-error.ts";
import { conflictIssue } from "../yaml/conflict-markers.ts";
import { locateJson } from "./json-lines.ts";
import { readFileIfExists, writeFileAtomic } from "./store.ts";

export interface StoredListFile<T> {
  /** Absolute path. */
  readonly path: string;
  /** Name of the file in messages, such as `content/embeds.json`. */
  readonly name: string;
  readonly schema: z.ZodType<T>;
  /** Hint for an error in the file. */
  readonly hint: string;
}

/** Returns the entries of the file; none if it doesn't exist. @throws AuthorError with file and line. */
export function readStoredList<T>({ path, name, schema, hint }: StoredListFile<T>): T[] {
  const text = readFileIfExists(path);
  if (text === null) return [];
  const places = locateJson(text);
  const fail = (message: string, line: number): AuthorError =>
    new AuthorError([{ message, file: name, line, hint }]);
  const conflict = places.isValid ? null : conflictIssue(text, name);
  if (conflict !== null) throw new AuthorError([conflict]);
  if (!places.isValid) throw fail(`This is not valid JSON: ${places.message}`, places.line);
  const entries = z.array(schema).safeParse(JSON.parse(text));
  if (entries.success) return entries.data;
  const [issue] = entries.error.issues;
  throw fail(
    `“${issue?.path.join(".") ?? ""}” is wrong: ${issue?.message ?? ""}`,
    places.lineOf(issue?.path ?? []),
  );
}

/** Writes the entries that the schema accepts, in the order of its keys. @returns whether the file changed. */
export function writeStoredList<T>({ path, schema }: StoredListFile<T>, entries: readonly T[]): boolean {
  const list = entries.flatMap((entry) => {
    const checked = schema.safeParse(entry);
    return checked.success ? [checked.data] : [];
  });
  const before = readFileIfExists(path);
  const text = `${JSON.stringify(list, null, 2)}\n`;
  if (before === text || (before === null && list.length === 0)) return false;
  writeFileAtomic(path, text);
  return true;
}
