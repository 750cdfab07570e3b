import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fixture, imported, textsIn } from "../../../tests/support/imported.ts";
import { propertyRuns } from "../../../tests/support/property-runs.ts";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { zipOf } from "../../../tests/support/zip.ts";
import { AuthorError } from "../author-error.ts";
import { unzipInto } from "./unzip.ts";

const TYPEPAD = readFileSync(fixture("typepad.txt"));
const WORDPRESS = readFileSync(fixture("wordpress.xml"));
const RUNS = propertyRuns(15);

/** Imports bytes, which must either fail with a clear error or complete. */
async function importBytes(bytes: Uint8Array): Promise<Record<string, string> | null> {
  const folder = tempFolder("hostile");
  const source = path.join(folder, "export");
  writeFileSync(source, bytes);
  try {
    const blog = await imported(source);
    expect(Object.keys(textsIn(folder))).toEqual(["export"]);
    return blog.files();
  } catch (error) {
    expect(error).toBeInstanceOf(AuthorError);
    return null;
  }
}

test("a truncated file is read up to the cut, or fails clearly", async () => {
  const cuts = fc.tuple(fc.constantFrom(TYPEPAD, WORDPRESS), fc.double({ min: 0, max: 1, noNaN: true }));
  await fc.assert(
    fc.asyncProperty(cuts, async ([bytes, share]) => {
      await importBytes(bytes.subarray(0, Math.round(bytes.length * share)));
    }),
    RUNS,
  );
});

test("sections in any order are imported", async () => {
  const sections = TYPEPAD.toString().split("-----\n");
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(sections), async (shuffled) => {
      await importBytes(Buffer.from(shuffled.join("-----\n")));
    }),
    RUNS,
  );
});

test("random bytes anywhere are read, or fail clearly", async () => {
  const noise = fc.record({ at: fc.nat({ max: WORDPRESS.length }), bytes: fc.uint8Array({ maxLength: 40 }) });
  await fc.assert(
    fc.asyncProperty(noise, fc.constantFrom(TYPEPAD, WORDPRESS), async ({ at, bytes }, original) => {
      await importBytes(Buffer.concat([original.subarray(0, at), bytes, original.subarray(at)]));
    }),
    RUNS,
  );
});

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
);

test("hostile text in any field isn't executed and writes nothing outside the folder, and the blog loads", async () => {
  const fields = ["TITLE", "BASENAME", "AUTHOR", "CATEGORY", "UNIQUE URL", "STATUS", "DATE", "TAGS", "IMAGE"];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...fields), HOSTILE, HOSTILE, async (field, text, body) => {
      const head = [`TITLE: Fine`, `DATE: 03/17/2008 10:22:00 PM`, `${field}: ${text}`].join("\n");
      const source = `${head}\n-----\nBODY:\n<p>${body}</p>\n-----\nCOMMENT:\nAUTHOR: ${text}\nURL: ${text}\nDATE: 03/18/2008\n${body}\n-----\n--------\n`;
      const folder = tempFolder("hostile");
      writeFileSync(path.join(folder, "export"), source);
      const blog = await imported(path.join(folder, "export"));
      const bodies = Object.entries(blog.files()).filter(([name]) => name.endsWith(".md"));
      for (const [, file] of bodies) {
        const text = file.replace(/^---\n[\s\S]*?\n---\n/, "");
        expect(text).not.toMatch(/(?<!\\)<(?:script|img)|\]\(javascript:/i);
      }
      for (const name of Object.keys(blog.files()))
        expect(name).toMatch(/^[\p{L}\p{N}_][\p{L}\p{N}_.\-/]*$/u);
      await blog.load();
    }),
    propertyRuns(15),
  );
});

test("HTML that is nested too deeply becomes text", async () => {
  const body = `${"<div><b>".repeat(20_000)}the words${"</b></div>".repeat(20_000)}`;
  const files = await importBytes(
    Buffer.from(`TITLE: Deep\nDATE: 03/17/2008 10:22:00 PM\n-----\nBODY:\n${body}\n-----\n--------\n`),
  );
  expect(files?.["posts/deep.md"]).toContain("the words");
});

test("a zip is imported like a folder", async () => {
  const folder = tempFolder("zip");
  writeFileSync(path.join(folder, "blog.zip"), zipOf({ "export/typepad.txt": TYPEPAD }));
  const { result } = await imported(path.join(folder, "blog.zip"));
  expect(result.counts.posts).toBe(1);
});

test("a zip with a path outside its folder is refused", async () => {
  const folder = tempFolder("zip");
  writeFileSync(path.join(folder, "blog.zip"), zipOf({ "../out.txt": "x" }));
  const target = tempFolder("unzip");
  await expect(unzipInto(path.join(folder, "blog.zip"), path.join(target, "in"))).rejects.toThrow(
    AuthorError,
  );
  expect(textsIn(target)).toEqual({});
});

test("a zip that exceeds the limits when unpacked is refused", async () => {
  const folder = tempFolder("zip");
  const zip = path.join(folder, "blog.zip");
  writeFileSync(zip, zipOf({ "a.txt": Buffer.alloc(2_000_000), "b.txt": "b" }));
  const target = tempFolder("unzip");
  await expect(unzipInto(zip, target, { maxBytes: 1_000_000, maxFiles: 10 })).rejects.toThrow(
    /too large when unpacked/,
  );
  await expect(unzipInto(zip, target, { maxBytes: 1e9, maxFiles: 1 })).rejects.toThrow(/too many files/);
});
