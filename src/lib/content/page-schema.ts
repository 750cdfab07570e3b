/** The front matter of a page (`content/pages/`). Each key has a description and an example. */
import * as z from "zod";
import { aliasesField, extraField, langField, textField } from "./fields.ts";

export const pageSchema = z.strictObject({
  title: textField().meta({
    description: "The title, shown above the page.",
    examples: ["About this blog"],
  }),
  description: textField()
    .optional()
    .meta({
      description:
        "One or two sentences for search engines. Default: the beginning of the text.",
      examples: ["Who writes here, and why."],
    }),
  lang: langField()
    .optional()
    .meta({
      description: "Language of the page, if it isn't the site's, as a BCP 47 tag.",
      examples: ["de"],
    }),
  translationOf: textField()
    .optional()
    .meta({
      description:
        "Links translations: the last part of the original page's address, or any name that all translations share.",
      examples: ["about"],
    }),
  translations: z
    .array(textField())
    .default([])
    .meta({
      description: "Last parts of the addresses of translations of this page. Listing them in one of the pages is enough.",
      examples: [["ueber-uns"]],
    }),
  aliases: aliasesField(),
  draft: z
    .boolean()
    .default(false)
    .meta({ description: "Drafts are shown in `npm run dev` and left out of builds.", examples: [true] }),
  extra: extraField(),
});

export type PageFrontMatter = z.output<typeof pageSchema>;
