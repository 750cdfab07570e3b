/** A series (`content/series/<id>.yaml`). Each key has a description and an example. */
import * as z from "zod";
import { textField } from "./fields.ts";

export const seriesSchema = z.strictObject({
  title: textField().meta({ description: "The title of the series.", examples: ["A year in the garden"] }),
  description: textField()
    .default("")
    .meta({
      description: "What the series is about, in a sentence or two.",
      examples: ["What to sow, plant and pick, month by month."],
    }),
});
