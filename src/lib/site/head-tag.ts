import * as z from "zod";

/** A custom element for the head of every page, from `site.yaml` or `astro.config.mjs`. */
export const headTagSchema = z.strictObject({
  tag: z
    .enum(["link", "meta", "script", "style", "noscript", "base"])
    .meta({ description: "Name of the element.", examples: ["meta"] }),
  attrs: z
    .record(z.string(), z.union([z.string(), z.literal(true)]))
    .default({})
    .meta({
      description: "Its attributes; `true` stands for one without a value.",
      examples: [{ name: "fediverse:creator", content: "@me@social.example" }],
    }),
  content: z
    .string()
    .default("")
    .meta({ description: "Its text.", examples: ["p { hyphens: none }"] }),
});
export type HeadTag = z.output<typeof headTagSchema>;
