import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { FileCache, hashOf } from "./file-cache.ts";

const KEY = hashOf("a text");

test("a lookup after a miss finds a value that another process has stored since", () => {
  const cache = new FileCache(tempFolder("cache"));
  expect(cache.has(KEY)).toBe(false);
  new FileCache(cache.folder).write(KEY, "found");
  expect([cache.has(KEY), cache.readText(KEY)]).toEqual([true, "found"]);
});

test("a value deleted from the disk is missing once it's read, and can be stored again", () => {
  const cache = new FileCache(tempFolder("cache"));
  cache.write(KEY, "found");
  expect(cache.has(KEY)).toBe(true);
  rmSync(cache.folder, { recursive: true });
  expect([cache.readText(KEY), cache.has(KEY)]).toEqual([null, false]);
  cache.write(KEY, "again");
  expect([cache.has(KEY), cache.readText(KEY)]).toEqual([true, "again"]);
});

test("long and empty values, text in any script and bytes are read back unchanged", () => {
  const cache = new FileCache(tempFolder("cache"));
  const values = ["long ".repeat(100_000), "", "é’字😀".repeat(20_000), Buffer.from([0, 255, 10]), "short"];
  const keys = values.map((_, at) => hashOf(String(at)));
  for (const [at, key] of keys.entries()) cache.write(key, values[at] ?? "");
  const read = keys.map((key) => cache.read(key));
  expect(read.map((bytes) => bytes?.toString("base64"))).toEqual(
    values.map((value) => Buffer.from(value).toString("base64")),
  );
});
