import * as z from "zod";
import { feedForOldPath } from "../old-feeds.ts";
import { isWebAddress } from "../values.ts";

/** A path within the blog that a file can have. */
const sitePath = () =>
  z.string().refine((value) => /^\/(?!\/)[^\s?#*]*$/.test(value), {
    error: "a path from the blog's root such as /old/, without spaces, *, ? and #",
  });

/** Addresses of a blog's past. */
export const addressFields = {
  redirects: z
    .record(
      sitePath(),
      z.string().refine((value) => isWebAddress(value) || /^\/(?!\/)\S*$/.test(value), {
        error: "a path from the blog's root such as /about/, or an absolute address",
      }),
    )
    .transform((map) => Object.entries(map).map(([from, to]) => ({ from, to })))
    .default([])
    .meta({
      description:
        "Old addresses and where each leads: a path from the blog's root, or an absolute address. Old addresses of a post or page are better placed in its own `aliases`.",
      examples: [{ "/contact.html": "/about/", "/shop/": "https://shop.example/" }],
    }),
  oldFeeds: z
    .array(
      z.union([
        sitePath().transform((path) => ({ path, feed: feedForOldPath(path) })),
        z.strictObject({
          path: sitePath().meta({ description: "The former path.", examples: ["/category/trees/feed/"] }),
          feed: sitePath().meta({
            description: "Path of the feed that takes its place.",
            examples: ["/tags/trees/rss.xml"],
          }),
        }),
      ]),
    )
    .default([])
    .meta({
      description:
        "Paths of feeds under the blog's former software. Each keeps its subscribers: it holds the feed itself. A path with `atom` in it holds the Atom feed, one with `json` the JSON Feed, any other RSS.",
      examples: [["/feed/", "/feed/atom/", { path: "/category/trees/feed/", feed: "/tags/trees/rss.xml" }]],
    }),
};
