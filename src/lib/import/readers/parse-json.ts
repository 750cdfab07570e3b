import type * as z from "zod";
import { AuthorError } from "../../author-error.ts";

/**
 * Parses and validates JSON of an export.
 * @param system name of the platform, for the message.
 * @throws AuthorError if it's damaged or doesn't match the schema.
 */
export function parseJson<T>(json: string, file: string, schema: z.ZodType<T>, system: string): T {
  const parsed = schema.safeParse(parsedJson(json));
  if (parsed.success) return parsed.data;
  const place = parsed.error.issues[0]?.path.join(".") ?? "";
  const where = place === "" ? "It may end too early" : `Its part “${place}” is wrong`;
  throw new AuthorError([
    { file, message: `This isn't a complete export of ${system}`, hint: `${where}. Export it again.` },
  ]);
}

/** Parses JSON; null if it's invalid or nests too deep. */
export function parsedJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}
