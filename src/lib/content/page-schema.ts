/** The front matter of a page (`content/pages/`). Each key has a description and an example. */
import * as z from "zod";
import { aliasesField, extraField, langField, textField } from "./fields.ts";

export const pageSchema = z.strictObject({
  title: textField().meta({
    description: "The title, at the head of the page.",
    examples: ["About this blog"],
  }),
  description: textField()
    .optional()
    .meta({
      description:
        "One or two sentences for search engines. Left out, the beginning of the text takes their place.",
      examples: ["Who writes here, and why."],
    }),
  lang: langField()
    .optional()
    .meta({
      description: "Language of the page when it isn't the site's, as a BCP 47 tag.",
      examples: ["de"],
    }),
  translationOf: textField()
    .optional()
    .meta({
      description:
        "Ties translations together: the address name of the original page, or any name that all translations share.",
      examples: ["about"],
    }),
  translations: z
    .array(textField())
    .default([])
    .meta({
      description: "Address names of translations of this page. Naming it in one of the two is enough.",
      examples: [["ueber-uns"]],
    }),
  aliases: aliasesField(),
  draft: z
    .boolean()
    .default(false)
    .meta({ description: "A draft appears in `npm run dev` only, never in a build.", examples: [true] }),
  extra: extraField(),
});

export type PageFrontMatter = z.output<typeof pageSchema>;
