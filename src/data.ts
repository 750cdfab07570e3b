import { contentType } from "./lib/site/content-type.ts";
import { getRendering } from "./lib/site/rendering.ts";

/** The static paths of one route file. The only prop of each is its view, which is created when Astro reads it. */
export function pathsOf(
  route: string,
): { params: Record<string, string | undefined>; props: { view: object } }[] {
  return getRendering()
    .pagesOf(route)
    .map((page) => ({
      params: { ...page.params },
      props: {
        get view() {
          return page.view;
        },
      },
    }));
}

/**
 * Passes a body's rendered HTML to `show`. Returns synchronously if the HTML is available synchronously, as in a build:
 * Astro renders everything after an awaited value twice as slowly.
 */
export function withBody<Shown>(key: string, show: (html: string) => Shown): Shown | Promise<Shown> {
  const html = getRendering().bodyHtml(key);
  return typeof html === "string" ? show(html) : html.then(show);
}

/**
 * The view of a route file with a single page and no parameters. Astro passes no props to such a route.
 * @throws Error when the route has no page.
 */
export function viewOf(route: string): object {
  const page = getRendering().pagesOf(route)[0];
  if (page === undefined) throw new Error(`No page for the route ${route}`);
  return page.view;
}

/** A feed as an endpoint's response. @param sitePath such as `/rss.xml`. */
export async function feedResponse(sitePath: string): Promise<Response> {
  const body = await getRendering().file(sitePath);
  return new Response(new Uint8Array(body), { headers: { "content-type": contentType(sitePath) } });
}
