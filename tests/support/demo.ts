import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";

/** Whether `content/` still holds the blog that comes with Backfence, or by now an author's own. */
export function hasDemo(root: string): boolean {
  return existsSync(path.join(root, "content/posts/one-more-story/index.mdx"));
}

/**
 * Test files that look at the pages and the conversation of the blog that comes with Backfence. With an author's own in
 * its place they have nothing to look at; a build checks that one.
 */
export function testsOfDemo(root: string): string[] {
  const looksAtDemo = /support\/sites\.ts"|inject\("demo/;
  const ofPages = globSync("tests/e2e/**/*.test.ts", { cwd: root })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => looksAtDemo.test(readFileSync(path.join(root, file), "utf8")));
  return ["src/lib/responses/demo.test.ts", "tests/export-demo.test.ts", ...ofPages];
}
