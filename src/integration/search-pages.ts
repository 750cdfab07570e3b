import { parse, type DefaultTreeAdapterTypes } from "parse5";
import type { SearchPage } from "../lib/search/search-files.ts";
import type { SiteUrls } from "../lib/site/urls.ts";
import type { UserPage } from "./user-pages.ts";

/** Collects the user's own pages that opt in to the search index, as Astro renders them. */
export class SearchPages {
  readonly #wanted = new Map<string, (page: SearchPage | null) => void>();
  readonly #ofRoutes: SearchPage[] = [];
  readonly #closed = Promise.withResolvers<void>();
  #routes: readonly RegExp[] = [];
  #takeOfRoutes: (url: URL, html: string) => void = () => undefined;

  /**
   * @param routes patterns of further site paths to collect.
   * @returns the pages, once all of them have been rendered; undefined if no page or route opts in.
   */
  open(
    pages: readonly UserPage[],
    routes: readonly RegExp[],
    urls: SiteUrls,
  ): Promise<readonly SearchPage[]> | undefined {
    const searchable = pages.filter(({ isSearchable }) => isSearchable);
    if (searchable.length === 0 && routes.length === 0) return undefined;
    this.#routes = routes;
    this.#takeOfRoutes = ({ pathname }, html) => {
      const path = urls.sitePathOf(new URL(pathname, urls.origin).href);
      if (path === null || !this.isWanted(path)) return;
      const found = textOf(html);
      if (found !== null) this.#ofRoutes.push({ ...found, path });
    };
    const ofRoutes = routes.length === 0 ? [] : this.#closed.promise.then(() => this.#ofRoutes);
    const promises = searchable.map((page) => {
      const { promise, resolve } = Promise.withResolvers<SearchPage | null>();
      this.#wanted.set(urls.path(page.path), resolve);
      return promise.then((found) => (found === null ? null : { ...found, path: page.path }));
    });
    return Promise.all([Promise.all(promises), ofRoutes]).then((found) =>
      // Pages finish rendering in any order; sorting makes the index reproducible.
      found
        .flat()
        .filter((page) => page !== null)
        .sort((a, b) => (a.path < b.path ? -1 : 1)),
    );
  }

  /** Whether the page of a route with parameters is wanted. @param path site path. */
  isWanted(path: string): boolean {
    return this.#routes.some((route) => route.test(path));
  }

  /** Collects a rendered page. @returns an equal response, because the body of the first has been read. */
  async take(url: URL, response: Response): Promise<Response> {
    if (!(response.headers.get("content-type") ?? "").includes("text/html")) return response;
    const html = await response.text();
    const resolve = this.#wanted.get(decodeURI(url.pathname));
    if (resolve === undefined) this.#takeOfRoutes(url, html);
    else resolve(textOf(html));
    return new Response(html, { status: response.status, headers: response.headers });
  }

  /** Ends collecting; pages that were never rendered are left out. */
  close(): void {
    for (const resolve of this.#wanted.values()) resolve(null);
    this.#closed.resolve();
  }
}

type Element = DefaultTreeAdapterTypes.Element;
type Parent = DefaultTreeAdapterTypes.ParentNode;

/** Title and text of a page: the content of its `main` element, or of `body` if it has none. */
function textOf(html: string): SearchPage | null {
  const document = parse(html, { sourceCodeLocationInfo: true });
  const text = find(document, "main") ?? find(document, "body");
  const place = text?.sourceCodeLocation;
  if (place === undefined || place === null) return null;
  const title = find(document, "h1") ?? find(document, "title");
  return {
    path: "",
    title: title === null ? "" : contentOf(title).trim(),
    html: html.slice(place.startTag?.endOffset, place.endTag?.startOffset),
  };
}

function find(parent: Parent, name: string): Element | null {
  for (const child of parent.childNodes) {
    if (!("childNodes" in child)) continue;
    if (child.nodeName === name && "tagName" in child) return child;
    const found = find(child, name);
    if (found !== null) return found;
  }
  return null;
}

function contentOf(node: Parent): string {
  return node.childNodes
    .map((child) => ("value" in child ? child.value : "childNodes" in child ? contentOf(child) : ""))
    .join("");
}
