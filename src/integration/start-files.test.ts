import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { blogFolder } from "../../tests/support/blog-folder.ts";
import { StartFiles } from "./start-files.ts";

test("settings that were edited, added or removed since the start count as changed until accepted", () => {
  const folder = path.join(blogFolder({ "content/site.yaml": "title: A\n" }), "content");
  const [site, words] = ["site.yaml", "words.yaml"].map((name) => path.join(folder, name));
  if (site === undefined || words === undefined) throw new Error("two files");
  const files = new StartFiles([site, words]);
  const changes = [
    () => writeFileSync(site, "title: Another\n"),
    () => writeFileSync(words, "read: Lies\n"),
    () => rmSync(words),
  ];
  for (const [at, change] of changes.entries()) {
    expect(files.changed()).toBeUndefined();
    change();
    expect(files.changed()).toBe(at === 0 ? site : words);
    files.accept();
  }
});
