import path from "node:path";
import { pathToFileURL } from "node:url";
import { setRendering } from "../lib/site/rendering.ts";
import type { PageSpec } from "../lib/site/outputs.ts";
import { readEngineFacts } from "./engine-facts.ts";

/** Renders pages of one engine. */
export type RenderPage = (page: PageSpec) => Promise<string>;

/**
 * Loads a bundled engine and returns the function that renders one of `pages`.
 * Astro matches a page by its route's static paths, so all pages to be rendered have to be known beforehand.
 * @param origin with the base path, such as `https://example.org/blog/`.
 */
export async function openRenderer(
  engineDir: string,
  origin: string,
  pages: readonly PageSpec[],
  bodyHtml: (key: string) => string,
): Promise<RenderPage> {
  const byRoute = Map.groupBy(pages, (page) => page.route);
  setRendering({ pagesOf: (route) => byRoute.get(route) ?? [], bodyHtml });
  const facts = readEngineFacts(engineDir);
  const { app } = await import(pathToFileURL(path.join(engineDir, "server", facts.entry)).href);
  app.setInternals({
    pagesByKeys: new Map(facts.pages),
    entrySpecifierToBundleMap: new Map(facts.specifiers),
  });
  app.routeCache.clearAll();
  app.setOptions({ settings: { scripts: facts.scripts }, logger: { options: { destination: quietLog } } });
  const routes = new Map<string, unknown>(
    app.manifest.routes.map(({ routeData }: { routeData: { component: string } }) => [
      routeData.component.replace(/^.*?pages\//, "").replace(/\.astro$/, ""),
      routeData,
    ]),
  );
  const site = new URL(origin);
  return async (page) => {
    const routeData = routes.get(page.route);
    if (routeData === undefined)
      throw new Error(`No route file src/pages/${page.route}.astro for ${page.path}`);
    const url = new URL(site.pathname.replace(/\/$/, "") + encodeURI(page.path), site);
    const response: Response = await app.render(new Request(url), { routeData });
    const html = await response.text();
    if (response.status >= 500) throw new Error(`Rendering ${page.path} failed: ${html.slice(0, 500)}`);
    return html;
  };
}

/** Astro's log while rendering: only what went wrong. */
const quietLog = {
  write(event: { level: string; message: string }): boolean {
    if (event.level === "error") console.error(event.message);
    return true;
  },
};
