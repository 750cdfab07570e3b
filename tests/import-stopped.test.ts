import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { imported, textsIn } from "./support/imported.ts";
import { movableTypeExport } from "./support/made-up-export.ts";
import { tempFolder } from "./support/temp-folder.ts";

const importer = path.resolve(import.meta.dirname, "../src/lib/import/import-blog.ts");

/** Imports in a separate process that kills itself at a named point. */
async function killedImport(source: string, contentDir: string, step: string, done: number): Promise<void> {
  const script = `import { importBlog } from ${JSON.stringify(importer)};
await importBlog({
  source: ${JSON.stringify(source)}, contentDir: ${JSON.stringify(contentDir)}, isDryRun: false, images: null,
  baseUrl: "https://new.example/",
  onProgress: (at) => { if (at.step === ${JSON.stringify(step)} && at.done >= ${done}) process.kill(process.pid, "SIGKILL"); },
});`;
  const run = promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]);
  await expect(run).rejects.toMatchObject({ signal: "SIGKILL" });
}

test("an import that was killed at any point is completed by the next one, with the same result", async () => {
  const source = path.join(tempFolder("export"), "blog.txt");
  writeFileSync(source, [...movableTypeExport({ posts: 150, comments: 300, words: 12 })].join(""));
  const whole = await imported(source);
  const clean = whole.files();
  expect(existsSync(path.join(whole.root, "content/_import/files.log"))).toBe(false);
  const points = [
    ["reading", 0],
    ["writing posts", 0],
    ["writing posts", 100],
    ["writing responses", 0],
    ["writing responses", 200],
  ] as const;
  const contentDir = path.join(tempFolder("stopped"), "content");
  for (const [step, done] of points) {
    await killedImport(source, contentDir, step, done);
    const left = Object.keys(textsIn(contentDir));
    expect(left.filter((name) => clean[name] === undefined && name !== "_import/files.log")).toEqual([]);
  }
  const after = await imported(source, { contentDir });
  expect(after.result.files.kept).toEqual([]);
  expect(textsIn(contentDir)).toEqual(clean);
  expect((await after.again()).files).toMatchObject({ written: 0, removed: 0, kept: [] });
});

test("an import that was killed, then run with other settings, replaces what the first one wrote", async () => {
  const source = path.join(tempFolder("export"), "blog.txt");
  writeFileSync(source, [...movableTypeExport({ posts: 150, comments: 150, words: 12 })].join(""));
  const contentDir = path.join(tempFolder("stopped"), "content");
  await killedImport(source, contentDir, "writing responses", 100);
  const other = { contentDir, baseUrl: "https://other.example/" };
  const { result } = await imported(source, other);
  expect(result.files.kept).toEqual([]);
  const clean = await imported(source, { baseUrl: other.baseUrl });
  expect(textsIn(contentDir)).toEqual(clean.files());
});
