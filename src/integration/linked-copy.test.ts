import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LinkedCopy } from "./linked-copy.ts";

let home = "";
let tree = "";

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "linked-copy-"));
  tree = path.join(home, "site");
});
afterEach(() => rmSync(home, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
  writeFileSync(path.join(tree, file), text);
}

function copyOf(files: readonly string[]): LinkedCopy {
  const copy = new LinkedCopy(`${tree}.copy`);
  for (const file of files) copy.add(tree, file);
  return copy;
}

test("the tree of the next build holds every file of a first build, without a copy of its bytes", () => {
  const files = ["index.html", "posts/a/index.html", "posts/a/responses.xml", "tags/日本/rss.xml"];
  for (const file of files) write(file, file);
  const copy = copyOf(files);
  expect(copy.isWhole(files.length)).toBe(true);
  expect(copy.isWhole(files.length + 1)).toBe(false);
  for (const file of files) {
    const linked = path.join(copy.folder, file);
    expect(readFileSync(linked, "utf8")).toBe(file);
    expect(statSync(linked).ino).toBe(statSync(path.join(tree, file)).ino);
  }
});

test("what a killed build has left in it never reaches the next one", () => {
  mkdirSync(`${tree}.copy/posts`, { recursive: true });
  writeFileSync(`${tree}.copy/posts/old.html`, "old");
  write("posts", "a file");
  expect(copyOf(["posts"]).isWhole(1)).toBe(true);
  expect(readFileSync(`${tree}.copy/posts`, "utf8")).toBe("a file");
});

test.each([
  ["a file that is written twice", ["a/index.html", "a/index.html"]],
  ["a file where a folder is", ["a/index.html", "a"]],
  ["a folder where a file is", ["b", "b/c/index.html"]],
])("%s is never shown as it was before", (_, files) => {
  write("a/index.html", "a");
  write("b", "b");
  expect(copyOf(files).isWhole(new Set(files).size)).toBe(false);
});
