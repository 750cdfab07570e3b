import path from "node:path";
import { fileURLToPath } from "node:url";
import type { InjectedRoute } from "astro";

/** Path of the hidden route that renders the body of one post with imports. It never reaches `dist/`. */
export const BODY_PREFIX = "/_backfence/body/";

/** Whether a route has no page in the output. */
export function isHiddenRoute(pathname: string): boolean {
  return pathname.startsWith(BODY_PREFIX);
}

/** Route files below `src/routes/` by their pattern. */
const ROUTES: Readonly<Record<string, string>> = {
  "/": "index.astro",
  "/posts": "posts/index.astro",
  "/posts/page/[page]": "posts/page/[page].astro",
  "/posts/[slug]": "posts/[slug].astro",
  "/posts/[slug]/responses/[page]": "posts/[slug]/responses/[page].astro",
  "/notes": "notes/index.astro",
  "/notes/page/[page]": "notes/page/[page].astro",
  "/tags": "tags/index.astro",
  "/tags/[tag]": "tags/[tag].astro",
  "/tags/[tag]/page/[page]": "tags/[tag]/page/[page].astro",
  "/authors": "authors/index.astro",
  "/authors/[id]": "authors/[id].astro",
  "/series": "series/index.astro",
  "/series/[id]": "series/[id].astro",
  "/archive": "archive/index.astro",
  "/archive/[year]": "archive/[year].astro",
  "/archive/[year]/[month]": "archive/[year]/[month].astro",
  "/people": "people/index.astro",
  "/people/[person]": "people/[person].astro",
  "/rss.xml": "rss.xml.ts",
  "/atom.xml": "atom.xml.ts",
  "/feed.json": "feed.json.ts",
  "/search": "search.astro",
  "/subscribe": "subscribe.astro",
  "/blogroll": "blogroll.astro",
  "/offline": "offline.astro",
  "/404": "404.astro",
  "/[...page]": "[...page].astro",
  "/[lang]/[...page]": "languages/[...page].astro",
  [`${BODY_PREFIX}[slug]`]: "body.astro",
};

/** Additional routes of `astro dev`. */
const DEV_ROUTES: Readonly<Record<string, string>> = { "/_desk/[...page]": "desk.astro" };

/** Endpoints are TypeScript in the repository and JavaScript in the package. */
const extension = import.meta.filename.slice(-3);
const FOLDER = fileURLToPath(new URL("../routes/", import.meta.url));

/** Whether a route's file is one of Backfence's. @param component its path from the project's root. */
export function isOwnRoute(root: string, component: string): boolean {
  return path.resolve(root, component).startsWith(FOLDER);
}

/** Registers Backfence's pages with Astro. A page at the same path in the user's `src/pages/` takes precedence. */
export function injectRoutes(
  injectRoute: (route: InjectedRoute) => void,
  { hasBlogroll, isDev }: { readonly hasBlogroll: boolean; readonly isDev: boolean },
): void {
  const all = isDev ? { ...ROUTES, ...DEV_ROUTES } : ROUTES;
  // Without a blogroll, the author may use the path for a page.
  const routes = Object.entries(all).filter(([pattern]) => hasBlogroll || pattern !== "/blogroll");
  for (const [pattern, file] of routes)
    injectRoute({
      pattern,
      entrypoint: new URL(`../routes/${file.replace(/\.ts$/, extension)}`, import.meta.url),
      prerender: true,
    });
}
