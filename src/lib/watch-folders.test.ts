import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../../tests/support/temp-folder.ts";
import { watchFolders } from "./watch-folders.ts";

test("work runs at once, after changes in any subfolder, even during the work, and ends with the signal", async () => {
  const folder = tempFolder("watch");
  mkdirSync(path.join(folder, "posts/deep"), { recursive: true });
  const stop = new AbortController();
  let runs = 0;
  const change = (): void => writeFileSync(path.join(folder, "posts/deep/a.md"), String(runs));
  const watching = watchFolders({
    folders: [folder, path.join(folder, "missing")],
    signal: stop.signal,
    run: async () => {
      runs += 1;
      if (runs === 2) change();
    },
  });
  await expect.poll(() => runs).toBe(1);
  change();
  await expect.poll(() => runs).toBeGreaterThanOrEqual(3);
  stop.abort();
  await watching;
});
