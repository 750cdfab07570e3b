import { expect, test } from "vitest";
import { post } from "../../../../tests/support/blog-folder.ts";
import { outcomeOf } from "../../../../tests/support/load-outcome.ts";
import { importsIn } from "./imports.ts";

const COMPONENT = "<p>Hello</p>\n";

test("an import of a file that isn't there names file and line, and the name that was meant", async () => {
  const { errors, hints } = await outcomeOf({
    "content/posts/a.mdx": post("", 'import Chart from "./Chrat.astro";\n\n<Chart />\n'),
    "content/posts/Chart.astro": COMPONENT,
    "content/posts/b.mdx": post("", 'import {\n  One,\n} from "../nowhere/list.ts";\n\n{One}\n'),
  });
  expect(errors).toEqual([
    "content/posts/a.mdx:5 This imports a file that isn't there: ./Chrat.astro",
    "content/posts/b.mdx:7 This imports a file that isn't there: ../nowhere/list.ts",
  ]);
  expect(hints[0]).toBe("Did you mean “./Chart.astro”?");
  expect(hints[1]).toContain("Correct the path");
});

test("imports with and without an extension or query, of packages, and in blocks of code are fine", async () => {
  const body = [
    'import Chart from "./Chart.astro";',
    'import { words } from "../list";',
    'import raw from "./Chart.astro?raw";',
    'import path from "node:path";',
    "",
    "<Chart />",
    "",
    "```js",
    'import no from "./no.js";',
    "```",
    "",
  ].join("\n");
  const { errors } = await outcomeOf({
    "content/posts/a.mdx": post("", body),
    "content/posts/Chart.astro": COMPONENT,
    "content/list.ts": "export const words = 1;\n",
  });
  expect(errors).toEqual([]);
});

test("every form of import is found", () => {
  const forms = ['import "./a"', 'import b from "./b"', "import { c as d } from './c'", 'import * as e from "./e"', 'import f, {g} from"./f"', 'import {h}from "./h"', 'export { i } from "./i"', 'export * from "./j"'];
  expect(importsIn(forms.join("\n")).map(({ from }) => from)).toEqual(["./a", "./b", "./c", "./e", "./f", "./h", "./i", "./j"]);
});

test.each([
  '{/*\nimport A from "./a"\n*/}\n',
  'A paragraph\nimport A from "./a"\n',
  '~~~\n\nimport A from "./a"\n',
  '````\n```\n\nimport A from "./a"\n````\n',
])("what only looks like an import is text: %j", (text) => {
  expect(importsIn(text)).toEqual([]);
});

test("an import after front matter and after a paragraph is found", () => {
  expect(importsIn('---\ntitle: A\n---\nimport A from "./a"\n\nText.\n\nimport B from "./b"\n')).toEqual([
    { from: "./a", line: 4 },
    { from: "./b", line: 8 },
  ]);
});
