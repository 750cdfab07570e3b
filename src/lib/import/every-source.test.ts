/** What holds for every format that is read; `IMPORT_SOURCES` has a fixture of each. */
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withHostileField } from "../../../tests/support/export-fields.ts";
import { ALL_SOURCES, IMPORT_SOURCES } from "../../../tests/support/import-sources.ts";
import type { ImportSource } from "../../../tests/support/import-sources.ts";
import { imported, textsIn } from "../../../tests/support/imported.ts";
import type { ImportedBlog } from "../../../tests/support/imported.ts";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { zipOf } from "../../../tests/support/zip.ts";
import { AuthorError } from "../author-error.ts";
import { FORMAT_NAMES } from "./detect.ts";
import { FATES, RECORD_KINDS } from "./ledger.ts";

/** A post and a page on which the comments of the fixtures stood. */
function blogForComments(): string {
  const contentDir = path.join(tempFolder("import"), "content");
  mkdirSync(path.join(contentDir, "posts"), { recursive: true });
  writeFileSync(
    path.join(contentDir, "site.yaml"),
    "title: The fence\nurl: https://new.example/\ntimeZone: UTC\n",
  );
  writeFileSync(
    path.join(contentDir, "posts/the-gate.md"),
    "---\ntitle: The gate\ndate: 2008-03-17\naliases: [/2008/03/the-gate.html]\n---\n\nA gate.\n",
  );
  return contentDir;
}

async function importSource(source: string, isCommentsOnly = false): Promise<ImportedBlog> {
  return await imported(source, isCommentsOnly ? { contentDir: blogForComments(), baseUrl: null } : {});
}

/** Files of a fixture below its folder, or the file itself. */
function filesOf(source: string): string[] {
  if (!statSync(source).isDirectory()) return [path.basename(source)];
  return readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(source, path.join(entry.parentPath, entry.name)))
    .sort();
}

function folderOf(source: string): string {
  return statSync(source).isDirectory() ? source : path.dirname(source);
}

test("every format has a fixture", () => {
  expect(Object.keys(IMPORT_SOURCES).sort()).toEqual(Object.keys(FORMAT_NAMES).sort());
});

describe.each(ALL_SOURCES)(
  "$format ($name)",
  ({ path: source, format, isCommentsOnly, secrets, addresses }) => {
    test("is recognized, and each record has one fate", async () => {
      const { result } = await importSource(source, isCommentsOnly);
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
      const blog = await importSource(source, isCommentsOnly);
      const { blog: loaded } = await blog.load();
      if (isCommentsOnly !== true)
        expect(loaded.posts).toHaveLength(blog.result.counts.posts + blog.result.counts.notes);
      const before = blog.files();
      const again = await blog.again();
      expect(again.files).toMatchObject({ written: 0, removed: 0, kept: [] });
      expect(blog.files()).toEqual(before);
    });

    test("a zip of it gives the same", async () => {
      const files = filesOf(source);
      const zip = path.join(tempFolder("zip"), "export.zip");
      const packed = files.map((file) => [file, readFileSync(path.join(folderOf(source), file))] as const);
      writeFileSync(zip, zipOf(Object.fromEntries(packed)));
      const fromZip = await importSource(zip, isCommentsOnly);
      const direct = await importSource(source, isCommentsOnly);
      expect(fromZip.files()).toEqual(direct.files());
    });

    test("nothing private and no address of a person gets into the repository or the report", async () => {
      const { files, result } = await importSource(source, isCommentsOnly);
      const all = JSON.stringify([files(), result]);
      for (const words of secrets ?? []) expect(all).not.toContain(words);
      if (addresses !== undefined) expect(all).not.toMatch(addresses);
      expect(all).not.toMatch(/93\.184\.216\./);
    });
  },
);

/** Changes one file of a copy of a fixture and imports it: a clear error or a blog that loads are the only ends. */
async function importChanged(
  { path: source, isCommentsOnly }: ImportSource,
  shareOfFiles: number,
  change: (bytes: Buffer, file: string) => Uint8Array | string | null,
): Promise<void> {
  const folder = tempFolder("hostile");
  const files = filesOf(source);
  for (const file of files) cpSync(path.join(folderOf(source), file), path.join(folder, file));
  const file = files[Math.min(files.length - 1, Math.floor(shareOfFiles * files.length))] ?? "";
  const changed = change(readFileSync(path.join(folder, file)), file);
  if (changed === null) return;
  writeFileSync(path.join(folder, file), changed);
  const before = Object.keys(textsIn(folder));
  try {
    const blog = await importSource(files.length === 1 ? path.join(folder, file) : folder, isCommentsOnly);
    for (const [name, text] of Object.entries(blog.files())) {
      expect(name).toMatch(/^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_.\-/]*$/u);
      if (!name.endsWith(".md")) continue;
      expect(text.replace(/^---\n[\s\S]*?\n---\n/, "")).not.toMatch(RUNS);
    }
    await blog.load();
  } catch (error) {
    if (!(error instanceof AuthorError)) throw error;
    expect(error.message).not.toContain("content/posts");
  }
  expect(Object.keys(textsIn(folder))).toEqual(before);
}

/** Markup that would run in a page. */
const RUNS = /(?<!\\)<(?:script|iframe)|(?<!\\)<\w+[^>]*\son\w+=|\]\(javascript:/i;
const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

const HOSTILE = fc.constantFrom(
  "<script>alert(1)</script>",
  "{process.exit(1)}",
  "import fs from 'fs'",
  "../../../../etc/passwd",
  "---\ntitle: x\n---",
  "<img src=x onerror=alert(1)>",
  "javascript:alert(1)",
  "\u202E\u0000\uFFFE]]>",
  "<!--",
  "a".repeat(5000),
  "%00%ff",
  "9999999-99-99T99:99:99Z",
  "__proto__",
  "[".repeat(20_000),
  "<div><b>".repeat(20_000),
  "</section></article></div>",
  '","',
  "- [x](y) | # *",
);

describe.each(ALL_SOURCES)("hostile $format ($name)", (source) => {
  test("a file that was cut off is read as far as it goes, or is a clear error", async () => {
    await fc.assert(
      fc.asyncProperty(share, share, async (file, at) => {
        await importChanged(source, file, (bytes) => bytes.subarray(0, Math.round(bytes.length * at)));
      }),
      { numRuns: 3 },
    );
  });

  test("bytes that are no text anywhere are read, or are a clear error", async () => {
    const noise = fc.uint8Array({ minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(share, share, noise, async (file, at, added) => {
        await importChanged(source, file, (bytes) => {
          const place = Math.round(bytes.length * at);
          return Buffer.concat([bytes.subarray(0, place), added, bytes.subarray(place)]);
        });
      }),
      { numRuns: 2 },
    );
  });

  test("hostile text in any field neither runs nor leaves the folder, and the blog loads", async () => {
    await fc.assert(
      fc.asyncProperty(share, share, HOSTILE, async (file, field, text) => {
        await importChanged(source, file, (bytes, name) =>
          withHostileField(name, bytes.toString(), field, text),
        );
      }),
      { numRuns: 6 },
    );
  });
});

test("a zip within an export is unpacked within its limits, and never out of the folder", async () => {
  const folder = tempFolder("zip");
  const posts = readFileSync(path.join(IMPORT_SOURCES.tumblr[0]?.path ?? "", "posts/posts.xml"));
  const zip = path.join(folder, "tumblr.zip");
  writeFileSync(zip, zipOf({ "posts.zip": zipOf({ "posts.xml": posts }), "media/1.txt": "x" }));
  const { result } = await imported(zip);
  expect(result.format).toBe("tumblr");
  writeFileSync(zip, zipOf({ "posts.zip": zipOf({ "../../posts.xml": posts }), "media/1.txt": "x" }));
  await expect(imported(zip)).rejects.toThrow(AuthorError);
  writeFileSync(zip, zipOf({ "posts.zip": zipOf({ "posts.xml": Buffer.alloc(80_000_000) }), "a.txt": "x" }));
  await expect(imported(zip)).rejects.toThrow(/more than it should/);
});

test("the parts of a Notion export in one zip are one export", async () => {
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

test("a folder with nothing but a zip names the zip", async () => {
  const folder = tempFolder("zip");
  writeFileSync(path.join(folder, "posts.zip"), zipOf({ "posts.xml": "<tumblr version='1.0'/>" }));
  writeFileSync(path.join(folder, "readme.pdf"), "x");
  await expect(imported(folder)).rejects.toThrow(/contains a zip file/);
});
