import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { tempFolder } from "../../tests/support/temp-folder.ts";
import { configFiles } from "./config-files.ts";
import { configHash } from "./markdown-plugins.ts";

const FILES = {
  "astro.config.mjs": `import { defineConfig } from "astro/config";
import { shout } from "./plugins/shout";
import own from './own.js';
const late = await import("./late.mjs");
import gone from "./gone.mjs";
export default defineConfig({});
`,
  "plugins/shout.ts": 'export { loud as shout } from "../loud/index.js";\nimport "../astro.config.mjs";\n',
  "loud/index.ts": 'export const loud = "WHISPER";\n',
  "own.ts": "export default null;\n",
  "late.mjs": "export default null;\n",
  "other.mjs": "export default null;\n",
};

test("posts are rendered again after a change to any file that the configuration imports", () => {
  const folder = tempFolder("config");
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  for (const [file, text] of Object.entries(FILES)) write(file, text);
  const root = pathToFileURL(`${folder}/`);
  const read = configFiles(folder).map((file) => path.relative(folder, file).replaceAll("\\", "/"));
  const imported = ["astro.config.mjs", "late.mjs", "loud/index.ts", "own.ts", "plugins/shout.ts"];
  expect(read.sort()).toEqual(imported);
  for (const file of [...imported, "package-lock.json"]) {
    const before = configHash(root);
    write(file, "// changed\n");
    expect(configHash(root), file).not.toBe(before);
    for (const [name, text] of Object.entries(FILES)) write(name, text);
  }
  const before = configHash(root);
  write("other.mjs", "// changed\n");
  expect(configHash(root)).toBe(before);
});
