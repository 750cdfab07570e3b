/** `npm run build`: the whole site as static files in `dist/`. `--clean` starts over. */
import "./frugal-memory.ts";
import { performance } from "node:perf_hooks";
import { buildSite } from "../integration/build-site.ts";
import { buildSummary, runCommand } from "./report.ts";
import { siteArguments } from "./site-folders.ts";

await runCommand(async () => {
  const { folders, isClean, now } = siteArguments(process.argv.slice(2));
  const start = performance.now();
  const report = await buildSite({ ...folders, isClean, now, say: (line) => console.log(line) });
  console.log(buildSummary(report, performance.now() - start));
});
