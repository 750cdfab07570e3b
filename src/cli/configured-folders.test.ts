import { expect, test } from "vitest";
import { foldersIn } from "./configured-folders.ts";

const IMPORTS = 'import { defineConfig } from "astro/config";\nimport blog from "backfence";\n';

test.each([
  ['export default defineConfig({ srcDir: "./app", integrations: [blog()] });', { srcDir: "./app" }],
  ['export default { publicDir: "static" };', { publicDir: "static" }],
  [
    'const srcDir = "./app";\nconst config = { srcDir };\nexport default defineConfig(config);',
    { srcDir: "./app" },
  ],
  [
    'export default defineConfig({ integrations: [blog({ contentDir: "./writing" })] });',
    { contentDir: "./writing" },
  ],
  // Options of other packages can have the same names.
  ['export default defineConfig({ integrations: [pwa({ srcDir: "worker" }), blog()] });', {}],
  ['export default defineConfig({ vite: { publicDir: "static" } });', {}],
  ["export default defineConfig({ srcDir: process.env.SRC });", {}],
  ["export default defineConfig({ srcDir: './app' } as Config);", {}],
  ["export default defineConfig({ integrations: [blog()] });", {}],
])("%s", (code, expected) => {
  expect(foldersIn(IMPORTS + code)).toEqual(expected);
});
