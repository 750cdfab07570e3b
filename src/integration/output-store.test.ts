import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../../tests/support/temp-folder.ts";
import { listFiles } from "./list-files.ts";
import { OutputStore } from "./output-store.ts";

const KEYS = ["aa01", "aa02", "bb03"];

/** A store with three files from an earlier build, and a folder for the new site. */
async function storeOfBefore(name: string) {
  const folder = tempFolder(name);
  const place = path.join(folder, "store");
  const before = new OutputStore(place);
  for (const key of KEYS) await before.write(key, `text of ${key}`);
  await before.settled();
  await before.end();
  before.save();
  const siteFiles = KEYS.map((key) => ({ key, target: path.join(folder, `site/${key}/index.html`) }));
  return { folder, place, siteFiles, store: new OutputStore(place) };
}

const stored = (place: string, key: string): string => path.join(place, key.slice(0, 2), key.slice(2));

const keysOf = (files: readonly { readonly key: string }[]): string[] => files.map(({ key }) => key);

test("a file that was edited, truncated or removed in the cache isn't placed in the site", async () => {
  const { place, siteFiles, store } = await storeOfBefore("store-damaged");
  expect(keysOf(await store.place(siteFiles))).toEqual(KEYS);

  const again = new OutputStore(place);
  const { mtime } = statSync(stored(place, "aa01"));
  writeFileSync(stored(place, "aa01"), "cut off");
  utimesSync(stored(place, "aa01"), mtime, mtime);
  writeFileSync(stored(place, "aa02"), "TEXT OF AA02");
  rmSync(stored(place, "bb03"));
  const elsewhere = siteFiles.map(({ key, target }) => ({ key, target: `${target}.new` }));
  expect(await again.place(elsewhere)).toEqual([]);
  await store.end();
  await again.end();
});

test("a stored file never overwrites one of the author's", async () => {
  const { siteFiles, store } = await storeOfBefore("store-author");
  const [first] = siteFiles;
  mkdirSync(path.dirname(first?.target ?? ""), { recursive: true });
  writeFileSync(first?.target ?? "", "the author's");
  expect(keysOf(await store.place(siteFiles))).toEqual(KEYS.slice(1));
  expect(readFileSync(first?.target ?? "", "utf8")).toBe("the author's");
  await store.end();
});

test("a new file is in the site and stored under its key, and unused files are removed at the end", async () => {
  const { folder, place, siteFiles, store } = await storeOfBefore("store-writes");
  const target = path.join(folder, "site/new/feed.xml");
  await store.place(siteFiles.slice(1));
  await store.write("cc04", "Grüße", target);
  await store.settled();
  await store.end();
  expect(readFileSync(target, "utf8")).toBe("Grüße");
  expect(Buffer.from(store.read("cc04") ?? []).toString()).toBe("Grüße");
  store.save();
  expect(listFiles(place).sort()).toEqual(["aa/02", "bb/03", "cc/04", "manifest.json"]);
});

test("large files don't pile up in memory: a write waits while two batches are queued for the disk", async () => {
  const { place, store } = await storeOfBefore("store-large");
  for (const key of ["dd01", "dd02"]) await store.write(key, new Uint8Array(2 ** 21));
  expect(statSync(stored(place, "dd01")).size).toBe(2 ** 21);
  await store.settled();
  await store.end();
});

test("a file system error in the worker is thrown with its code, and again by later waits", async () => {
  const { folder, place, siteFiles, store } = await storeOfBefore("store-refused");
  const isFile = path.join(folder, "file");
  writeFileSync(isFile, "");
  mkdirSync(path.join(folder, "site"), { recursive: true });
  const inFile = siteFiles.map(({ key }) => ({ key, target: path.join(isFile, key) }));
  await expect(store.place(inFile)).rejects.toMatchObject({ code: "ENOTDIR", syscall: "link" });
  await store.write("dd05", "x", path.join(isFile, "x"));
  await expect(store.settled()).rejects.toMatchObject({ code: "ENOTDIR" });
  await expect(store.settled()).rejects.toMatchObject({ code: "ENOTDIR" });
  await store.end();
  expect(new OutputStore(place).read("dd05")).toBe(null);
});
