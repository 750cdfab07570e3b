import { pathToFileURL } from "node:url";
import type { RouteData } from "astro";
import type { App } from "astro/app";
import * as z from "zod";
import { FileCache } from "../lib/cache/file-cache.ts";
import { readBody } from "../lib/markdown/body-file.ts";
import type { OnPageError, Rendering } from "../lib/site/rendering.ts";
import { PageErrors } from "./page-errors.ts";
import { damagedBody } from "./stored-body.ts";

/** Everything a worker thread needs to render pages. */
export const rendererOptionsSchema = z.object({
  /** The chunk of `render-entry.ts`, absolute. */
  entry: z.string(),
  bodiesDir: z.string(),
  /** Parameters of all pages by route: Astro accepts only paths listed by the route's `getStaticPaths`. */
  params: z.record(z.string(), z.array(z.record(z.string(), z.string().optional()))),
  /** Folders of the project, absolute, for the names of files in errors. */
  folders: z.object({ root: z.string(), contentDir: z.string() }),
});
export type RendererOptions = z.infer<typeof rendererOptionsSchema>;

/** A page to render. */
export interface PageJob {
  /** Absolute URL, with the base path. */
  readonly url: string;
  /** Route file that renders it, as in `PageSpec`. */
  readonly route: string;
  /** The view as JSON. */
  readonly view: string;
}

/** Data of routes other than the blog's pages: endpoints and the user's own pages. */
export type MainThreadRendering = Pick<Rendering, "userPage" | "file">;

export type RenderPage = (job: PageJob) => Promise<Uint8Array<ArrayBuffer>>;

export interface RenderEntry {
  readonly app: App;
  readonly provideRendering: (rendering: Rendering) => void;
  readonly catchPageErrors: (handler: OnPageError) => void;
}

const entrySchema = z.custom<RenderEntry>(
  (value) => typeof value === "object" && value !== null && "app" in value && "provideRendering" in value,
);

/** Loads the server bundle. */
export async function loadRenderEntry(file: string): Promise<RenderEntry> {
  return entrySchema.parse(await import(pathToFileURL(file).href));
}

/**
 * Loads the server bundle and returns a function that renders pages; its calls must not overlap.
 * @param main data of routes that are rendered in the main thread only.
 * @param errors collects errors of all pages in the bundle.
 * @throws AuthorError when the author's code in a page fails; another Error when a page can't be rendered for a reason
 * that may be in Astro's log.
 */
export async function openPageRenderer(
  { entry, bodiesDir, params, folders }: RendererOptions,
  main: MainThreadRendering = { userPage: inMainThreadOnly, file: inMainThreadOnly },
  errors = new PageErrors(folders),
): Promise<RenderPage> {
  const { app, provideRendering, catchPageErrors } = await loadRenderEntry(entry);
  catchPageErrors(errors.onPageError);
  const bodies = new FileCache(bodiesDir);
  const missing: Error[] = [];
  let view: object = {};
  const entries = new Map(
    Object.entries(params).map(([route, list]) => [
      route,
      list.map((one) => ({
        params: one,
        get view() {
          return view;
        },
      })),
    ]),
  );
  let last = { key: "", html: "" };
  const bodyHtml = (key: string): string => {
    // A page reads its body twice: to find the style sheets it needs, and to show it.
    if (last.key !== key) {
      const stored = readBody(bodies, key);
      if (stored === null) {
        // Thrown after rendering: Astro would log it, although the page can be rendered once the body is repaired.
        missing.push(damagedBody(key));
        return "";
      }
      last = { key, html: stored.html };
    }
    return last.html;
  };
  provideRendering({
    pagesOf: (route) => entries.get(route) ?? [],
    bodyHtml,
    ...main,
  });
  return async ({ url, route, view: json }) => {
    view = JSON.parse(json);
    missing.length = 0;
    const request = new Request(url);
    const routeData = routeOf(app, request, route);
    const response = await app.render(request, { routeData });
    const bytes = await response.bytes();
    if (missing.length > 0) throw missing[0];
    errors.throwOf(request.url);
    if (response.status >= 500) throw new Error(`${url} could not be rendered; the error is above`);
    return bytes;
  };
}

/**
 * The route of a page. If several patterns match, such as `/[lang]/[...page]` and `/[...page]`, Astro returns the
 * first; the page's own route file decides.
 */
function routeOf(app: App, request: Request, route: string): RouteData {
  const isIts = ({ component }: RouteData): boolean => component.endsWith(`routes/${route}.astro`);
  const matched = app.match(request, true);
  if (matched === undefined) throw new Error(`No route for ${request.url}`);
  if (isIts(matched)) return matched;
  return app.manifest.routes.map(({ routeData }) => routeData).find(isIts) ?? matched;
}

function inMainThreadOnly(): never {
  throw new Error("This route is rendered in the main thread");
}
