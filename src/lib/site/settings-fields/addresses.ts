import * as z from "zod";
import { feedForOldPath } from "../old-feeds.ts";
import { possibleOutputFile } from "../urls.ts";
import { isWebAddress } from "../values.ts";

const PATH_RULE = "a path from the blog's root such as /feed/, without spaces, *, ? and #";

/** Whether a text is a path within the blog that a file can have. */
const isSitePath = (value: string): boolean =>
  /^\/(?!\/)[^\s?#*]*$/.test(value) && possibleOutputFile(value) !== null;

function withSlash(path: string): string {
  return path.startsWith("/") ? path : `/${path}`;
}

/** Addresses of a blog's past. */
export const addressFields = {
  redirects: z
    .record(
      z.string(),
      z.string().refine((value) => isWebAddress(value) || /^\/(?!\/)\S*$/.test(value), {
        error: "a path from the blog's root such as /about/, or an absolute address",
      }),
    )
    .superRefine((map, { addIssue }) => {
      if (Object.keys(map).every(isSitePath)) return;
      const fix = Object.fromEntries(Object.entries(map).map(([from, to]) => [withSlash(from), to]));
      const message = "written with old paths that begin with / and contain no space, *, ? or #";
      addIssue({ code: "custom", message, params: Object.keys(fix).every(isSitePath) ? { fix } : {} });
    })
    .transform((map) => Object.entries(map).map(([from, to]) => ({ from, to })))
    .default([])
    .meta({
      description:
        "Old addresses and their targets: a path from the blog's root, or an absolute address. For old addresses of a post or page, use its `aliases` instead.",
      examples: [{ "/contact.html": "/about/", "/shop/": "https://shop.example/" }],
    }),
  oldFeeds: z
    .array(
      z
        .union([
          z.string(),
          z.strictObject({
            path: z.string().meta({ description: "The former path.", examples: ["/category/trees/feed/"] }),
            feed: z.string().meta({
              description: "Path of the feed that replaces it.",
              examples: ["/tags/trees/rss.xml"],
            }),
          }),
        ])
        .transform((old) => (typeof old === "string" ? { path: old, feed: feedForOldPath(old) } : old))
        .refine(({ path, feed }) => isSitePath(path) && isSitePath(feed), { error: PATH_RULE }),
    )
    .default([])
    .meta({
      description:
        "Feed paths of the blog's previous software, so that subscribers are kept. Each serves the feed itself: Atom if the path contains `atom`, JSON Feed if it contains `json`, otherwise RSS.",
      examples: [["/feed/", "/feed/atom/", { path: "/category/trees/feed/", feed: "/tags/trees/rss.xml" }]],
    }),
};
