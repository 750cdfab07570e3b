import path from "node:path";
import { expect } from "vitest";
import { command } from "../../src/cli/export.ts";
import { exitCodes } from "../../src/cli/responses/exit-codes.ts";
import { filesOfZip } from "./read-zip.ts";
import { tempFolder } from "./temp-folder.ts";

/** An EPUB book and the files in it. */
export type Book = Awaited<ReturnType<typeof bookOf>>;

/** Creates a book with the command line. */
export async function bookOf(root: string, ...more: string[]) {
  const file = path.join(tempFolder("book"), "blog.epub");
  const cache = tempFolder("book-cache");
  let out = "";
  const add = (text: string): void => void (out += text);
  const args = ["--format", "epub", "--out", file, "--cache", cache, ...more];
  const code = await command.run(args, {
    ...{ root, out: add, err: add, isInteractive: false, env: {} },
    now: () => new Date("2026-11-30T00:00:00Z"),
    sleep: () => Promise.resolve(),
  });
  expect(code).toBe(exitCodes.ok);
  const files = await filesOfZip(file);
  return { file, files, out, read: (name: string) => files.get(`EPUB/${name}`)?.toString() ?? "" };
}
