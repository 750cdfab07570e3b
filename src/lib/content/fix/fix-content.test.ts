import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { blogFolder } from "../../../../tests/support/blog-folder.ts";
import { outcomeIn } from "../../../../tests/support/load-outcome.ts";
import { fixContent } from "./fix-content.ts";
import { fixReport } from "./fix-report.ts";

const JEKYLL = "---\r\nlayout: post # from the theme\r\ntitle: Hello\r\nauthor: Ann Other\r\ncategories: life travel\r\n---\r\n\r\nText.\r\n";
const HUGO = '+++\ntitle = "Hello"\npublishDate = 2024-01-02\nseries = ["Coming home"]\nmood = "blue"\n+++\nText.\n';

function blog(): string {
  return blogFolder({
    "content/posts/2024-01-01-jekyll.md": JEKYLL,
    "content/posts/hugo/index.md": HUGO,
    "content/posts/own.md": "---\ntitle: Own\ndate: 2024-01-03\nauthors: [nell]\n---\nText.\n",
    "content/pages/about.md": "---\ntitle: About\nlayout: page\n---\nText.\n",
  });
}

function text(root: string, file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}

test("check --fix rewrites only files with other keys, creates missing authors and series, and is done after one run", async () => {
  const root = blog();
  const options = { root, contentDir: path.join(root, "content") };
  expect(fixContent(options).map(({ file, changes }) => `${file}: ${changes.join(", ")}`)).toEqual([
    "content/authors/ann-other.yaml: made, with name: Ann Other",
    "content/series/coming-home.yaml: made, with title: Coming home",
    "content/posts/2024-01-01-jekyll.md: layout left out, author → authors, categories → tags",
    "content/posts/hugo/index.md: publishDate → date, mood → extra.mood",
    "content/pages/about.md: layout left out",
  ]);
  expect(text(root, "content/posts/2024-01-01-jekyll.md")).toBe(
    "---\r\ntitle: Hello\r\nauthors:\r\n  - Ann Other\r\ntags:\r\n  - life\r\n  - travel\r\n---\r\n\r\nText.\r\n",
  );
  expect(text(root, "content/posts/hugo/index.md")).toBe(
    "---\ntitle: Hello\nseries: Coming home\ndate: 2024-01-02\nextra:\n  mood: blue\n---\nText.\n",
  );
  expect(fixContent(options)).toEqual([]);
  const { loaded, errors } = await outcomeIn(root);
  expect(errors).toEqual(["content/posts/hugo/index.md:1 `authors` is missing, and the blog has several authors"]);
  expect(loaded).toBeNull();
});

test("--dry-run shows each line and writes nothing", () => {
  const root = blog();
  const files = fixContent({ root, contentDir: path.join(root, "content"), dryRun: true });
  expect(text(root, "content/posts/2024-01-01-jekyll.md")).toBe(JEKYLL);
  expect(existsSync(path.join(root, "content/authors/ann-other.yaml"))).toBe(false);
  const report = fixReport(files, true);
  expect(report).toContain("content/pages/about.md\n  layout left out\n    - layout: page\n");
  expect(report).toContain("    + name: Ann Other");
  expect(report).toContain("5 files to rewrite; without --dry-run it is done.");
});

test("a tag with several spellings gets the most frequent one", async () => {
  const post = (tags: string): string => `---\ntitle: A\ndate: 2024-01-03\ntags: ${tags}\n---\nText.\n`;
  const root = blogFolder({
    "content/posts/a.md": post("[Astro, web]"),
    "content/posts/b.md": post("[astro]"),
    "content/posts/c.md": post("[astro, ASTRO]"),
  });
  const fixed = fixContent({ root, contentDir: path.join(root, "content") });
  expect(fixed.map(({ file, changes }) => `${file} ${changes.join()}`)).toEqual([
    "content/posts/a.md tags: astro,web",
    "content/posts/c.md tags: astro",
  ]);
  expect((await outcomeIn(root)).errors).toEqual([]);
  expect(fixContent({ root, contentDir: path.join(root, "content") })).toEqual([]);
});
