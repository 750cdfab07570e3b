/** `npm run check:content`: every mistake in the author's folder, without a build. Editors read its lines. */
import path from "node:path";
import { loadBlog } from "../lib/content/load-blog.ts";
import { runCommand } from "./report.ts";
import { siteArguments } from "./site-folders.ts";

await runCommand(async () => {
  const { folders, now } = siteArguments(process.argv.slice(2));
  const root = path.dirname(folders.contentDir);
  const cacheDir = path.join(folders.cacheDir, "check");
  const { blog, notes } = await loadBlog({ ...folders, root, cacheDir, mode: "build", now });
  for (const note of notes) console.log(`Note: ${note}`);
  console.log(`No mistakes in ${blog.posts.length} posts and ${blog.pages.length} pages.`);
});
