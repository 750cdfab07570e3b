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
      description: "The title, at the head of the post and in lists. A post without one is a note.",
      examples: ["Are your customers your friends?"],
    }),
  description: textField()
    .optional()
    .meta({
      description:
        "One or two sentences under the title; lists, feeds and search engines show them. Left out, lists, feeds and search engines show the beginning of the text.",
      examples: ["What a shop means when it says “friend”, and what its customers hear."],
    }),
  date: dateField()
    .optional()
    .meta({
      description:
        "When it's published: a day or a moment, in any usual form. Without a zone it's in the site's `timeZone`. A post with a date to come waits for it. Left out, the date in the name of the file counts (`2026-03-01-title.md`).",
      examples: ["2026-03-01T09:30:00+01:00"],
    }),
  updated: dateField()
    .optional()
    .meta({
      description: "When you last changed something that readers should know of.",
      examples: ["2026-04-12"],
    }),
  authors: z
    .array(idField())
    .min(1)
    .optional()
    .meta({
      description:
        "Who wrote it: names of files in content/authors/ without .yaml, or the names in those files. May be left out when the blog has one author.",
      examples: [["nell"]],
    }),
  tags: z
    .array(textField().max(60))
    .default([])
    .meta({ description: "What it's about, in a few words each.", examples: [["customers", "friendship"]] }),
  slug: z
    .string()
    .trim()
    .regex(/^[\p{L}\p{M}\p{N}\p{So}\u200C\u200D_.~-]+$/u, "letters, digits and hyphens, without spaces and slashes")
    .optional()
    .meta({
      description: "The last part of the address. Left out, it's the name of the file or of its folder.",
      examples: ["are-your-customers-your-friends"],
    }),
  series: idField()
    .optional()
    .meta({
      description: "The series that it's part of: the name of a file in content/series/ without .yaml.",
      examples: ["coming-home"],
    }),
  cover: pictureField()
    .optional()
    .meta({
      description: "The picture at the head of the post.",
      examples: [{ src: "./cover.svg", alt: "Two neighbours talking over a garden fence" }],
    }),
  link: webAddressField()
    .optional()
    .meta({
      description: "Address of what this post points to, for a link post: its title leads there.",
      examples: ["https://elsewhere.example/a-post"],
    }),
  pinned: z
    .boolean()
    .default(false)
    .meta({ description: "Keeps the post at the head of the front page.", examples: [true] }),
  toc: z
    .boolean()
    .optional()
    .meta({
      description:
        "Whether the post has a table of contents. Left out, long posts with several headings have one.",
      examples: [false],
    }),
  kicker: textField()
    .optional()
    .meta({
      description: "A short label above the title. Left out, the series or the first tag stands there.",
      examples: ["Field notes"],
    }),
  question: textField()
    .optional()
    .meta({
      description: "A question to readers, shown after the text.",
      examples: ["Which of your customers would you miss?"],
    }),
  comments: z
    .enum(["open", "closed", "off"])
    .default("open")
    .meta({
      description:
        "`open`: everybody can respond. `closed`: responses stay, and no new ones are taken. `off`: no conversation.",
      examples: ["closed"],
    }),
  lang: langField()
    .optional()
    .meta({
      description: "Language of the post when it isn't the site's, as a BCP 47 tag.",
      examples: ["de"],
    }),
  translationOf: textField()
    .optional()
    .meta({
      description:
        "Ties translations together: the slug of the original, or any name that all translations of a post share.",
      examples: ["are-your-customers-your-friends"],
    }),
  translations: z
    .array(textField())
    .default([])
    .meta({ description:
        "Slugs of translations of this post. Naming it in one of the two is enough; each says its own `lang`.", examples: [["sind-kunden-freunde"]] }),
  aliases: aliasesField(),
  canonical: webAddressField()
    .optional()
    .meta({
      description: "Address of the original, when this is a copy.",
      examples: ["https://elsewhere.example/original"],
    }),
  syndication: z
    .array(webAddressField())
    .default([])
    .meta({ description: "Copies of this post elsewhere.", examples: [["https://social.example/@nell/12"]] }),
  inReplyTo: addresses().meta({
    description: "Address of the page that this post replies to, or several.",
    examples: ["https://elsewhere.example/a-post"],
  }),
  likeOf: addresses().meta({
    description: "Address of what this post likes, or several.",
    examples: ["https://elsewhere.example/a-post"],
  }),
  repostOf: addresses().meta({
    description: "Address of what this post repeats, or several.",
    examples: ["https://elsewhere.example/a-post"],
  }),
  bookmarkOf: addresses().meta({
    description: "Address of what this post marks for later, or several.",
    examples: ["https://elsewhere.example/a-post"],
  }),
  rsvp: z
    .enum(["yes", "no", "maybe", "interested"])
    .optional()
    .meta({ description: "Answer to the invitation that `inReplyTo` names.", examples: ["yes"] }),
  contentNote: textField()
    .optional()
    .meta({
      description: "What readers may want to know before they read, shown before the text.",
      examples: ["Mentions control in a relationship."],
    }),
  sensitive: z
    .boolean()
    .default(false)
    .meta({ description: "Offers readers to leave the page quickly.", examples: [true] }),
  draft: z
    .boolean()
    .default(false)
    .meta({ description: "A draft appears in `npm run dev` only, never in a build.", examples: [true] }),
  id: z
    .string("text without spaces")
    .regex(/^\S+$/, "text without spaces")
    .optional()
    .meta({
      description:
        "Name of the post for feed readers and giscus, for ever. It's the file's name; when you rename the file, put the old name here.",
      examples: ["are-your-customers-your-friends"],
    }),
  deleted: z
    .string("the day on which it was taken down, such as 2026-05-01")
    .regex(/^\d{4}-\d{2}-\d{2}$/, "the day on which it was taken down, such as 2026-05-01")
    .optional()
    .meta({
      description:
        "The day on which the post was taken down. Its address says so from then on, and its text is gone.",
      examples: ["2026-05-01"],
    }),
  extra: extraField(),
});

export type PostFrontMatter = z.output<typeof postSchema>;
