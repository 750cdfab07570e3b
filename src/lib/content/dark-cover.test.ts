import { expect, test } from "vitest";
import { mistakesIn, post, SVG } from "../../../tests/support/blog-folder.ts";
import { outcomeOf } from "../../../tests/support/load-outcome.ts";
import { picturesOf } from "./pictures-of.ts";

const COVER = "cover: { src: ./cover.svg, dark: ./cover.dark.svg, alt: A fence }";

test("a cover for the dark appearance is published with the light one", async () => {
  const { loaded, errors } = await outcomeOf({
    "content/posts/a/index.md": post(COVER),
    "content/posts/a/cover.svg": SVG,
    "content/posts/a/cover.dark.svg": SVG,
  });
  expect(errors).toEqual([]);
  expect(loaded?.blog.posts[0]?.cover?.dark).toBe("content/posts/a/cover.dark.svg");
  expect(loaded === null ? [] : picturesOf(loaded.blog)).toEqual([
    "content/posts/a/cover.svg",
    "content/posts/a/cover.dark.svg",
  ]);
});

test("a missing cover for the dark appearance is an error", async () => {
  const files = { "content/posts/a/index.md": post(COVER), "content/posts/a/cover.svg": SVG };
  expect(await mistakesIn(files)).toContain("The picture ./cover.dark.svg isn't there");
});
