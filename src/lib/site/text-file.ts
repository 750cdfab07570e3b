import { hashOf } from "../cache/file-cache.ts";
import type { FileSpec } from "./outputs.ts";

/**
 * A file whose text is cheap to generate; its key is the hash of the text.
 * @param path site path.
 */
export function textFile(path: string, text: string): FileSpec {
  return { path, key: hashOf(text), make: () => Promise.resolve(text) };
}
