import path from "node:path";
import { expect, test } from "vitest";
import { blogFolder } from "../../tests/support/blog-folder.ts";
import { AuthorError } from "../lib/author-error.ts";
import { asAuthorError } from "./bundle-errors.ts";

test("an unresolved import in the author's component is reported with its file, without a stack", () => {
  const root = blogFolder({ "content/posts/a/Chart.astro": "<p>x</p>\n" });
  const contentDir = path.join(root, "content");
  const file = path.join(contentDir, "posts/a/Chart.astro");
  const message = `[vite]: Rolldown failed to resolve import "d3/bars" from "${file}".\nThis is most likely unintended`;
  const error = asAuthorError(new Error(message), { root, contentDir });
  expect(error).toBeInstanceOf(AuthorError);
  expect(String(error)).toContain("content/posts/a/Chart.astro\n  This imports what isn't there: d3/bars");
  expect(error instanceof Error && error.stack).toBe("");
});

test("errors outside the author's own files stay unchanged", () => {
  const root = blogFolder({ "node_modules/chart/index.js": "" });
  const folders = { root, contentDir: path.join(root, "content") };
  for (const file of [
    "/elsewhere/y.js",
    path.join(root, "node_modules/chart/index.js"),
    path.join(import.meta.dirname, "options.ts"),
  ]) {
    const error = new Error(`failed to resolve import "x" from "${file}"`);
    expect(asAuthorError(error, folders)).toBe(error);
  }
});

test("a misspelled path of a Backfence component in a page of the project gets a suggestion", () => {
  const root = blogFolder({ "src/pages/now.astro": "<p>x</p>\n" });
  const file = path.join(root, "src/pages/now.astro");
  const folders = { root, contentDir: path.join(root, "content") };
  const imports = (name: string) =>
    String(asAuthorError(new Error(`failed to resolve import "${name}" from "${file}"`), folders));
  expect(imports("backfence/layouts/Pages.astro")).toContain(
    'src/pages/now.astro\n  This imports what isn\'t there: backfence/layouts/Pages.astro\n    Did you mean "backfence/layouts/Page.astro"?',
  );
  expect(imports("backfence/components/shell/SiteFoter.astro")).toContain(
    'Did you mean "backfence/components/shell/SiteFooter.astro"?',
  );
});

test("a component that can't be compiled is reported with its line", () => {
  const root = blogFolder({ "src/components/Footer.astro": "---\nconst x = ;\n---\n" });
  const error = Object.assign(new Error("[CompilerError] Unexpected token"), {
    loc: { file: path.join(root, "src/components/Footer.astro"), line: 2 },
  });
  const failed = asAuthorError(error, { root, contentDir: path.join(root, "content") });
  expect(String(failed)).toContain(
    "src/components/Footer.astro:2\n  This can't be compiled: Unexpected token\n    Fix it, or take its import out.",
  );
});
