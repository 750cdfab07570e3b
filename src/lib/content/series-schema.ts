/** A series (`content/series/<id>.yaml`). Each key has a description and an example. */
import * as z from "zod";
import { textField } from "./fields.ts";

export const seriesSchema = z.strictObject({
  title: textField().meta({ description: "The title of the series.", examples: ["Coming home"] }),
  description: textField()
    .default("")
    .meta({
      description: "What holds its parts together, in a sentence or two.",
      examples: ["Owning your side of the conversation."],
    }),
});
