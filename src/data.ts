import { contentType } from "./lib/site/content-type.ts";
import { getRendering } from "./lib/site/rendering.ts";

/** The static paths of one route file, each with its view as the only prop, made when Astro takes it. */
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
 * What is shown of a body's HTML, rendered before. At once where it's there at once, as in a build: Astro renders all
 * that follows something awaited twice as slowly.
 */
export function withBody<Shown>(key: string, show: (html: string) => Shown): Shown | Promise<Shown> {
  const html = getRendering().bodyHtml(key);
  return typeof html === "string" ? show(html) : html.then(show);
}

/**
 * The view of a route file that makes one page and has no parameters. Astro hands such a route no props.
 * @throws Error when the route makes no page.
 */
export function viewOf(route: string): object {
  const page = getRendering().pagesOf(route)[0];
  if (page === undefined) throw new Error(`No page for the route ${route}`);
  return page.view;
}

/** A feed as the answer of an endpoint. @param sitePath such as `/rss.xml`. */
export async function feedResponse(sitePath: string): Promise<Response> {
  const body = await getRendering().file(sitePath);
  return new Response(new Uint8Array(body), { headers: { "content-type": contentType(sitePath) } });
}
