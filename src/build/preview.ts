import { preview } from "astro";
import type { Settings } from "../lib/site/settings.ts";

export interface PreviewOptions {
  readonly root: string;
  readonly outDir: string;
  readonly port: number;
  readonly settings: Settings;
}

/** Serves a built site with Astro's preview server. @returns the address of its home page. */
export async function servePreview({ root, outDir, port, settings }: PreviewOptions): Promise<string> {
  process.env["ASTRO_PREVIEW_BACKGROUND"] = "0";
  const { origin, pathname } = new URL(settings.url);
  const server = await preview({
    root,
    outDir,
    site: origin,
    base: pathname,
    trailingSlash: "always",
    logLevel: "error",
    configFile: false,
    server: { port },
  });
  return `http://localhost:${server.port}${pathname}`;
}
