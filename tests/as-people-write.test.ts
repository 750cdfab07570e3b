import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { ACCEPTED, ATTACHMENTS, REFUSED } from "./fixtures/as-people-write.ts";
import { blogFolder, change } from "./support/blog-folder.ts";
import { outcomeIn, outcomeOf } from "./support/load-outcome.ts";
import { buildNew } from "./support/shared-builds.ts";
import { tempSiteFolder } from "./support/temp-folder.ts";

const SITE =
  "title: T\nurl: https://t.example/\ntimeZone: Europe/Berlin\nfeedItems: 100\nsocialPictures: false\n";

describe("accepted texts are built", () => {
  const folder = tempSiteFolder();
  let output = "";
  let feed: readonly Readonly<Record<string, unknown>>[] = [];
  let indexed: ReadonlyMap<string, string> = new Map();
  const html = (address: string): string =>
    readFileSync(path.join(folder, "dist", address, "index.html"), "utf8");

  beforeAll(async () => {
    const texts = Object.values(ACCEPTED).map(({ file, text }) => [`content/${file}`, text] as const);
    change(folder, { "content/site.yaml": SITE, ...ATTACHMENTS, ...Object.fromEntries(texts) });
    output = await buildNew({ folder }, { TEST_NOW: "2026-06-01T12:00:00Z" });
    feed = itemsOf(readFileSync(path.join(folder, "dist/feed.json"), "utf8"));
    indexed = indexedTexts(path.join(folder, "dist/pagefind/fragment"));
  });

  test.each(Object.entries(ACCEPTED))("%s", (_, accepted) => {
    const { file, address, html: parts = [], feedHtml = [], feed: facts = {}, words, notes = [] } = accepted;
    for (const note of notes) expect(output.replaceAll(/\s+/g, " ")).toContain(note.replaceAll(/\s+/g, " "));
    if (address === null) {
      expect(feed.filter(({ url }) => String(url).includes(path.parse(file).name))).toEqual([]);
      return;
    }
    for (const part of parts) expectIn(html(address), part);
    // Pages such as /about/ are neither in feeds nor in the search index of posts.
    if (file.startsWith("pages/")) return;
    expect(indexed.get(address)).toContain(words ?? "");
    const item = feed.find(({ url }) => url === `https://t.example${address}`);
    expect(item).toMatchObject(
      Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)),
    );
    for (const [key, value] of Object.entries(facts))
      if (value === undefined) expect(item).not.toHaveProperty(key);
    for (const part of feedHtml) expectIn(String(item?.["content_html"]), part);
  });

  test("the day of an author is that day in every feed", () => {
    const rss = readFileSync(path.join(folder, "dist/rss.xml"), "utf8");
    const atom = readFileSync(path.join(folder, "dist/atom.xml"), "utf8");
    expect(rss).toContain("<pubDate>Mon, 01 Jan 2024 00:00:00 +0100</pubDate>");
    expect(atom).toContain("<published>2024-01-01T00:00:00+01:00</published>");
    expect(rss + atom).not.toContain("2023");
  });
});

describe("refused texts have an exact error message, and the corrected form works", () => {
  test.each(Object.entries(REFUSED))("%s", async (_, { files, errors, corrected }) => {
    const site = { "content/site.yaml": SITE, "content/authors/nell.yaml": null };
    const root = blogFolder({ ...site, ...files });
    const found = await outcomeIn(root);
    expect(found.errors).toEqual(errors);
    const changes = corrected(found.hints);
    expect(Object.keys(changes)).not.toEqual([]);
    change(root, changes);
    expect((await outcomeIn(root)).errors).toEqual([]);
  });

  test("a file in Latin-1", async () => {
    const bytes = Buffer.from("---\ntitle: Café\ndate: 2026-01-02\n---\nText\n", "latin1");
    const root = blogFolder({ "content/site.yaml": SITE });
    const file = path.join(root, "content/posts/a.mdx");
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    const { errors, hints } = await outcomeIn(root);
    expect(errors).toEqual([
      "content/posts/a.mdx:2 This file isn't UTF-8, but probably Latin-1 (ISO 8859-1): title: Café",
    ]);
    expect(hints[0]).toContain('iconv -f ISO-8859-1 -t UTF-8 "content/posts/a.mdx"');
    change(root, { "content/posts/a.mdx": bytes.toString("latin1") });
    const { loaded } = await outcomeIn(root);
    expect(loaded?.blog.posts[0]?.title).toBe("Café");
  });
});

test("a language without a translation of the interface, and a blog without an address, are noted", async () => {
  const post = { "content/posts/a.md": "---\ntitle: A\ndate: 2026-01-02\n---\n" };
  const { loaded } = await outcomeOf({ "content/site.yaml": `${SITE}lang: fi\n`, ...post });
  expect(loaded?.notes).toEqual([
    "content/site.yaml: the interface isn't translated into Finnish (`lang: fi`), so its words are English. Write your own in content/words.yaml (see docs/languages.md).",
  ]);
  const own = await outcomeOf({
    "content/site.yaml": `${SITE}lang: fi\n`,
    "content/words.yaml": "conversation:\n  title: Kirjeet\n",
    ...post,
  });
  expect(own.loaded?.notes).toEqual([]);
  const bare = await outcomeOf({ "content/site.yaml": "title: T\ntimeZone: UTC\n", ...post });
  expect(bare.loaded?.notes).toEqual([expect.stringContaining("content/site.yaml has no `url`")]);
});

function expectIn(text: string, part: string | RegExp): void {
  if (typeof part === "string") expect(text).toContain(part);
  else expect(text).toMatch(part);
}

function itemsOf(json: string): readonly Readonly<Record<string, unknown>>[] {
  const feed: { readonly items: readonly Readonly<Record<string, unknown>>[] } = JSON.parse(json);
  return feed.items;
}

/** Returns the texts of the search index by the path of their page. */
function indexedTexts(folder: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(folder).map((name) => {
      const text = gunzipSync(readFileSync(path.join(folder, name))).toString("utf8");
      const { url, content }: { url: string; content: string } = JSON.parse(text.slice(text.indexOf("{")));
      return [url, content];
    }),
  );
}
