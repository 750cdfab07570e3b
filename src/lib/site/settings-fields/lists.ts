import * as z from "zod";
import { isWebAddress } from "../values.ts";
import { nonEmpty, webAddress } from "./strings.ts";

const label = () => nonEmpty().meta({ description: "The words of the link.", examples: ["About"] });

const address = () =>
  z.string().refine((value) => isWebAddress(value) || /^\/(?!\/)/.test(value), {
    error: "a path from the blog's root such as /about/, or an absolute address",
  });

const ADDRESS = {
  description: "A path from the blog's root (without the base path), or an absolute address.",
  examples: ["/about/"],
};

const menuItem = z.strictObject({
  label: label(),
  url: address().nullable().default(null).meta(ADDRESS),
  items: z
    .array(z.strictObject({ label: label(), url: address().meta(ADDRESS) }))
    .default([])
    .meta({
      description: "Links below this one, which open in a small list.",
      examples: [[{ label: "Recipes", url: "/tags/recipes/" }]],
    }),
});

const MENU_EXAMPLE = [
  { label: "Posts", url: "/posts/" },
  { label: "Topics", items: [{ label: "Recipes", url: "/tags/recipes/" }] },
  { label: "About", url: "/about/" },
];

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
  menu: z
    .array(menuItem)
    .default([])
    .meta({
      description:
        "Links in the header of each page; an entry with `items` opens a list. Left out: posts, then tags, series or authors, whichever there is first, and subscribe. Search has a place of its own.",
      examples: [MENU_EXAMPLE],
    }),
  navigation: z
    .array(menuItem)
    .default([])
    .meta({ description: "Another name of `menu`.", examples: [[{ label: "Posts", url: "/posts/" }]] }),
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
