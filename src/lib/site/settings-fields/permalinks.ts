import * as z from "zod";
import { expectValue } from "../../yaml/expect-value.ts";
import { isPermalinkPattern, PERMALINK_TOKENS, permalinkPatternMeant } from "../permalink-pattern.ts";

const tokens = PERMALINK_TOKENS.map((token) => `:${token}`).join(", ");

const pattern = () =>
  z
    .string()
    .transform((value) => (/^\/.*[^/.]$/.test(value) && !/\.\w+$/.test(value) ? `${value}/` : value))
    .pipe(
      z
        .string()
        .check(
          expectValue(
            isPermalinkPattern,
            `a path with :slug in it, of folders and of ${tokens}`,
            permalinkPatternMeant,
          ),
        ),
    );

const DEFAULTS = { posts: "/posts/:slug/", notes: "/notes/:slug/", pages: "/:slug/" };

/** Pages have no date, tags or id, so their pattern can only add folders before the slug. */
const pagePattern = () =>
  pattern().pipe(
    z.string().check(
      expectValue(
        (value) => /^(?:\/[^:]*)?\/:slug\/$/.test(value),
        "a path that ends with /:slug/ and has no other part with a colon",
        (value) => `${value.split("/:")[0] ?? ""}/:slug/`,
      ),
    ),
  );

/** Permalink patterns of posts, notes and pages. */
export const permalinkFields = {
  permalinks: z
    .union(
      [
        pattern(),
        z.strictObject({
          posts: pattern()
            .default(DEFAULTS.posts)
            .meta({ description: "Addresses of posts.", examples: ["/:year/:month/:slug/"] }),
          notes: pattern()
            .default(DEFAULTS.notes)
            .meta({ description: "Addresses of notes.", examples: ["/notes/:slug/"] }),
          pages: pagePattern()
            .default(DEFAULTS.pages)
            .meta({ description: "Addresses of pages: folders, then `:slug`.", examples: ["/pages/:slug/"] }),
        }),
      ],
      "a pattern, or patterns of posts, notes and pages",
    )
    .transform((value) => (typeof value === "string" ? { ...DEFAULTS, posts: value } : value))
    .default(DEFAULTS)
    .meta({
      description: `Patterns of addresses, made of folders and of ${tokens}. A single pattern applies to posts. When you change it, add old addresses to \`aliases\`; the build lists those that are missing.`,
      examples: [{ posts: "/:year/:month/:slug/" }],
    }),
};
