import * as z from "zod";
import { isWebAddress } from "../values.ts";
import { nonEmpty, webAddress } from "./strings.ts";

const label = () => nonEmpty().meta({ description: "Text of the link.", examples: ["About"] });

const address = () =>
  z.string().refine((value) => isWebAddress(value) || /^\/(?!\/)/.test(value), {
    error: "a path from the blog's root such as /about/, or an absolute address",
  });

const ADDRESS = {
  description: "A path from the blog's root (without the base path), or an absolute address.",
  examples: ["/about/"],
};

/** An entry of the menu. */
export const menuItem = z
  .strictObject({
    label: label(),
    url: address().nullable().default(null).meta(ADDRESS),
    items: z
      .array(z.strictObject({ label: label(), url: address().meta(ADDRESS) }))
      .default([])
      .meta({
        description: "Entries of the list that opens below this one.",
        examples: [[{ label: "Recipes", url: "/tags/recipes/" }]],
      }),
  })
  .superRefine(({ url, items }, context) => {
    if (url === null && items.length === 0)
      context.addIssue({ code: "invalid_type", expected: "string", path: ["url"], input: undefined });
  });

const MENU_EXAMPLE = [
  { label: "Posts", url: "/posts/" },
  { label: "Topics", items: [{ label: "Recipes", url: "/tags/recipes/" }] },
  { label: "About", url: "/about/" },
];

const profileSchema = z.strictObject({
  label: nonEmpty().meta({ description: "Name of the network.", examples: ["Mastodon"] }),
  url: webAddress().meta({
    description: "Address of the profile.",
    examples: ["https://social.example/@me"],
  }),
});

/** Lists of posts, and links on every page. */
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
        "Links in the header; an entry with `items` opens a list. Default: posts; tags, series or authors (the first that exists); and subscribe. Search is always in the header.",
      examples: [MENU_EXAMPLE],
    }),
  navigation: z
    .array(menuItem)
    .default([])
    .meta({ description: "Older name for `menu`.", examples: [[{ label: "Posts", url: "/posts/" }]] }),
  startHere: z
    .array(nonEmpty())
    .default([])
    .meta({
      description: "Slugs of posts recommended to new readers.",
      examples: [["planting-garlic"]],
    }),
  profiles: z
    .array(profileSchema)
    .default([])
    .meta({
      description: "The blog's profiles on other sites, marked up as rel=me.",
      examples: [[{ label: "Mastodon", url: "https://social.example/@me" }]],
    }),
};
