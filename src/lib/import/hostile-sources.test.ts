/** Damaged and hostile exports of every format; `IMPORT_SOURCES` has a fixture for each. */
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withHostileField } from "../../../tests/support/export-fields.ts";
import { filesOf, folderOf, importSource } from "../../../tests/support/import-source.ts";
import { ALL_SOURCES } from "../../../tests/support/import-sources.ts";
import type { ImportSource } from "../../../tests/support/import-sources.ts";
import { textsIn } from "../../../tests/support/imported.ts";
import { propertyRuns } from "../../../tests/support/property-runs.ts";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { AuthorError } from "../author-error.ts";

/** Changes one file in a copy of a fixture and imports it: it must fail clearly or give a blog that loads. */
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
  test("a truncated file is read up to the cut, or fails clearly", async () => {
    await fc.assert(
      fc.asyncProperty(share, share, async (file, at) => {
        await importChanged(source, file, (bytes) => bytes.subarray(0, Math.round(bytes.length * at)));
      }),
      propertyRuns(1),
    );
  });

  test("random bytes anywhere are read, or fail clearly", async () => {
    const noise = fc.uint8Array({ minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(share, share, noise, async (file, at, added) => {
        await importChanged(source, file, (bytes) => {
          const place = Math.round(bytes.length * at);
          return Buffer.concat([bytes.subarray(0, place), added, bytes.subarray(place)]);
        });
      }),
      propertyRuns(1),
    );
  });

  test("hostile text in any field isn't executed and writes nothing outside the folder, and the blog loads", async () => {
    await fc.assert(
      fc.asyncProperty(share, share, HOSTILE, async (file, field, text) => {
        await importChanged(source, file, (bytes, name) =>
          withHostileField(name, bytes.toString(), field, text),
        );
      }),
      propertyRuns(2),
    );
  });
});
