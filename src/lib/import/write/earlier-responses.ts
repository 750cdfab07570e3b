/** Responses in files of earlier imports. */
import type { PostResponse } from "../../responses/model.ts";
import { responseSchema } from "../../responses/record.ts";
import { readText } from "../decode.ts";

/**
 * The records of a file that an import wrote and nobody edited since, one after another. Its form is that of
 * `responsePieces`, so that a record begins and ends on lines of its own.
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
