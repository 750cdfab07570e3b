/** `npm run preview`: serves what the last build left in `dist/`. */
import { existsSync } from "node:fs";
import path from "node:path";
import { loadSettings } from "../lib/site/load-settings.ts";
import { servePreview } from "../integration/preview.ts";
import { runCommand } from "./report.ts";
import { siteArguments } from "./site-folders.ts";
import { stopOnSignal } from "./stop-on-signal.ts";

await runCommand(async () => {
  const { folders, port } = siteArguments(process.argv.slice(2));
  if (!existsSync(path.join(folders.outDir, "index.html"))) {
    console.error(
      "There is nothing to serve yet: run `npm run build` first, or `npm start`, which does both.",
    );
    process.exitCode = 1;
    return;
  }
  const settings = loadSettings({ ...folders, root: path.dirname(folders.contentDir) });
  const { url, stop } = await servePreview({ ...folders, port, settings });
  stopOnSignal(stop);
  console.log(`Your blog is at ${url}\nStop it with Ctrl+C.`);
});
