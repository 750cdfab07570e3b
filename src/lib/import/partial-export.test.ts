/** A second import of the same blog with fewer records: split by month, without comments, or with some deleted. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { fixture, imported, textsIn } from "../../../tests/support/imported.ts";
import { movableTypeExport, wordpressExport } from "../../../tests/support/made-up-export.ts";
import { tempFolder } from "../../../tests/support/temp-folder.ts";

const WORDPRESS = readFileSync(fixture("wordpress.xml"), "utf8");

function exportFile(text: string): string {
  const file = path.join(tempFolder("partial"), "export");
  writeFileSync(file, text);
  return file;
}

function texts(folder: string): Record<string, string> {
  const { "_import/files.json": _, ...files } = textsIn(folder);
  return files;
}

function recordsIn(text: string | undefined): unknown[] {
  const { children }: { children: unknown[] } = JSON.parse(text ?? "");
  return children;
}

/** The export without the elements that match a pattern. */
function without(text: string, pattern: RegExp, element: string): string {
  return text.replaceAll(new RegExp(`<${element}>[^]*?</${element}>`, "g"), (whole) =>
    pattern.test(whole) ? "" : whole,
  );
}

test("posts, pages and responses that a second export lacks are kept and reported", async () => {
  const contentDir = path.join(tempFolder("partial"), "content");
  await imported(exportFile(WORDPRESS), { contentDir });
  const before = texts(contentDir);
  const partial = exportFile(without(WORDPRESS, /<wp:post_name>about|A draft/, "item"));
  const { result } = await imported(partial, { contentDir });
  expect(texts(contentDir)).toEqual(before);
  expect(result.files).toMatchObject({ written: 0, removed: 0 });
  expect(result.files.earlier).toEqual(expect.arrayContaining(["pages/about.md", "posts/a-draft.md"]));
});

test("an export without comments keeps the conversations", async () => {
  const contentDir = path.join(tempFolder("partial"), "content");
  await imported(exportFile(WORDPRESS), { contentDir });
  const before = texts(contentDir);
  const bare = exportFile(without(WORDPRESS, /./, "wp:comment"));
  const { result, again } = await imported(bare, { contentDir });
  expect(texts(contentDir)).toEqual(before);
  expect(result.counts.earlierResponses).toBe(3);
  expect((await again()).files).toMatchObject({ written: 0, removed: 0, kept: [] });
});

test("new comments are added to those that the export lacks; a comment deleted on the old blog is removed", async () => {
  const contentDir = path.join(tempFolder("partial"), "content");
  await imported(exportFile(WORDPRESS), { contentDir });
  const next = without(WORDPRESS, /comment_id>5</, "wp:comment")
    .replace(/(<wp:comment_id>7<[^]*?<wp:comment_approved>)[^<]*/, "$1trash")
    .replace(/<wp:comment_id>6</, "<wp:comment_id>60<");
  const { read } = await imported(exportFile(next), { contentDir });
  expect(recordsIn(read("responses/hello.json"))).toMatchObject([
    { "wm-id": "5" },
    { "wm-id": "6" },
    { "wm-id": "60" },
  ]);
});

test("a page that became private on the old blog is no longer published", async () => {
  const contentDir = path.join(tempFolder("partial"), "content");
  await imported(exportFile(WORDPRESS), { contentDir });
  const hidden = WORDPRESS.replace(
    "about</wp:post_name><wp:status>publish",
    "about</wp:post_name><wp:status>private",
  );
  expect(hidden).not.toBe(WORDPRESS);
  const { result } = await imported(exportFile(hidden), { contentDir });
  expect(result.files).toMatchObject({ removed: 1, earlier: [] });
  expect(Object.keys(texts(contentDir))).not.toContain("pages/about.md");
});

const FORMATS = [
  ["TypePad", movableTypeExport],
  ["WordPress", wordpressExport],
] as const;

test.each(FORMATS)("%s in parts, one after another, gives the same as at once", async (_name, makeExport) => {
  // Both halves have posts with the same titles and slugs.
  const whole = [...makeExport({ posts: 40, comments: 80, words: 12 })];
  const [head = "", ...items] = makeExport === wordpressExport ? whole.slice(0, -1) : ["", ...whole];
  const foot = makeExport === wordpressExport ? whole.at(-1) : "";
  const named = items.map((item) => item.replaceAll(/(?<=[Pp]ost[- ])\d+/g, "1"));
  const parts = [named.slice(0, 25), named.slice(25)];
  const once = await imported(exportFile([head, ...named, foot].join("")));
  const contentDir = path.join(tempFolder("partial"), "content");
  for (const part of parts) await imported(exportFile([head, ...part, foot].join("")), { contentDir });
  const { "_import/entries.json": _, ...inParts } = texts(contentDir);
  const { "_import/entries.json": __, ...atOnce } = texts(path.join(once.root, "content"));
  expect(inParts).toEqual(atOnce);
  const before = textsIn(contentDir);
  for (const part of [...parts, named]) {
    const { result } = await imported(exportFile([head, ...part, foot].join("")), { contentDir });
    expect(result.files).toMatchObject({ written: 0, removed: 0, kept: [] });
  }
  expect(textsIn(contentDir)).toEqual(before);
});

test("a post with the same slug from another month never replaces one that the export lacks", async () => {
  const entry = (month: string, words: string): string =>
    `TITLE: Gate\nBASENAME: gate\nUNIQUE URL: https://old.example/2008/${month}/gate.html\nDATE: ${month}/17/2008 10:00:00\n-----\nBODY:\n<p>${words}</p>\n-----\n--------\n`;
  const contentDir = path.join(tempFolder("partial"), "content");
  await imported(exportFile(entry("03", "March") + entry("04", "April")), { contentDir });
  const { read } = await imported(
    exportFile(
      entry("04", 'April, after <a href="https://old.example/2008/03/gate.html">March</a>') +
        entry("05", "May"),
    ),
    { contentDir },
  );
  expect(read("posts/gate.md")).toContain("March");
  expect(read("posts/gate-2.md")).toContain("April, after [March](/posts/gate/)");
  expect(read("posts/gate-3.md")).toContain("May");
  expect(read("site.yaml")).toMatch(/2008\/03[^]*2008\/04[^]*2008\/05/);
});

test("written files are kept when the file with entry places is lost", async () => {
  const contentDir = path.join(tempFolder("partial"), "content");
  await imported(exportFile(WORDPRESS), { contentDir });
  const before = texts(contentDir);
  for (const damage of ["", "{", "[1]", '{"a": 1, "b": "../x", "c": "posts/../../x"}']) {
    writeFileSync(path.join(contentDir, "_import/entries.json"), damage);
    await imported(exportFile(without(WORDPRESS, /<wp:post_name>about/, "item")), { contentDir });
    expect(Object.keys(texts(contentDir))).toContain("pages/about.md");
  }
  rmSync(path.join(contentDir, "_import/entries.json"));
  const { result } = await imported(exportFile(WORDPRESS), { contentDir });
  expect(texts(contentDir)).toEqual(before);
  expect(result.files.kept).toEqual([]);
});

test("the next import uses the settings that the author changed", async () => {
  const contentDir = path.join(tempFolder("partial"), "content");
  const source = exportFile(WORDPRESS);
  await imported(source, { contentDir, baseUrl: null });
  const site = path.join(contentDir, "site.yaml");
  writeFileSync(site, readFileSync(site, "utf8").replace(/^url: .*$/m, "url: https://mine.example/"));
  const { result, read } = await imported(source, { contentDir, baseUrl: null });
  expect(read("responses/hello.json")).toContain('"wm-target": "https://mine.example/2012/03/hello/"');
  expect(result.files.kept).toEqual(["site.yaml"]);
  expect(Object.keys(textsIn(contentDir))).not.toContain("_import/site-additions.yaml");
});
