/** `npm run dev`: the blog while you write; drafts and posts dated in the future are shown, marked. */
import { startDev } from "../build/dev-server.ts";
import { runCommand } from "./report.ts";
import { siteArguments } from "./site-folders.ts";

await runCommand(async () => {
  const { folders, port } = siteArguments(process.argv.slice(2));
  const { url } = await startDev({ ...folders, port, say: (line) => console.error(line) });
  console.log(`Your blog, drafts included, is at ${url}\nStop it with Ctrl+C.`);
});
