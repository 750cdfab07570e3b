/** The front matter of a post (`content/posts/`). Each key has a description and an example. */
import * as z from "zod";
import {
  aliasesField,
  dateField,
  extraField,
  idField,
  langField,
  pictureField,
  textField,
  webAddressField,
} from "./fields.ts";

const addresses = () =>
  z
    .union(
      [webAddressField(), z.array(webAddressField()).min(1)],
      "an absolute address that begins with https:// or http://, or a list of them",
    )
    .transform((value) => (typeof value === "string" ? [value] : value))
    .optional();

export const postSchema = z.strictObject({
  title: textField()
    .optional()
    .meta({
      description: "The title, shown above the post and in lists. A post without a title is a note.",
      examples: ["Planting garlic"],
    }),
  description: textField()
    .optional()
    .meta({
      description:
        "One or two sentences under the title; also shown in lists, feeds and search engines. Without it, those show the beginning of the text.",
      examples: ["When to plant garlic, and how deep."],
    }),
  date: dateField()
    .optional()
    .meta({
      description:
        "Date of publication, with or without a time, in any common format. Without a zone, it's in the site's `timeZone`. A post with a future date isn't published until then. Without `date`, the date in the file name counts (`2026-03-01-title.md`).",
      examples: ["2026-03-01T09:30:00+01:00"],
    }),
  updated: dateField()
    .optional()
    .meta({
      description: "Date of the last change that readers should know about.",
      examples: ["2026-04-12"],
    }),
  expires: dateField()
    .optional()
    .meta({
      description:
        "Date until which the post is published. The first build after it takes the post down, as `deleted` does.",
      examples: ["2026-12-31"],
    }),
  authors: z
    .array(idField())
    .min(1)
    .optional()
    .meta({
      description:
        "The authors: names of files in content/authors/ without .yaml, or the names in those files. Optional if the blog has one author.",
      examples: [["example-author"]],
    }),
  tags: z
    .array(textField().max(60))
    .default([])
    .meta({ description: "Subjects, in a few words each.", examples: [["garden", "autumn"]] }),
  slug: z
    .string()
    .trim()
    .regex(/^[\p{L}\p{M}\p{N}\p{So}\u200C\u200D_.~-]+$/u, "letters, digits and hyphens, without spaces and slashes")
    .optional()
    .meta({
      description: "The last part of the address. Default: the name of the file or its folder.",
      examples: ["planting-garlic"],
    }),
  series: idField()
    .optional()
    .meta({
      description: "The series that the post belongs to: the name of a file in content/series/ without .yaml.",
      examples: ["garden-year"],
    }),
  cover: pictureField()
    .optional()
    .meta({
      description: "The picture at the top of the post.",
      examples: [{ src: "./cover.svg", alt: "A row of garlic in a garden bed" }],
    }),
  link: webAddressField()
    .optional()
    .meta({
      description: "Address that the post is about; its title links there.",
      examples: ["https://elsewhere.example/a-post"],
    }),
  pinned: z
    .boolean()
    .default(false)
    .meta({ description: "Keeps the post at the top of the home page.", examples: [true] }),
  toc: z
    .boolean()
    .optional()
    .meta({
      description:
        "Whether the post has a table of contents. By default, long posts with several headings have one.",
      examples: [false],
    }),
  kicker: textField()
    .optional()
    .meta({
      description: "A short label above the title. Default: the series or the first tag.",
      examples: ["Field notes"],
    }),
  question: textField()
    .optional()
    .meta({
      description: "A question to readers, shown after the text.",
      examples: ["When do you plant yours?"],
    }),
  comments: z
    .enum(["open", "closed", "off"])
    .default("open")
    .meta({
      description:
        "`open`: anyone can respond. `closed`: existing responses are shown, new ones aren't accepted. `off`: no conversation.",
      examples: ["closed"],
    }),
  lang: langField()
    .optional()
    .meta({
      description: "Language of the post, if it isn't the site's, as a BCP 47 tag.",
      examples: ["de"],
    }),
  translationOf: textField()
    .optional()
    .meta({
      description:
        "Links translations: the slug of the original, or any name that all translations of the post share.",
      examples: ["planting-garlic"],
    }),
  translations: z
    .array(textField())
    .default([])
    .meta({ description:
        "Slugs of translations of this post. Listing them in one of the posts is enough; each needs its own `lang`.", examples: [["knoblauch-pflanzen"]] }),
  aliases: aliasesField(),
  canonical: webAddressField()
    .optional()
    .meta({
      description: "Address of the original, if this is a copy.",
      examples: ["https://elsewhere.example/original"],
    }),
  syndication: z
    .array(webAddressField())
    .default([])
    .meta({ description: "Addresses of copies of this post on other sites.", examples: [["https://social.example/@me/12"]] }),
  inReplyTo: addresses().meta({
    description: "Address of the page that this post replies to, or several.",
    examples: ["https://elsewhere.example/a-post"],
  }),
  likeOf: addresses().meta({
    description: "Address of the page that this post likes, or several.",
    examples: ["https://elsewhere.example/a-post"],
  }),
  repostOf: addresses().meta({
    description: "Address of the page that this post reposts, or several.",
    examples: ["https://elsewhere.example/a-post"],
  }),
  bookmarkOf: addresses().meta({
    description: "Address of the page that this post bookmarks, or several.",
    examples: ["https://elsewhere.example/a-post"],
  }),
  rsvp: z
    .enum(["yes", "no", "maybe", "interested"])
    .optional()
    .meta({ description: "Reply to the invitation in `inReplyTo`.", examples: ["yes"] }),
  contentNote: textField()
    .optional()
    .meta({
      description: "A note about sensitive content, shown before the text.",
      examples: ["Mentions an accident."],
    }),
  sensitive: z
    .boolean()
    .default(false)
    .meta({ description: "Shows a button with which readers can leave the page quickly.", examples: [true] }),
  draft: z
    .boolean()
    .default(false)
    .meta({ description: "Drafts are shown in `npm run dev` and left out of builds.", examples: [true] }),
  id: z
    .string("text without spaces")
    .regex(/^\S+$/, "text without spaces")
    .optional()
    .meta({
      description:
        "Permanent id of the post for feed readers and giscus. Default: the name of the file. When you rename the file, put the old name here.",
      examples: ["planting-garlic"],
    }),
  deleted: z
    .string("the day on which it was taken down, such as 2026-05-01")
    .regex(/^\d{4}-\d{2}-\d{2}$/, "the day on which it was taken down, such as 2026-05-01")
    .optional()
    .meta({
      description:
        "The day on which the post was taken down. The text is removed from the site, and its address says so.",
      examples: ["2026-05-01"],
    }),
  extra: extraField(),
});

export type PostFrontMatter = z.output<typeof postSchema>;
