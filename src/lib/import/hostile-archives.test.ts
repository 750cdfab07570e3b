import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
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

/** Imports a zip. It must either fail with a clear error or complete, and leave no files behind. */
async function importZip(zip: Uint8Array): Promise<Record<string, string> | null> {
  const folder = tempFolder("archive");
  writeFileSync(path.join(folder, "blog.zip"), zip);
  // A separate temporary folder, since other tests unpack at the same time.
  const tmp = tempFolder("unpacked");
  const usual = process.env["TMPDIR"];
  process.env["TMPDIR"] = tmp;
  try {
    const blog = await imported(path.join(folder, "blog.zip"));
    return { ...blog.files() };
  } catch (error) {
    expect(error).toBeInstanceOf(AuthorError);
    return null;
  } finally {
    if (usual === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = usual;
    expect(Object.keys(textsIn(folder))).toEqual(["blog.zip"]);
    expect(readdirSync(tmp).filter((name) => name.startsWith("backfence-unzip-"))).toEqual([]);
  }
}

const NAMES = [
  "../out.txt",
  "a/../../out.txt",
  "/tmp/backfence-out.txt",
  "C:\\out.txt",
  "..\\out.txt",
  "a\\..\\..\\out.txt",
  "\0.txt",
  "a/b\0/../../c.txt",
  `${"n".repeat(300)}.txt`,
  `${"deep/".repeat(400)}x.txt`,
  "CON.txt",
  " .txt",
  "a\n.txt",
  "\u202Etxt.exe",
  "é/e\u0301.txt",
  "a",
  "a/",
  "a/b.txt",
  "export/typepad.txt",
];

test("a zip with arbitrary file names writes nothing outside its folder, and is imported or fails clearly", async () => {
  await fc.assert(
    fc.asyncProperty(fc.subarray(NAMES, { minLength: 1, maxLength: 4 }), async (names) => {
      await importZip(zipOf(Object.fromEntries(names.map((name) => [name, TYPEPAD]))));
      expect(existsSync("/tmp/backfence-out.txt")).toBe(false);
      expect(existsSync(path.join(os.tmpdir(), "out.txt"))).toBe(false);
    }),
    propertyRuns(20),
  );
});

test("a truncated or corrupted zip is imported or fails clearly", async () => {
  const zip = zipOf({ "export/typepad.txt": TYPEPAD, "export/picture.jpg": Buffer.from("no picture") });
  const place = fc.nat({ max: zip.length - 1 });
  await fc.assert(
    fc.asyncProperty(place, fc.uint8Array({ maxLength: 12 }), fc.boolean(), async (at, bytes, isCut) => {
      const rest = isCut ? Buffer.alloc(0) : zip.subarray(at + bytes.length);
      await importZip(Buffer.concat([zip.subarray(0, at), bytes, rest]));
    }),
    propertyRuns(20),
  );
});

test("a zip bomb is refused before it fills the disk", async () => {
  const folder = tempFolder("archive");
  const file = path.join(folder, "bomb.zip");
  writeFileSync(file, zipOf({ "export.txt": Buffer.alloc(100_000_000) }));
  const target = path.join(folder, "in");
  await expect(unzipInto(file, target)).rejects.toThrow(/too large when unpacked/);
  const written = readFileSync(path.join(target, "export.txt")).length;
  expect(written).toBeLessThan(70_000_000);
});

test("nested zips stay packed, except one level of a zip that contains only zips", async () => {
  const inner = zipOf({ "typepad.txt": TYPEPAD });
  expect(await importZip(zipOf({ "more.zip": zipOf({ "inner.zip": inner }) }))).toBeNull();
  const files = await importZip(zipOf({ "inner.zip": inner, "typepad.txt": TYPEPAD }));
  expect(files).toEqual((await imported(fixture("typepad.txt"))).files());
});
