import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { FileCache } from "./file-cache.ts";
import { FileIndex } from "./file-index.ts";

let root = "";
let made: string[] = [];

beforeEach(() => {
  root = tempFolder("index");
  made = [];
  write("a.txt", "one");
});

function write(file: string, text: string): void {
  writeFileSync(path.join(root, file), text);
}

function open(
  options: { readonly clock?: () => number; readonly version?: string; readonly onDamage?: () => void } = {},
) {
  const { clock = () => Date.now() + 10_000, version = "1", onDamage } = options;
  return new FileIndex<string>({
    cache: new FileCache(path.join(root, "cache"), onDamage),
    name: "test",
    version,
    root,
    clock,
  });
}

function read(index: FileIndex<string>, file: string, others: readonly string[] = [], isKept = true) {
  return index.get(file, "input", async (bytes) => {
    made.push(file);
    return { value: bytes.toString(), isKept, others };
  });
}

describe("an index of files", () => {
  test("doesn't read an unchanged file", async () => {
    const first = open();
    await read(first, "a.txt");
    first.save();
    const second = open();
    expect(await read(second, "a.txt")).toBe("one");
    expect([made, second.counts]).toEqual([["a.txt"], { read: 0, made: 0 }]);
  });

  test("skips files that a watcher reports as unchanged, and checks all files again after a save", async () => {
    const index = open();
    for (const file of ["a.txt", "b.txt"]) write(file, "one");
    for (const file of ["a.txt", "b.txt"]) await read(index, file);
    index.save();
    for (const file of ["a.txt", "b.txt"]) write(file, "two, longer");
    index.lookOnlyAt((file) => file === "b.txt");
    expect([await read(index, "a.txt"), await read(index, "b.txt")]).toEqual(["one", "two, longer"]);
    index.save();
    expect(await read(index, "a.txt")).toBe("two, longer");
  });

  test("reads a file again, once, if it could have changed unnoticed right after the first read", async () => {
    const readAtOnce = () => statSync(path.join(root, "a.txt")).ctimeMs + 100;
    const first = open({ clock: readAtOnce });
    await read(first, "a.txt");
    first.save();
    const second = open();
    await read(second, "a.txt");
    expect(second.counts).toEqual({ read: 1, made: 0 });
    second.save();
    const third = open();
    await read(third, "a.txt");
    expect([third.counts, made]).toEqual([{ read: 0, made: 0 }, ["a.txt"]]);
  });

  test("makes a value again when the file, its input or a file it depends on has changed", async () => {
    write("b.txt", "other");
    const index = open({ clock: () => 0 });
    await read(index, "a.txt", ["b.txt", "missing.txt"]);
    const later = (change: () => void) => {
      index.save();
      change();
      return read(index, "a.txt", ["b.txt", "missing.txt"]);
    };
    expect(await later(() => write("a.txt", "two"))).toBe("two");
    await later(() => write("b.txt", "changed"));
    await later(() => write("missing.txt", "there now"));
    await later(() => rmSync(path.join(root, "b.txt")));
    await later(() => undefined);
    expect(made).toHaveLength(5);
    await index.get("a.txt", "other input", async () => ({ value: "new", isKept: true, others: [] }));
    expect(
      await index.get("a.txt", "other input", async () => ({ value: "never", isKept: true, others: [] })),
    ).toBe("new");
  });

  test("doesn't store values with errors", async () => {
    const index = open();
    await read(index, "a.txt", [], false);
    index.save();
    await read(open(), "a.txt", [], false);
    expect(made).toHaveLength(2);
  });

  test("drops deleted files", async () => {
    write("b.txt", "two");
    const first = open();
    await read(first, "a.txt");
    await read(first, "b.txt");
    first.save();
    rmSync(path.join(root, "b.txt"));
    const second = open();
    await read(second, "a.txt");
    expect(await read(second, "b.txt")).toBeNull();
    second.save();
    write("b.txt", "two");
    await read(open(), "b.txt");
    expect(made).toEqual(["a.txt", "b.txt", "b.txt"]);
  });

  test("is ignored under another version, or when it is damaged", async () => {
    const first = open();
    await read(first, "a.txt");
    first.save();
    await read(open({ version: "2" }), "a.txt");
    expect(made).toHaveLength(2);
    const stored = onlyFile(path.join(root, "cache"));
    const bytes = readFileSync(stored);
    writeFileSync(stored, bytes.subarray(0, bytes.length - 1));
    let isTold = false;
    await read(open({ onDamage: () => void (isTold = true) }), "a.txt");
    expect([made.length, isTold]).toEqual([3, true]);
  });
});

function onlyFile(folder: string): string {
  const [file] = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return file === undefined ? "" : path.join(file.parentPath, file.name);
}
