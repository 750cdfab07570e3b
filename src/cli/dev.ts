/** `npm run dev`: the blog while you write; drafts and posts dated in the future are shown, marked. */
import "./frugal-memory.ts";
import { startDev } from "../integration/dev-server.ts";
import { runCommand } from "./report.ts";
import { siteArguments } from "./site-folders.ts";
import { stopOnSignal } from "./stop-on-signal.ts";

await runCommand(async () => {
  const { folders, port } = siteArguments(process.argv.slice(2));
  const { url, stop } = await startDev({ ...folders, port, say: (line) => console.error(line) });
  stopOnSignal(stop);
  console.log(`Your blog, drafts included, is at ${url}\nStop it with Ctrl+C.`);
});
