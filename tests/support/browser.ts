import { copyFileSync, chmodSync, existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { chromium, type Browser } from "playwright-core";

const SYSTEM_BROWSERS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** Flags without which Chromium asks its maker's hosts for things, or won't start as root. */
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
 * The browser for tests: `$CHROME_PATH`, else one that is installed, else the one that npm brought along.
 * @throws Error when there is none: a browser test is never skipped.
 */
export async function resolveBrowser(): Promise<string> {
  const named = process.env["CHROME_PATH"];
  if (named !== undefined && named !== "") return named;
  const installed = SYSTEM_BROWSERS.find((file) => existsSync(file));
  return installed ?? unpackBrowser();
}

/** Starts the browser headless, with flags of one's own if need be; close it when done. */
export async function launchBrowser(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: await resolveBrowser(), args: [...BROWSER_FLAGS, ...flags] });
}

/** `@sparticuz/chromium` unpacks itself into the temporary folder; a copy in node_modules outlives that. */
async function unpackBrowser(): Promise<string> {
  const kept = path.resolve("node_modules/.cache/chromium/chromium");
  if (existsSync(kept)) return kept;
  const { default: bundled } = await import("@sparticuz/chromium");
  const unpacked = await bundled.executablePath();
  mkdirSync(path.dirname(kept), { recursive: true });
  copyFileSync(unpacked, kept);
  chmodSync(kept, 0o755);
  return kept;
}
