import { expect, test } from "vitest";
import { post } from "../../../../tests/support/blog-folder.ts";
import { outcomeOf } from "../../../../tests/support/load-outcome.ts";

const COMPONENT = "<p>Hello</p>\n";

test("an import of a missing file is an error with its line and the probable name", async () => {
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

const FORMS = [
  'import "./a"',
  'import b from "./b"',
  "import { c as d } from './c'",
  'import * as e from "./e"',
  'import f, {g} from"./f"',
  'import {h}from "./h"',
  'export { i } from "./i"',
  'export * from "./j"',
];

test("every form of import is found, with its line", async () => {
  const { errors } = await outcomeOf({ "content/posts/a.mdx": post("", `Text.\n\n${FORMS.join("\n")}\n`) });
  const said = ["a", "b", "c", "e", "f", "h", "i", "j"].map(
    (name, index) => `content/posts/a.mdx:${index + 7} This imports a file that isn't there: ./${name}`,
  );
  expect(errors).toEqual(said);
});

test.each([
  '{/*\nimport A from "./a"\n*/}\n',
  'A paragraph\nimport A from "./a"\n',
  '~~~\n\nimport A from "./a"\n~~~\n',
  '````\n```\n\nimport A from "./a"\n````\n',
])("what only looks like an import is text: %j", async (text) => {
  expect((await outcomeOf({ "content/posts/a.mdx": post("", text) })).errors).toEqual([]);
});

test("a missing package, an undefined alias and a missing framework are errors", async () => {
  const body = [
    'import { YouTube } from "astro-embed";',
    'import Chart from "@scope/charts/bar";',
    'import Logo from "~/components/Logo.astro";',
    'import Counter from "./Counter.jsx";',
    'import { join } from "node:path";',
    'import { Image } from "astro:assets";',
  ].join("\n");
  const files = {
    "content/posts/a.mdx": post("", `${body}\n\n<Counter client:load />\n`),
    "content/posts/Counter.jsx": "export default () => null;\n",
    "src/components/Logo.astro": COMPONENT,
  };
  const { errors, hints } = await outcomeOf(files);
  expect(errors).toEqual([
    "content/posts/a.mdx:5 This imports a package that isn't installed: astro-embed",
    "content/posts/a.mdx:6 This imports a package that isn't installed: @scope/charts/bar",
    "content/posts/a.mdx:7 This imports by an alias that the project doesn't have: ~/components/Logo.astro",
    "content/posts/a.mdx:8 ./Counter.jsx needs React (or Preact or Solid), which this project doesn't use",
  ]);
  expect(hints[1]).toContain("npm install @scope/charts");
  expect(hints[2]).toContain('from "../../src/components/Logo.astro"');
  expect(hints[3]).toContain("npx astro add react");
  const settled = await outcomeOf({
    ...files,
    "node_modules/astro-embed/package.json": "{}",
    "node_modules/@scope/charts/package.json": "{}",
    "tsconfig.json": '{ "compilerOptions": { "paths": { "~/*": ["./src/*"] } } }',
    "astro.config.mjs": 'import react from "@astrojs/react";\n',
  });
  expect(settled.errors).toEqual([]);
});
