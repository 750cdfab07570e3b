import { describe, expect, test } from "vitest";
import { mistakesIn, post } from "../../../tests/support/blog-folder.ts";
import { outcomeOf } from "../../../tests/support/load-outcome.ts";
import { translationGroups } from "./translations.ts";

const HELLO = "content/posts/hello.md";
const HALLO = "content/posts/hallo.md";

async function groupsOf(files: Readonly<Record<string, string>>): Promise<readonly (readonly string[])[]> {
  const { loaded, errors } = await outcomeOf(files);
  expect(errors).toEqual([]);
  const { posts = [], pages = [] } = loaded?.blog ?? {};
  return [...translationGroups(posts), ...translationGroups(pages)].map((group) =>
    group.map(({ slug, lang }) => `${slug} (${lang})`).sort(),
  );
}

describe("posts are linked as translations, whichever of them declares it", () => {
  test.each([
    ["the original", { [HELLO]: post("translations: [hallo]"), [HALLO]: post("lang: de") }],
    ["the translation", { [HELLO]: post(), [HALLO]: post("lang: de\ntranslationOf: hello") }],
    ["both", { [HELLO]: post("translations: [hallo]"), [HALLO]: post("lang: de\ntranslations: [hello]") }],
    [
      "a name that they share",
      { [HELLO]: post("translationOf: greeting"), [HALLO]: post("lang: de\ntranslationKey: greeting") },
    ],
  ])("%s", async (_, files) => {
    expect(await groupsOf(files)).toEqual([["hallo (de)", "hello (en)"]]);
  });

  test("three through one", async () => {
    const files = {
      [HELLO]: post("translations: [hallo, salut]"),
      [HALLO]: post("lang: de"),
      "content/posts/salut.md": post("lang: fr"),
    };
    expect(await groupsOf(files)).toEqual([["hallo (de)", "hello (en)", "salut (fr)"]]);
  });

  test("pages, too", async () => {
    const files = {
      "content/pages/about.md": "---\ntitle: About\ntranslations: [ueber]\n---\n",
      "content/pages/ueber.md": "---\ntitle: Über uns\nlang: de\n---\n",
    };
    expect(await groupsOf(files)).toEqual([["about (en)", "ueber (de)"]]);
  });
});

describe("a language in the name of a file", () => {
  test("makes it a version of the file next to it, at an address below its language", async () => {
    const files = {
      "content/posts/hello.md": post(),
      "content/posts/hello.de.md": post(),
      "content/posts/trip/index.md": post(),
      "content/posts/trip/index.ja.md": post("slug: tabi"),
      "content/pages/about.md": "---\ntitle: About\n---\n",
      "content/pages/about.de.md": "---\ntitle: Über\n---\n",
    };
    expect(await groupsOf(files)).toEqual([
      ["hello (en)", "hello.de (de)"],
      ["tabi (ja)", "trip (en)"],
      ["about (en)", "de/about (de)"],
    ]);
    const { loaded } = await outcomeOf(files);
    expect(loaded?.blog.posts.map(({ path }) => path).sort()).toEqual([
      "/de/posts/hello/",
      "/ja/posts/tabi/",
      "/posts/hello/",
      "/posts/trip/",
    ]);
  });

  test("the blog's own language isn't in the address", async () => {
    const files = { "content/posts/x/index.en.md": post(), "content/posts/x/index.de.md": post() };
    expect(await groupsOf(files)).toEqual([["x (en)", "x.de (de)"]]);
  });

  test("a name with a dot stays a name", async () => {
    const { loaded } = await outcomeOf({ "content/posts/taz.de.md": post() });
    expect(loaded?.blog.posts.map(({ slug, lang }) => [slug, lang])).toEqual([["taz.de", "en"]]);
  });
});

describe("errors", () => {
  test("a missing translation", async () => {
    expect(await mistakesIn({ [HELLO]: post("translations: [halo]"), [HALLO]: post("lang: de") }))
      .toMatchInlineSnapshot(`
        "content/posts/hello.md:4
          There is no post \`halo\` to be a translation of this one
            Did you mean \`hallo\`?
            translations: [hallo]

        1 error to fix."
      `);
  });

  test("a mistyped original", async () => {
    expect(await mistakesIn({ [HELLO]: post(), [HALLO]: post("lang: de\ntranslationOf: helo") }))
      .toMatchInlineSnapshot(`
        "content/posts/hallo.md:5
          There is no post \`helo\` that this one could be a translation of
            Did you mean \`hello\`?
            translationOf: hello

        1 error to fix."
      `);
  });

  test("itself", async () => {
    expect(await mistakesIn({ [HELLO]: post("translations: [hello]") })).toMatchInlineSnapshot(`
      "content/posts/hello.md:4
        This post can't be a translation of itself
          Remove \`translations\`.

      1 error to fix."
    `);
    expect(await mistakesIn({ [HELLO]: post("translationOf: hello") })).toMatchInlineSnapshot(`
      "content/posts/hello.md:4
        This post can't be a translation of itself
          Remove \`translationOf\` from the original.

      1 error to fix."
    `);
  });

  test("a translation that doesn't say its language", async () => {
    expect(await mistakesIn({ [HELLO]: post(), "content/posts/salut.md": post("translationOf: hello") }))
      .toMatchInlineSnapshot(`
        "content/posts/salut.md:4
          Two translations of one post are in English (en)
            The other is content/posts/hello.md. Say which language this post is in, such as
            lang: de

        1 error to fix."
      `);
  });

  test("two translations in the same language", async () => {
    const files = {
      [HELLO]: post("translations: [hallo, servus]"),
      [HALLO]: post("lang: de"),
      "content/posts/servus.md": post("lang: de"),
    };
    expect(await mistakesIn(files)).toMatchInlineSnapshot(`
      "content/posts/servus.md:4
        Two translations of one post are in German (de)
          The other is content/posts/hallo.md. Correct the \`lang\` of one of the two, or untie them: remove \`translations\` or \`translationOf\`.

      1 error to fix."
    `);
  });

  test("a translation without an original gets a note", async () => {
    const { loaded } = await outcomeOf({ [HALLO]: post("lang: de\ntranslationOf: something-else-entirely") });
    expect(loaded?.notes.join("\n")).toContain("which no other text is or names");
  });
});
