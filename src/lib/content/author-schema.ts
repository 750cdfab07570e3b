/** An author (`content/authors/<id>.yaml`). Each key has a description and an example. */
import * as z from "zod";
import { accountField } from "./author-accounts.ts";
import { pictureField, textField, webAddressField } from "./fields.ts";

export const authorSchema = z.strictObject({
  name: textField().meta({ description: "The name under a title.", examples: ["Nell Hartigan"] }),
  short: textField()
    .default("")
    .meta({ description: "Who that is, in one line.", examples: ["Edits the blog"] }),
  bio: textField()
    .default("")
    .meta({
      description:
        "A paragraph or two about the author, in Markdown, shown after posts and on the author's page.",
      examples: ["Nell edits this blog."],
    }),
  guest: z
    .boolean()
    .default(false)
    .meta({ description: "Whether the author is a guest of the blog.", examples: [true] }),
  photo: pictureField()
    .optional()
    .meta({
      description: "A picture of the author beside this file.",
      examples: [{ src: "./nell.svg", alt: "Nell, drawn in ink" }],
    }),
  links: z
    .array(
      z.strictObject({
        label: textField().meta({ description: "The words of the link.", examples: ["Website"] }),
        url: webAddressField().meta({ description: "Where it leads.", examples: ["https://nell.example/"] }),
      }),
    )
    .default([])
    .meta({
      description: "The author's places elsewhere, marked up as rel=me.",
      examples: [[{ label: "Website", url: "https://nell.example/" }]],
    }),
  accounts: z
    .array(accountField())
    .default([])
    .meta({
      description:
        "The author's accounts on networks: what they write there under a copy of a post is marked as the author's.",
      examples: [[{ mastodon: "@nell@social.example", id: "https://social.example/users/nell" }]],
    }),
});

export type AuthorFile = z.output<typeof authorSchema>;
