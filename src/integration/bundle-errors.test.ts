import path from "node:path";
import { expect, test } from "vitest";
import { blogFolder } from "../../tests/support/blog-folder.ts";
import { AuthorError } from "../lib/author-error.ts";
import { asAuthorError } from "./bundle-errors.ts";

test("an import in a component of the author's that leads nowhere is named with its file, without a stack", () => {
  const root = blogFolder({ "content/posts/a/Chart.astro": "<p>x</p>\n" });
  const contentDir = path.join(root, "content");
  const file = path.join(contentDir, "posts/a/Chart.astro");
  const message = `[vite]: Rolldown failed to resolve import "d3/bars" from "${file}".\nThis is most likely unintended`;
  const error = asAuthorError(new Error(message), contentDir);
  expect(error).toBeInstanceOf(AuthorError);
  expect(String(error)).toContain("content/posts/a/Chart.astro\n  This imports what isn't there: d3/bars");
  expect(error instanceof Error && error.stack).toBe("");
});

test("what isn't the author's stays as it is", () => {
  const contentDir = path.join(blogFolder(), "content");
  const error = new Error('failed to resolve import "x" from "/elsewhere/y.js"');
  expect(asAuthorError(error, contentDir)).toBe(error);
});
