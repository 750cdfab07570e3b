import path from "node:path";
import type * as z from "zod";
import { AuthorError } from "../../lib/author-error.ts";
import { locateJson } from "../../lib/responses/json-lines.ts";
import { readFileIfExists } from "../../lib/responses/store.ts";

/**
 * Reads and validates a JSON file that commands write.
 *
 * @param root paths in messages are relative to this folder.
 * @returns null when the file doesn't exist.
 * @throws AuthorError with the line of the first error.
 */
export function readJsonFile<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  root: string,
): z.infer<Schema> | null {
  const text = readFileIfExists(file);
  if (text === null) return null;
  const name = path.relative(root, file).split(path.sep).join("/");
  const places = locateJson(text);
  if (!places.isValid) {
    throw fileError(name, places.line, `This is not valid JSON: ${places.message}`);
  }
  const parsed = schema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const at = issue?.path ?? [];
  const where = at.map((key) => JSON.stringify(key)).join(" → ");
  throw fileError(
    name,
    places.lineOf(at),
    `${where === "" ? "The file" : where}: ${issue?.message ?? "unreadable"}`,
  );
}

function fileError(file: string, line: number, message: string): AuthorError {
  const hint = `Commands write this file; undo the change (git checkout -- ${file}) or, after a merge,
keep the rows of both sides and remove the marks (<<<<<<<).`;
  return new AuthorError([{ file, line, message, hint }]);
}
