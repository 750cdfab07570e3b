/** `npm run schemas`: writes the JSON Schemas for editors and the references in docs/ from the code. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { generatedFiles } from "./generated-files.ts";

const root = path.resolve(import.meta.dirname, "..");
for (const { file, text } of await generatedFiles(root)) {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
  console.log(file);
}
