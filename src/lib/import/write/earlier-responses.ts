/** Reads responses in files of earlier imports. */
import type { PostResponse } from "../../responses/model.ts";
import { responseSchema } from "../../responses/record.ts";
import { readText } from "../decode.ts";

/**
 * Yields the records of a file that an import wrote and that wasn't edited since. It has the format of
 * `responsePieces`, where each record starts and ends on its own line.
 * @param file absolute path.
 */
export function* readEarlierResponses(file: string): Generator<PostResponse> {
  let lines: string[] | null = null;
  for (const piece of readText(file))
    for (const line of piece.split("\n")) {
      if (line === "    {") lines = [];
      else if (lines !== null && /^ {4}\},?$/.test(line)) {
        const parsed = responseSchema.safeParse(JSON.parse(`{${lines.join("\n")}}`));
        if (parsed.success) yield parsed.data;
        lines = null;
      } else lines?.push(line);
    }
}
