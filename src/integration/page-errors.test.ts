import path from "node:path";
import { expect, test } from "vitest";
import { blogFolder } from "../../tests/support/blog-folder.ts";
import { AuthorError } from "../lib/author-error.ts";
import { codeFailed } from "./author-errors.ts";
import { codeError, PageErrors } from "./page-errors.ts";

const SOURCE =
  "---\nconst { rows } = Astro.props;\nconst first = rows[0].name;\n---\n<ul>\n  {rows.map((row) => <li>{row}</li>)}\n</ul>\n";

const BUNDLE = `import { t } from "./other.mjs";
// \\0virtual:backfence/user-head
var head = [];
// src/components/Chart.astro
var $$Chart = createComponent(($$result, $$props) => {
	const { rows } = Astro.props;
	const first = rows[0].name;
	return renderTemplate\`<ul>\${rows.map((row) => renderTemplate\`<li>\${row}</li>\`)}</ul>\`;
});
`;

const root = blogFolder({
  "src/components/Chart.astro": SOURCE,
  "site/.prerender/chunks/Chart_x.mjs": BUNDLE,
  "node_modules/chart/index.mjs": "",
});
const folders = { root, contentDir: path.join(root, "content") };

function thrownAt(...frames: readonly string[]): Error {
  const stack = ["TypeError: rows is empty", ...frames.map((frame) => `    at run (${frame})`)].join("\n");
  return Object.assign(new TypeError("rows is empty"), { stack });
}

const CHUNK = `file://${root}/site/.prerender/chunks/Chart_x.mjs`;

test.each([
  ["a line of front matter", `${CHUNK}:7:21`, "src/components/Chart.astro:3"],
  [
    "an expression in the template",
    `${CHUNK}:8:${(BUNDLE.split("\n")[7] ?? "").indexOf("map(") + 1}`,
    "src/components/Chart.astro:6",
  ],
  ["a line that isn't the source's", `${CHUNK}:5:12`, "src/components/Chart.astro\n"],
  [
    "a file as the dev server names it",
    `${root}/src/components/Chart.astro:3:21`,
    "src/components/Chart.astro:3",
  ],
])("the author's file and line are named for %s", (_, frame, place) => {
  const failed = codeError(
    thrownAt(`${root}/node_modules/chart/index.mjs:1:1`, frame),
    "The page / can't be rendered",
    folders,
  );
  expect(failed).toBeInstanceOf(AuthorError);
  expect(String(failed)).toContain(
    `${place}${place.endsWith("\n") ? "" : "\n"}  The page / can't be rendered: rows is empty`,
  );
  expect(failed instanceof Error && failed.stack).toBe("");
});

test("an error outside the author's files stays unchanged, and a thrown string gets no stack", () => {
  const error = thrownAt(`${root}/node_modules/chart/index.mjs:1:1`, `${CHUNK}:3:1`);
  expect(codeError(error, "The page / can't be rendered", folders)).toBe(error);
  expect(codeError("no data", "The page / can't be rendered", folders)).toMatchObject({
    message: "The page / can't be rendered: no data",
    stack: "",
  });
});

test("an error on one page isn't reported for another", () => {
  const errors = new PageErrors(folders);
  expect(errors.onPageError(thrownAt(`${CHUNK}:7:21`), "https://a.example/a/").status).toBe(500);
  expect(() => errors.throwOf("https://a.example/b/")).not.toThrow();
  expect(() => errors.throwOf("https://a.example/a/")).toThrow(
    "The page /a/ can't be rendered: rows is empty",
  );
});

test("a component that its file doesn't export is reported as undefined", () => {
  const error = new Error("Unable to render /_backfence/body/a/ because it contains an undefined Component!");
  expect(codeFailed(error, "content/posts/a.mdx").issues).toMatchObject([
    {
      file: "content/posts/a.mdx",
      message: expect.stringMatching(/code failed: a component in it is undefined/),
    },
  ]);
});
