import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fixture, imported } from "../../../tests/support/imported.ts";
import { propertyRuns } from "../../../tests/support/property-runs.ts";
import { tempFolder } from "../../../tests/support/temp-folder.ts";

const WORDPRESS = readFileSync(fixture("wordpress.xml"), "utf8");
const TAKEOUT = readFileSync(fixture("takeout/Blogger/Blogs/Hedge Row/feed.atom"), "utf8");
const RUNS = propertyRuns(3);

async function importText(text: string) {
  const file = path.join(tempFolder("order"), "export");
  writeFileSync(file, text);
  return await imported(file);
}

/** The text with the given parts in another order. */
function reordered(text: string, parts: readonly string[], order: readonly string[]): string {
  let at = 0;
  return parts.reduce((whole, part, index) => {
    const start = whole.indexOf(part, at);
    const other = order[index] ?? "";
    at = start + other.length;
    return whole.slice(0, start) + other + whole.slice(start + part.length);
  }, text);
}

/** Counts of an import, which don't depend on file names. */
function summaryOf({ result }: Awaited<ReturnType<typeof importText>>) {
  const { posts, pages, drafts, responses, links, pictures } = result.counts;
  return { posts, pages, drafts, responses, links, pictures, entries: result.ledger.entry.read };
}

const CASES: readonly (readonly [string, string, RegExp])[] = [
  ["WordPress's items", WORDPRESS, /<item>[^]*?<\/item>/g],
  ["WordPress's comments", WORDPRESS, /<wp:comment>[^]*?<\/wp:comment>/g],
  ["Blogger's entries", TAKEOUT, /<entry>[^]*?<\/entry>/g],
];

test.each(CASES)("%s in any order give the same blog", async (_name, text, pattern) => {
  const parts = text.match(pattern) ?? [];
  expect(parts.length).toBeGreaterThan(1);
  const expected = summaryOf(await importText(text));
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(parts, { minLength: parts.length }), async (order) => {
      const blog = await importText(reordered(text, parts, order));
      expect(summaryOf(blog)).toEqual(expected);
      await blog.load();
    }),
    RUNS,
  );
});

const DATES = [
  "",
  "0000-00-00 00:00:00",
  "-0001-11-30 00:00:00",
  "9999-12-31 23:59:59",
  "275760-09-13 00:00:00",
  "1969-12-31 23:59:59",
  "2012-02-30 25:61:61",
  "2012-13-45",
  "yesterday",
  "٢٠١٢-٠٣-١٧ ١٠:٢٢:٠٠",
  "2012-03-17T10:22:00+99:99",
  "1e309",
  "NaN",
];

test("posts and comments with absurd dates don't keep the blog from loading", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...DATES), fc.constantFrom(...DATES), async (ofPost, ofComment) => {
      const text = WORDPRESS.replaceAll(/(<wp:post_date(?:_gmt)?>)[^<]*/g, `$1${ofPost}`)
        .replaceAll(/(<wp:comment_date(?:_gmt)?>)[^<]*/g, `$1${ofComment}`)
        .replaceAll(/<pubDate>[^<]*/g, `<pubDate>${ofPost}`);
      const blog = await importText(text);
      await blog.load();
      const mt = `TITLE: Odd\nDATE: ${ofPost}\n-----\nBODY:\nWords.\n-----\nCOMMENT:\nAUTHOR: Ann\nDATE: ${ofComment}\nA comment.\n-----\n--------\n`;
      await (await importText(mt)).load();
    }),
    propertyRuns(8),
  );
});

const NESTINGS = [
  (depth: number) => `${"<div>".repeat(depth)}the words${"</div>".repeat(depth)}`,
  (depth: number) => `${"<b><i>".repeat(depth)}the words`,
  (depth: number) => `${"<ul><li>".repeat(depth)}the words`,
  (depth: number) => `${"<blockquote>".repeat(depth)}the words`,
  (depth: number) => `${"<table><tr><td>".repeat(depth)}the words`,
  (depth: number) => `${"<a href='x'><p>".repeat(depth)}the words`,
  (depth: number) => `${"<font><p><b>".repeat(depth)}the words`,
  (depth: number) => `${"[a](b ".repeat(depth)}the words`,
  (depth: number) => `${"> ".repeat(depth)}the words`,
  (depth: number) => `${"*_".repeat(depth)}the words`,
];

test("deeply nested HTML in a post or comment keeps its text, in bounded time", async () => {
  for (const nested of NESTINGS) {
    for (const depth of [40, 2000]) {
      const html = nested(depth);
      const blog = await importText(
        `TITLE: Deep\nDATE: 03/17/2008 10:22:00 PM\n-----\nBODY:\n<p>Before.</p>${html}\n-----\nCOMMENT:\nAUTHOR: Ann\nDATE: 03/18/2008 10:22:00 PM\nthe comment ${html}\n-----\n--------\n`,
      );
      expect(blog.read("posts/deep.md"), html.slice(0, 30)).toContain("the words");
      expect(blog.read("responses/deep.json"), html.slice(0, 30)).toContain("the comment");
    }
  }
});
