import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { readAhead } from "./read-ahead.ts";

const folder = mkdtempSync(path.join(tmpdir(), "read-ahead-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("files are read to their end, in spite of those before them that can't be", async () => {
  const pipe = path.join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  const end = readAhead([path.join(folder, "gone"), folder, pipe]);
  const writer = await open(pipe, "w");
  // More than a pipe holds: this ends only when somebody reads.
  const { bytesWritten } = await writer.write(Buffer.alloc(1024 * 1024));
  expect(bytesWritten).toBe(1024 * 1024);
  await writer.close();
  await end();
});
