/** The text of a page, which is in no feed, is repaired by the build that finds it damaged. */
import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { build } from "../support/build.ts";
import { tempSiteFolder } from "../support/temp-folder.ts";

const WORDS = "The gate is painted every spring.";

test("a page whose cached text is cut off is published whole by the next build", async () => {
  const folder = tempSiteFolder();
  const write = (file: string, text: string): void => {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  const settings = (title: string) => `title: ${title}\nurl: https://t.example/\ntimeZone: UTC\n`;
  write("content/site.yaml", settings("Before"));
  write("content/authors/nell.yaml", "name: Nell Hartigan\n");
  write("content/pages/gate.md", `---\ntitle: The gate\n---\n${WORDS}\n`);
  await build({ folder });
  const bodies = path.join(folder, "cache/backfence/bodies");
  const files = readdirSync(bodies, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => path.join(item.parentPath, item.name));
  const damaged = files.filter((file) => readFileSync(file, "latin1").includes(WORDS));
  expect(damaged).not.toEqual([]);
  for (const file of damaged) truncateSync(file, 10);
  write("content/site.yaml", settings("After"));
  const output = await build({ folder });
  expect(output).not.toMatch(/damaged \(|^ +at /m);
  const page = readFileSync(path.join(folder, "dist/gate/index.html"), "utf8");
  expect(page).toContain(WORDS);
  expect(page).toContain("After");
}, 120_000);
