import { rmSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { blogFolder } from "../../tests/support/blog-folder.ts";
import { changedSince } from "./changed-since.ts";

test("a file written while the watcher was starting is noticed, an older one isn't", () => {
  const before = Date.now();
  const folder = path.join(blogFolder({ "content/posts/deep/a.md": "Words.\n" }), "content");
  expect(changedSince(folder, before)).toBe(true);
  expect(changedSince(folder, Date.now() + 10_000)).toBe(false);
  rmSync(folder, { recursive: true });
  expect(changedSince(folder, Date.now())).toBe(false);
});
