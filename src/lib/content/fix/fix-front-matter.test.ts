import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../../../../tests/support/property-runs.ts";
import { fixFrontMatter } from "./fix-front-matter.ts";

function fix(text: string, file = "content/posts/a.md"): string | null {
  return fixFrontMatter(text, file, "post")?.text ?? null;
}

describe("check --fix", () => {
  test("renames keys and leaves comments, order, quotes and the text alone", () => {
    expect(
      fix(
        "---\n# about me\ntitle: 'My  trip' # working title\npubDate: Jul 08 2022 # first\nlayout: post\n\nheroImage: ./a.svg\ntags:\n    - 3.10   # odd\n    - b\n---\n\nText with --- in it.\n",
      ),
    ).toBe(
      "---\n# about me\ntitle: 'My  trip' # working title\ndate: Jul 08 2022 # first\n\ncover:\n  src: ./a.svg\n  decorative: true\ntags:\n    - 3.10   # odd\n    - b\n---\n\nText with --- in it.\n",
    );
  });

  test("turns a cover that is only a path into a decorative one, and gives each tag one spelling", () => {
    const text = "---\ntitle: A\ndate: 2024-01-01\ncover: ./a.svg # ours\ntags: [Test, test, b]\n---\nText\n";
    const fixed = fixFrontMatter(text, "content/posts/a.md", "post", new Map([["test", "test"]]));
    expect(fixed?.text).toBe(
      "---\ntitle: A\ndate: 2024-01-01\ncover:\n  src: ./a.svg\n  decorative: true\ntags:\n  - test\n  - b\n---\nText\n",
    );
    expect(fixed?.changes).toEqual(["cover → cover.src", "tags: test,b"]);
  });

  test("merges tags and categories, and keeps numbers as they were written", () => {
    expect(fix("---\ntitle: A\ncategories: [Life]\ntags: [3.10, life, 1e3]\ndate: 2024-01-01\n---\nText\n")).toBe(
      '---\ntitle: A\ntags:\n  - "3.10"\n  - life\n  - "1e3"\ndate: 2024-01-01\n---\nText\n',
    );
  });

  test("turns TOML and JSON with foreign keys into YAML", () => {
    expect(
      fix('+++\n# a remark\ntitle = "Hello: Hugo"\npublishDate = 2024-01-02T10:00:00+01:00\nweight = 3\n[params]\nmood = "blue"\n+++\nText\n'),
    ).toBe(
      '---\n# a remark\ntitle: "Hello: Hugo"\ndate: 2024-01-02T10:00:00+01:00\nextra:\n  mood: blue\n---\nText\n',
    );
    expect(fix('{ "title": "A", "lastmod": "2024-02-03", "date": "2024-01-01" }\nText\n')).toBe(
      "---\ntitle: A\ndate: 2024-01-01\nupdated: 2024-02-03\n---\nText\n",
    );
  });

  test("moves unknown keys below extra, but not mistyped ones", () => {
    expect(fix("---\ntitle: A\ndate: 2024-01-01\nwibble: { a: [1] }\ntgas: [x]\n---\nText\n")).toBe(
      "---\ntitle: A\ndate: 2024-01-01\ntgas: [x]\nextra:\n  wibble:\n    a:\n      - 1\n---\nText\n",
    );
  });

  test("doesn't change front matter that is valid, broken or ambiguous", () => {
    expect(fix("---\ntitle: A\ndate: 2024-01-01\ntags: a, b\n---\nText\n")).toBeNull();
    expect(fix("---\ntitle: A: b\npubDate: 2024-01-01\n---\nText\n")).toBeNull();
    expect(fix("---\ntitle: A\npubDate: 2024-01-01\ntags: a b\n---\nText\n")).toBeNull();
    expect(fix('+++\ntitle = "A"\ndate = 2024-01-01\n+++\nText\n')).toBeNull();
    expect(fix("Text\n")).toBeNull();
  });

  test("is done after one run, whatever the keys", () => {
    const key = fc.constantFrom(
      ...["title", "Title", "pubDate", "date", "published", "draft", "status", "tags", "categories", "image", "cover"],
      ...["layout", "permalink", "url", "aliases", "author", "extra", "params", "toc", "featured", "wibble", "excerpt"],
    );
    const value = fc.constantFrom(
      ...["", "2024-01-01", "true", "no", "a, b", "[x, 3.10]", "{ src: ./a.svg }", "./b.png", "/old/", "'it''s'", "12"],
      ...["\n  - one # c\n  - two", "\n  a: 1\n  b: [2]", "|\n  long\n  text", "draft", "&x y", "# only a remark"],
    );
    const lines = fc.uniqueArray(fc.tuple(key, value, fc.boolean()), { selector: ([name]) => name, maxLength: 8 });
    fc.assert(
      fc.property(lines, (pairs) => {
        const head = pairs.map(([name, text, isNoted]) => `${isNoted ? "# note\n" : ""}${name}: ${text}\n`).join("");
        const once = fix(`---\n${head}---\nText\n`);
        if (once === null) return;
        expect(fix(once)).toBeNull();
        expect(once.endsWith("---\nText\n")).toBe(true);
      }),
      propertyRuns(800),
    );
  });
});
