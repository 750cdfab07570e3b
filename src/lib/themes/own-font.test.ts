import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../../../tests/support/temp-folder.ts";
import { fontStyle } from "./font-css.ts";

const { resolve } = createRequire(import.meta.url);

test("a custom font is subset, and has a fallback with its metrics", async () => {
  const folder = tempFolder("font");
  const source = readFileSync(
    resolve("@fontsource-variable/literata/files/literata-latin-wght-normal.woff2"),
  );
  writeFileSync(path.join(folder, "mine.woff2"), source);
  const { css, preload } = await fontStyle("mine.woff2", { contentDir: folder, cacheDir: folder });
  const file = (preload ?? "").replace("?url", "");
  expect(readFileSync(file).subarray(0, 4).toString("latin1")).toBe("wOF2");
  expect(css).toContain("font-weight: 200 900;");
  expect(css).toMatch(/size-adjust: 1\d\d\.\d%;\nascent-override: [\d.]+%;\ndescent-override: [\d.]+%;/);
});

test("a system font stack loads no file", async () => {
  const { css, preload } = await fontStyle("sans", { contentDir: ".", cacheDir: "." });
  expect(preload).toBeNull();
  expect(css).not.toContain("url(");
});
