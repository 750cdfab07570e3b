import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { READING_FONT, readingFont } from "./reading-font.ts";

test("the web font is at most 45 KB and up to date with `npm run schemas`", async () => {
  const font = readFileSync(path.resolve(import.meta.dirname, "..", READING_FONT));
  expect(font.toString("latin1", 0, 4)).toBe("wOF2");
  expect(font.byteLength).toBeLessThanOrEqual(45_000);
  expect(font.equals(await readingFont())).toBe(true);
});
