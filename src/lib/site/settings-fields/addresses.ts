import * as z from "zod";
import { feedForOldPath } from "../old-feeds.ts";
import { oldPath } from "../old-path.ts";
import { encodePath, possibleOutputFile } from "../urls.ts";
import { expectValue } from "../../yaml/expect-value.ts";
import { isWebAddress, webAddressMeant } from "../values.ts";

const PATH_RULE = "a path from the blog's root such as /feed/, without *, ? and #";

/** Whether a text is a path within the blog that is a possible file. */
const isSitePath = (value: string): boolean =>
  /^\/(?!\/)[^\s?#*]*$/.test(value) && possibleOutputFile(value) !== null;

function isTarget(value: string): boolean {
  return isWebAddress(value) || /^\/(?!\/)\S*$/.test(value);
}

/** The target meant by `posts/hello`, `content/posts/hello.md` or `www.example.org/a`; null if unknown. */
function targetMeant(value: string): string | null {
  const text = value.trim();
  if (/^[a-z][\w+.-]*:(?!\/\/)/i.test(text) || /^(?:gone|none|\d+)?$/i.test(text)) return null;
  const file = /^(?:\.?\/)?content\/(.+?)(?:\/index)?\.mdx?$/.exec(text)?.[1];
  const path = `/${(file ?? text).replace(/^(?:\.{0,2}\/)+/, "").replace(/^pages\//, "")}`;
  const folder = /\.[^/]*$|[?#]|\/$/.test(path) ? path : `${path}/`;
  return webAddressMeant(text) ?? encodePath(folder);
}

/** The percent-encoded path of an old address. */
function oldSitePath(written: string): string {
  return encodePath(oldPath(written));
}

/** Redirects and former feeds. */
export const addressFields = {
  redirects: z
    .record(
      z.string(),
      z
        .string()
        .check(
          expectValue(
            isTarget,
            "a path from the blog's root such as /about/, or an absolute address",
            targetMeant,
          ),
        ),
    )
    .superRefine((map, { addIssue }) => {
      const long = Object.keys(map).find((from) =>
        from.split("/").some((part) => Buffer.byteLength(part) > 200),
      );
      if (long !== undefined)
        return addIssue({
          code: "custom",
          params: {
            fault: `has an old path that no host had: ${long.slice(0, 40)}…`,
            hint: "A file's name has at most 255 bytes on most disks. Leave this line out.",
          },
        });
      const wrong = Object.keys(map).filter((from) => !isSitePath(oldSitePath(from)));
      if (wrong.length === 0) return;
      const hint = `A rule for many addresses, or for a query, is one of your host. Write it into public/_redirects:\n${wrong.map((from) => `${oldSitePath(from)} ${map[from] ?? ""} 301`).join("\n")}`;
      const fault = `has old paths with *, ? or #: ${wrong.join(", ")}`;
      addIssue({ code: "custom", params: { fault, hint } });
    })
    .transform((map) => Object.entries(map).map(([from, to]) => ({ from: oldSitePath(from), to })))
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
        .transform(({ path, feed }) => ({ path: oldSitePath(path), feed }))
        .refine(({ path, feed }) => isSitePath(path) && isSitePath(feed), { error: PATH_RULE }),
    )
    .default([])
    .meta({
      description:
        "Feed paths of the blog's previous software, so that subscribers are kept. Each serves the feed itself: Atom if the path contains `atom`, JSON Feed if it contains `json`, otherwise RSS.",
      examples: [["/feed/", "/feed/atom/", { path: "/category/trees/feed/", feed: "/tags/trees/rss.xml" }]],
    }),
};
