/** `npm start`: builds the whole site, serves it and prints the address. */
import "./frugal-memory.ts";
import { performance } from "node:perf_hooks";
import { buildSite } from "../integration/build-site.ts";
import { servePreview } from "../integration/preview.ts";
import { buildSummary, runCommand } from "./report.ts";
import { siteArguments } from "./site-folders.ts";
import { stopOnSignal } from "./stop-on-signal.ts";

await runCommand(async () => {
  const { folders, isClean, now, port } = siteArguments(process.argv.slice(2));
  console.log("Building the site …");
  const start = performance.now();
  const report = await buildSite({ ...folders, isClean, now, say: (line) => console.log(line) });
  console.log(buildSummary(report, performance.now() - start));
  const { url, stop } = await servePreview({ ...folders, port, settings: report.blog.settings });
  stopOnSignal(stop);
  console.log(`\nYour blog is at ${url}\nStop it with Ctrl+C.`);
});
