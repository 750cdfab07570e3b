/** An author (`content/authors/<id>.yaml`). Each key has a description and an example. */
import * as z from "zod";
import { accountField } from "./author-accounts.ts";
import { pictureField, textField, webAddressField } from "./fields.ts";

export const authorSchema = z.strictObject({
  name: textField().meta({ description: "Name, as shown in bylines.", examples: ["Example Author"] }),
  short: textField()
    .default("")
    .meta({ description: "A description of the author in one line.", examples: ["Edits the blog"] }),
  bio: textField()
    .default("")
    .meta({
      description:
        "A paragraph or two about the author, in Markdown; shown after posts and on the author's page.",
      examples: ["Example Author edits this blog."],
    }),
  guest: z
    .boolean()
    .default(false)
    .meta({ description: "Whether the author is a guest of the blog.", examples: [true] }),
  photo: pictureField()
    .optional()
    .meta({
      description: "A picture of the author, in the same folder.",
      examples: [{ src: "./example-author.svg", alt: "Example Author, drawn in ink" }],
    }),
  links: z
    .array(
      z.strictObject({
        label: textField().meta({ description: "Text of the link.", examples: ["Website"] }),
        url: webAddressField().meta({ description: "Address of the link.", examples: ["https://author.example/"] }),
      }),
    )
    .default([])
    .meta({
      description: "The author's other websites and profiles, marked up as rel=me.",
      examples: [[{ label: "Website", url: "https://author.example/" }]],
    }),
  accounts: z
    .array(accountField())
    .default([])
    .meta({
      description:
        "The author's accounts on networks. Replies from these accounts are marked as the author's, and Mastodon's link previews name the first Mastodon account, which must allow the blog's domain.",
      examples: [[{ mastodon: "@author@social.example", id: "https://social.example/users/author" }]],
    }),
});

export type AuthorFile = z.output<typeof authorSchema>;
