/** `npm run check:content`: every mistake in the author's folder, without a build. Editors read its lines. */
import { loadBlog } from "../lib/posts/load-blog.ts";
import { runCommand } from "./report.ts";
import { siteArguments } from "./site-folders.ts";

await runCommand(async () => {
  const { folders, now } = siteArguments(process.argv.slice(2));
  const { blog, notes } = await loadBlog({
    ...folders,
    cacheDir: `${folders.cacheDir}/check`,
    mode: "build",
    now,
  });
  for (const note of notes) console.log(note);
  console.log(`No mistakes in ${blog.posts.length} posts and ${blog.pages.length} pages.`);
});
