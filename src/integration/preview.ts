import { preview } from "astro";
import type { Settings } from "../lib/site/settings.ts";

export interface PreviewOptions {
  readonly root: string;
  readonly outDir: string;
  readonly port: number;
  readonly settings: Settings;
}

export interface Preview {
  /** Address of the home page. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves a built site with Astro's preview server. */
export async function servePreview({ root, outDir, port, settings }: PreviewOptions): Promise<Preview> {
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
  return { url: `http://localhost:${server.port}${pathname}`, stop: () => server.stop() };
}
