/**
 * `npm run check:content`: every error in the author's folder, without a build. Editors read its lines. With `--fix`,
 * front matter of other generators is rewritten with Backfence's keys first; `--dry-run` shows what would change.
 */
import path from "node:path";
import { fixContent } from "../lib/content/fix/fix-content.ts";
import { fixReport } from "../lib/content/fix/fix-report.ts";
import { loadBlog } from "../lib/content/load-blog.ts";
import { runCommand } from "./report.ts";
import { siteArguments } from "./site-folders.ts";

const FLAGS = new Set(["--fix", "--dry-run"]);

await runCommand(async () => {
  const args = process.argv.slice(2);
  const { folders, now } = siteArguments(args.filter((arg) => !FLAGS.has(arg)));
  const root = path.dirname(folders.contentDir);
  const dryRun = args.includes("--dry-run");
  if (dryRun || args.includes("--fix")) {
    console.log(fixReport(fixContent({ contentDir: folders.contentDir, root, dryRun }), dryRun));
    if (dryRun) return;
  }
  const cacheDir = path.join(folders.cacheDir, "check");
  const { blog, notes } = await loadBlog({ ...folders, root, cacheDir, mode: "build", now, env: process.env });
  for (const note of notes) console.log(`Note: ${note}`);
  console.log(`No errors in ${blog.posts.length} posts and ${blog.pages.length} pages.`);
});
