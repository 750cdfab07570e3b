import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser } from "playwright-core";
import { root } from "./build.ts";

const SYSTEM_BROWSERS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** Flags that keep Chromium from contacting Google's hosts, and let it start as root. */
export const BROWSER_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--font-render-hinting=none",
];

/**
 * Returns the path of the browser for tests: `$CHROME_PATH`, the one from npm, or an installed one, in this order. The
 * one from npm is a headless Chromium: it opens a page in a sixth of the CPU time, and is the same on every machine.
 * @throws Error when there is none: a browser test is never skipped.
 */
export function resolveBrowser(): string {
  const named = process.env["CHROME_PATH"];
  if (named !== undefined && named !== "") return named;
  const found = bundledBrowser() ?? SYSTEM_BROWSERS.find((file) => existsSync(file));
  if (found === undefined) throw new Error("There is no browser for the tests: name one in CHROME_PATH");
  return found;
}

/** Starts the browser headless, optionally with additional flags; the caller closes it. */
export async function launchBrowser(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: resolveBrowser(), args: [...BROWSER_FLAGS, ...flags] });
}

/**
 * Returns the browser of `@sparticuz/chromium`, which is for Linux on x64; null on other systems, and where a required
 * library is missing. The package unpacks itself into the temporary folder, and other tests may do so at the same time.
 * So it's unpacked into a separate folder, then moved to where later tests find it.
 */
function bundledBrowser(): string | null {
  if (process.platform !== "linux" || process.arch !== "x64") return null;
  const kept = path.join(root, "node_modules/.cache/chromium/chromium");
  if (!existsSync(kept)) {
    mkdirSync(path.dirname(kept), { recursive: true });
    const folder = mkdtempSync(path.join(path.dirname(kept), "unpacked-"));
    const script = fileURLToPath(new URL("./unpack-browser.ts", import.meta.url));
    spawnSync(process.execPath, [script], { env: { ...process.env, TMPDIR: folder } });
    const unpacked = path.join(folder, "chromium");
    if (existsSync(unpacked)) renameSync(unpacked, kept);
    rmSync(folder, { recursive: true });
  }
  return spawnSync(kept, ["--version"]).status === 0 ? kept : null;
}
