import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { fixture, imported, textsIn } from "../../../tests/support/imported.ts";
import { tempFolder } from "../../../tests/support/temp-folder.ts";

test("a dry run writes nothing and gives the same report", async () => {
  const dry = await imported(fixture("typepad.txt"), { isDryRun: true });
  const wet = await imported(fixture("typepad.txt"));
  expect(textsIn(path.join(dry.root, "content"))).toEqual({});
  expect(dry.result).toEqual(wet.result);
});

test("a file edited by hand is kept and reported", async () => {
  const blog = await imported(fixture("typepad.txt"));
  const file = path.join(blog.root, "content/posts/the-gate.md");
  writeFileSync(file, "---\ntitle: Mine\ndate: 2008-03-17\n---\n\nMy own words.\n");
  const again = await blog.again();
  expect(again.files.kept).toEqual(["posts/the-gate.md"]);
  expect(blog.read("posts/the-gate.md")).toContain("My own words.");
});

test("an existing post keeps its slug", async () => {
  const root = tempFolder("import");
  const contentDir = path.join(root, "content");
  mkdirSync(path.join(contentDir, "posts"), { recursive: true });
  writeFileSync(path.join(contentDir, "posts/the-gate.md"), "---\ntitle: Older\ndate: 2001-01-01\n---\n");
  await imported(fixture("typepad.txt"), { contentDir });
  const files = textsIn(contentDir);
  expect(files["posts/the-gate.md"]).toContain("Older");
  expect(files["posts/the-gate-2.md"]).toContain("The gate");
});

test("a second blog in the same folder never removes the first", async () => {
  const contentDir = path.join(tempFolder("import"), "content");
  await imported(fixture("typepad.txt"), { contentDir });
  const before = textsIn(contentDir);
  await expect(imported(fixture("tumblr"), { contentDir })).rejects.toThrow(
    /already contains an import from Movable Type or TypePad/,
  );
  expect(textsIn(contentDir)).toEqual(before);
});

test("an import never follows a symbolic link out of the folder", async () => {
  const root = tempFolder("import");
  const outside = tempFolder("outside");
  mkdirSync(path.join(root, "content"));
  symlinkSync(outside, path.join(root, "content/posts"));
  await expect(imported(fixture("typepad.txt"), { contentDir: path.join(root, "content") })).rejects.toThrow(
    /link/,
  );
  expect(textsIn(outside)).toEqual({});
});

test("a file that isn't an export is an error that lists the supported formats", async () => {
  const folder = tempFolder("import");
  writeFileSync(path.join(folder, "letter.txt"), "Dear reader");
  await expect(imported(path.join(folder, "letter.txt"))).rejects.toThrow(/Movable Type or TypePad/);
  await expect(imported(path.join(folder, "none.txt"))).rejects.toThrow("no such file");
});
