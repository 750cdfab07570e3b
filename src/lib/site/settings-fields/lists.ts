import * as z from "zod";
import { isWebAddress } from "../values.ts";
import { nonEmpty, webAddress } from "./strings.ts";

const linkSchema = z.strictObject({
  label: nonEmpty().meta({ description: "The words of the link.", examples: ["About"] }),
  url: z
    .string()
    .refine((value) => isWebAddress(value) || /^\/(?!\/)/.test(value), {
      error: "a path from the blog's root such as /about/, or an absolute address",
    })
    .meta({
      description: "A path from the blog's root (without the base path), or an absolute address.",
      examples: ["/about/"],
    }),
});

const profileSchema = z.strictObject({
  label: nonEmpty().meta({ description: "The name of the network.", examples: ["Mastodon"] }),
  url: webAddress().meta({
    description: "Address of the profile.",
    examples: ["https://social.example/@me"],
  }),
});

/** What the blog leads to: lists of posts, and links on every page. */
export const listFields = {
  postsPerPage: z
    .int()
    .min(1)
    .max(200)
    .default(20)
    .meta({
      description: "Posts on one page of a list.",
      examples: [20],
    }),
  navigation: z
    .array(linkSchema)
    .default([])
    .meta({
      description:
        "Links in the head of each page. Left out: posts, tags, archive and search, in the blog's language.",
      examples: [
        [
          { label: "Posts", url: "/posts/" },
          { label: "About", url: "/about/" },
        ],
      ],
    }),
  startHere: z
    .array(nonEmpty())
    .default([])
    .meta({
      description: "Slugs of the posts that a new reader should begin with.",
      examples: [["virtual-backyard-fence"]],
    }),
  profiles: z
    .array(profileSchema)
    .default([])
    .meta({
      description: "Profiles of the blog elsewhere, marked up as rel=me.",
      examples: [[{ label: "Mastodon", url: "https://social.example/@me" }]],
    }),
};
