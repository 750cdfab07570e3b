import type { ServerResponse } from "node:http";
import type { Connect } from "vite";
import { isDeskPath } from "../lib/desk/desk-paths.ts";
import { contentType } from "../lib/site/content-type.ts";
import { wholeFile } from "../lib/site/outputs.ts";
import { pathnameOf, siteUrls } from "../lib/site/urls.ts";
import type { ContentWatch } from "./content-watch.ts";
import type { DevSession } from "./dev-session.ts";
import { STATE_HEADER } from "./dev-state.ts";
import { errorPage } from "./error-page.ts";

export interface DevMiddlewareOptions {
  readonly session: DevSession;
  readonly watch: ContentWatch;
  /** Provides the routes in Vite's module graph with their data. */
  readonly provide: () => Promise<void>;
}

/** Serves feeds, images and search, or the author's errors; all other requests go on to Astro. */
export function devMiddleware(options: DevMiddlewareOptions): Connect.NextHandleFunction {
  return (request, response, next) => {
    serve(options, request, response).then((isServed) => isServed || next(), next);
  };
}

/** Whether a URL is that of one of Vite's modules, below any base path. */
function isVites(address: string): boolean {
  return /\/(@(vite|id|fs)\/|src\/|node_modules\/)/.test(address);
}

async function serve(
  { session, watch, provide }: DevMiddlewareOptions,
  request: Connect.IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (isVites(request.url ?? "")) return false;
  await watch.gate.enter(response);
  response.setHeader("server-timing", `${STATE_HEADER};desc="${watch.state}"`);
  const urls = siteUrls(session.settings);
  // Astro has removed the base path from `url`.
  const address = new URL(request.originalUrl ?? request.url ?? "/", urls.origin);
  const sitePath = urls.sitePathOf(address.href);
  const isPage = request.headers.accept?.includes("text/html") ?? false;
  // The desk shows errors itself.
  const isDesk = session.isLoaded && sitePath !== null && isDeskPath(sitePath);
  // If the blog has never loaded, there is nothing else to serve.
  if (session.errors !== null && (isPage || !session.isLoaded) && !isDesk) {
    const page = errorPage(session.errors);
    response.writeHead(500, { "content-type": "text/html; charset=utf-8" }).end(page);
    return true;
  }
  await provide();
  if (sitePath === null || session.routed.has(pathnameOf(sitePath))) return false;
  const file = await session.fileAt(pathnameOf(sitePath));
  if (file === undefined) return false;
  const body = wholeFile(await file.make());
  response.setHeader("content-type", contentType(file.path));
  response.end(body);
  return true;
}
