/** Tests for every supported format; `IMPORT_SOURCES` has a fixture for each. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { filesOf, folderOf, importSource } from "../../../tests/support/import-source.ts";
import { ALL_SOURCES, IMPORT_SOURCES } from "../../../tests/support/import-sources.ts";
import { imported } from "../../../tests/support/imported.ts";
import type { ImportedBlog } from "../../../tests/support/imported.ts";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { zipOf } from "../../../tests/support/zip.ts";
import { AuthorError } from "../author-error.ts";
import { FORMAT_NAMES } from "./detect.ts";
import { FATES, RECORD_KINDS } from "./ledger.ts";

/** An import shared by several tests, run lazily for the first of them. */
function importedOnce(source: string, isCommentsOnly: boolean | undefined): () => Promise<ImportedBlog> {
  let blog: Promise<ImportedBlog> | null = null;
  return () => (blog ??= importSource(source, isCommentsOnly));
}

test("every format has a fixture", () => {
  expect(Object.keys(IMPORT_SOURCES).sort()).toEqual(Object.keys(FORMAT_NAMES).sort());
});

describe.each(ALL_SOURCES)(
  "$format ($name)",
  ({ path: source, format, isCommentsOnly, secrets, addresses }) => {
    const direct = importedOnce(source, isCommentsOnly);

    test("is recognized, and every record is accounted for", async () => {
      const { result } = await direct();
      expect(result.format).toBe(format);
      for (const kind of RECORD_KINDS) {
        const count = result.ledger[kind];
        expect(
          FATES.reduce((sum, fate) => sum + count[fate], 0),
          kind,
        ).toBe(count.read);
      }
      const { entry, comment } = result.ledger;
      expect(entry.read + comment.read).toBeGreaterThan(0);
    });

    test("loads as a blog, and a second run changes nothing", async () => {
      const blog = await direct();
      const { blog: loaded } = await blog.load();
      if (isCommentsOnly !== true)
        expect(loaded.posts).toHaveLength(blog.result.counts.posts + blog.result.counts.notes);
      const before = blog.files();
      const again = await blog.again();
      expect(again.files).toMatchObject({ written: 0, removed: 0, kept: [] });
      expect(blog.files()).toEqual(before);
    });

    test("gives the same result when imported as a zip", async () => {
      const files = filesOf(source);
      const zip = path.join(tempFolder("zip"), "export.zip");
      const packed = files.map((file) => [file, readFileSync(path.join(folderOf(source), file))] as const);
      writeFileSync(zip, zipOf(Object.fromEntries(packed)));
      const fromZip = await importSource(zip, isCommentsOnly);
      expect(fromZip.files()).toEqual((await direct()).files());
    });

    test("no private content and no personal address gets into the repository or the report", async () => {
      const { files, result } = await direct();
      const all = JSON.stringify([files(), result]);
      for (const words of secrets ?? []) expect(all).not.toContain(words);
      if (addresses !== undefined) expect(all).not.toMatch(addresses);
      expect(all).not.toMatch(/93\.184\.216\./);
    });
  },
);

test("a zip within an export is unpacked within the limits, and never outside its folder", async () => {
  const folder = tempFolder("zip");
  const posts = readFileSync(path.join(IMPORT_SOURCES.tumblr[0]?.path ?? "", "posts/posts.xml"));
  const zip = path.join(folder, "tumblr.zip");
  writeFileSync(zip, zipOf({ "posts.zip": zipOf({ "posts.xml": posts }), "media/1.txt": "x" }));
  const { result } = await imported(zip);
  expect(result.format).toBe("tumblr");
  writeFileSync(zip, zipOf({ "posts.zip": zipOf({ "../../posts.xml": posts }), "media/1.txt": "x" }));
  await expect(imported(zip)).rejects.toThrow(AuthorError);
  writeFileSync(zip, zipOf({ "posts.zip": zipOf({ "posts.xml": Buffer.alloc(80_000_000) }), "a.txt": "x" }));
  await expect(imported(zip)).rejects.toThrow(/tumblr\.zip\/posts\.zip\s+.*too large when unpacked/);
});

test("the part zips of a Notion export are imported as one export", async () => {
  const source = IMPORT_SOURCES.notion[0]?.path ?? "";
  const packed = filesOf(source).map((file) => [file, readFileSync(path.join(source, file))] as const);
  const half = Math.floor(packed.length / 2);
  const zip = path.join(tempFolder("zip"), "notion.zip");
  writeFileSync(
    zip,
    zipOf({
      "Export-1-Part-1.zip": zipOf(Object.fromEntries(packed.slice(0, half))),
      "Export-1-Part-2.zip": zipOf(Object.fromEntries(packed.slice(half))),
    }),
  );
  expect((await imported(zip)).files()).toEqual((await imported(source)).files());
});

test("the error for a folder that contains only a zip names the zip", async () => {
  const folder = tempFolder("zip");
  writeFileSync(path.join(folder, "posts.zip"), zipOf({ "posts.xml": "<tumblr version='1.0'/>" }));
  writeFileSync(path.join(folder, "readme.pdf"), "x");
  await expect(imported(folder)).rejects.toThrow(/contains a zip file/);
});
