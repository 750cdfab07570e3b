import type * as z from "zod";
import { AuthorError } from "../../../author-error.ts";

/**
 * JSON of an export, checked.
 * @param system name of the comment system, for the message.
 * @throws AuthorError when it is damaged or of another form.
 */
export function parseJson<T>(json: string, file: string, schema: z.ZodType<T>, system: string): T {
  const fail = (hint: string): AuthorError =>
    new AuthorError([{ file, message: `This is no whole export of ${system}`, hint }]);
  try {
    const parsed = schema.safeParse(JSON.parse(json));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw fail(`In it, “${issue?.path.join(".") ?? ""}” is wrong: ${issue?.message ?? ""}. Export it again.`);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError)
      throw fail("It ends too early or was edited. Export it again.");
    throw error;
  }
}
