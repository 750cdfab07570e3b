import path from "node:path";
import { pathToFileURL } from "node:url";
import { setRendering } from "../lib/site/rendering.ts";
import type { PageSpec } from "../lib/site/outputs.ts";
import { readEngineFacts } from "./engine-facts.ts";

/** Renders pages one after the other: the place of each among those asked for, and its HTML as UTF-8. */
export type RenderPages = (pages: readonly PageSpec[]) => AsyncGenerator<[index: number, html: Buffer]>;

/**
 * Loads a bundled engine and returns the function that renders pages with it.
 * Astro matches a page by its route's static paths, so it is told of all pages of a portion beforehand.
 * @param origin with the base path, such as `https://example.org/blog/`.
 */
export async function openRenderer(
  engineDir: string,
  origin: string,
  bodyHtml: (key: string) => string,
): Promise<RenderPages> {
  const facts = readEngineFacts(engineDir);
  const { app } = await import(pathToFileURL(path.join(engineDir, "server", facts.entry)).href);
  const failures: unknown[] = [];
  app.setInternals({
    pagesByKeys: new Map(facts.pages),
    entrySpecifierToBundleMap: new Map(facts.specifiers),
  });
  const logger = { options: { destination: keepErrors(failures) } };
  app.setOptions({ settings: { scripts: facts.scripts }, logger });
  importOnce(app.manifest.pageMap);
  const routes = new Map<string, unknown>(
    app.manifest.routes.map(({ routeData }: { routeData: { component: string } }) => [
      routeData.component.replace(/^.*?pages\//, "").replace(/\.astro$/, ""),
      routeData,
    ]),
  );
  const site = new URL(origin);
  const render = async (page: PageSpec): Promise<Buffer> => {
    const routeData = routes.get(page.route);
    if (routeData === undefined)
      throw new Error(`No route file src/pages/${page.route}.astro for ${page.path}`);
    const url = new URL(site.pathname.replace(/\/$/, "") + encodeURI(page.path), site);
    failures.length = 0;
    const response: Response = await app.render(new Request(url), { routeData });
    const bytes = await response.bytes();
    const html = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const [failure] = failures;
    if (failure instanceof Error) throw failure;
    if (response.status >= 500 || failure !== undefined)
      throw new Error(`Rendering ${page.path} failed: ${String(failure ?? html.toString("utf8", 0, 500))}`);
    return html;
  };
  return async function* (pages) {
    const byRoute = Map.groupBy(pages, (page) => page.route);
    setRendering({ pagesOf: (route) => byRoute.get(route) ?? [], bodyHtml: noting(bodyHtml, failures) });
    app.routeCache.clearAll();
    for (const [index, page] of pages.entries()) yield [index, await render(page)];
  };
}

/** Astro asks for a page's module with an import of its own for each page; Node takes 40 µs to find that it's there. */
function importOnce(modules: Map<string, () => Promise<unknown>>): void {
  for (const [name, load] of modules) {
    let loaded: Promise<unknown> | null = null;
    modules.set(name, () => (loaded ??= load()));
  }
}

/** Keeps what is thrown, since Astro shows an error page instead of passing it on. */
function noting(bodyHtml: (key: string) => string, failures: unknown[]): (key: string) => string {
  return (key) => {
    try {
      return bodyHtml(key);
    } catch (error) {
      failures.unshift(error);
      throw error;
    }
  };
}

/** Astro's log while rendering: what went wrong is kept for the error that the build ends with. */
function keepErrors(failures: unknown[]): { write(event: { level: string; message: string }): boolean } {
  return {
    write({ level, message }) {
      if (level === "error") failures.push(message);
      return true;
    },
  };
}
