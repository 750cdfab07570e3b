import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { readingFont } from "./fonts.ts";

const cacheDir = tempFolder("font");

test("the one web font weighs at most 45 KB and is made once", async () => {
  const file = path.join(await readingFont(cacheDir), "literata.woff2");
  const font = readFileSync(file);
  expect(font.toString("latin1", 0, 4)).toBe("wOF2");
  expect(font.byteLength).toBeLessThanOrEqual(45_000);
  const made = statSync(file).mtimeMs;
  await readingFont(cacheDir);
  expect(statSync(file).mtimeMs).toBe(made);
});
