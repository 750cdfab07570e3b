import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";

/** Whether `content/` still contains the demo blog and not an author's own. */
export function hasDemo(root: string): boolean {
  return existsSync(path.join(root, "content/posts/one-more-story/index.mdx"));
}

/**
 * Returns the test files that need the pages and conversations of the demo blog. They are skipped for an author's own
 * blog, which a build checks.
 */
export function testsOfDemo(root: string): string[] {
  const looksAtDemo = /support\/sites\.ts"|inject\("demo/;
  const ofPages = globSync("tests/e2e/**/*.test.ts", { cwd: root })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => looksAtDemo.test(readFileSync(path.join(root, file), "utf8")));
  return ["src/lib/responses/demo.test.ts", "tests/export-demo.test.ts", ...ofPages];
}
