/** Data read from the built site, for the files that describe it. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import type { OfflineFacts } from "../lib/offline/worker-file.ts";
import { outputFile } from "../lib/site/urls.ts";
import { listFiles } from "./list-files.ts";
import type { KeyedPage } from "./page-list.ts";
import { WORKER_CODE } from "./vite/server-bundle.ts";

/** Whether search engines may index a page of the user or of another integration. */
export function isListedFile(outDir: string, pathname: string): boolean {
  const file = path.join(outDir, outputFile(pathname));
  if (!file.endsWith(".html") || !existsSync(file)) return false;
  const html = readFileSync(file, "utf8");
  return !/<meta[^>]+(?:name="robots"[^>]+noindex|http-equiv="refresh")/i.test(html);
}

/** The content security policy that Astro wrote into the home page, for hosts that send it as a header. */
export function contentPolicyOf(outDir: string): string {
  const home = readFileSync(path.join(outDir, "index.html"), "utf8");
  return /<meta http-equiv="content-security-policy" content="([^"]*)">/.exec(home)?.[1] ?? "";
}

/** Data for the service worker: its code, the offline page and the client files. Null without an offline page. */
export function offlineFactsOf(outDir: string, pages: readonly KeyedPage[]): OfflineFacts | null {
  const page = pages.find(({ route }) => route === "offline");
  if (page === undefined) return null;
  const client = listFiles(path.join(outDir, "_astro")).map((file) => `_astro/${file}`);
  const code = path.join(outDir, WORKER_CODE);
  const script = readFileSync(code, "utf8");
  // The finished service worker is written later.
  rmSync(code);
  return { page: readFileSync(path.join(outDir, outputFile(page.path)), "utf8"), client, script };
}
