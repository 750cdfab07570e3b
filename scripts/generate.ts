/** `npm run schemas`: writes the JSON Schemas for editors, the references in docs/ and the web font. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { generatedFiles } from "./generated-files.ts";
import { READING_FONT, readingFont } from "./reading-font.ts";

const root = path.resolve(import.meta.dirname, "..");
for (const { file, text } of await generatedFiles(root)) {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
  console.log(file);
}
writeFileSync(path.join(root, READING_FONT), await readingFont());
console.log(READING_FONT);
