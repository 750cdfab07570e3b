/**
 * Files of the author's folder embedded in an export, so that Backfence can restore it byte for byte. Other programs
 * ignore them and read the posts.
 */
import * as z from "zod";
import type { AuthorFile } from "./read-blog.ts";

export const sourceFileSchema = z.strictObject({
  name: z.string().min(1),
  /** Content of a UTF-8 file; other files have `base64` instead. */
  text: z.string().optional(),
  base64: z.base64().optional(),
});

export type SourceFile = z.output<typeof sourceFileSchema>;

export function toSourceFile({ name, bytes }: AuthorFile): SourceFile {
  const text = bytes.toString("utf8");
  return Buffer.from(text).equals(bytes) ? { name, text } : { name, base64: bytes.toString("base64") };
}

export function bytesOf({ text, base64 }: SourceFile): Buffer {
  return base64 === undefined ? Buffer.from(text ?? "") : Buffer.from(base64, "base64");
}
