import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { AstroPrerenderer, RouteData } from "astro";
import { expect, test } from "vitest";
import { tempFolder } from "../../tests/support/temp-folder.ts";
import { AuthorError } from "../lib/author-error.ts";
import { siteUrls } from "../lib/site/urls.ts";
import { OutputStore } from "./output-store.ts";
import { PageErrors } from "./page-errors.ts";
import type { KeyedPage } from "./page-list.ts";
import { backfencePrerenderer, PageSource } from "./prerenderer.ts";

const urls = siteUrls({ url: "https://me.example/blog/" });

function routeOf(component: string): RouteData {
  return {
    ...{ route: "/", component, params: [], distURL: [], pattern: /^/, segments: [], type: "page" },
    ...{ prerender: true, fallbackRoutes: [], isIndex: false, origin: "project" },
  };
}

/** One of Backfence's pages. */
function pageAt(sitePath: string, key: string): KeyedPage {
  return { route: "posts/[slug]", params: {}, path: sitePath, key, isListed: true, view: () => ({}) };
}

const OWN = "routes/any.astro";

/** Stub of the server bundle. */
const BUNDLE = `
const route = { component: "src/routes/posts/[slug].astro" };
const render = async ({ url }) => new Response("rendered at " + url);
export const app = { match: () => route, manifest: { routes: [] }, render };
export const provideRendering = () => undefined;
export const catchPageErrors = () => undefined;
`;

interface Listed {
  /** The pages that Astro lists: path without the base path, and the cache key set by the route. */
  readonly paths: readonly (readonly [string, string?])[];
  readonly pages: readonly KeyedPage[];
  readonly store: OutputStore;
  readonly outDir: string;
  readonly restorable?: readonly string[];
  readonly isShared?: boolean;
  /** The same for the user's own routes, which come first. */
  readonly users?: Listed["paths"];
  readonly render?: AstroPrerenderer["render"];
}

/** Pages left for Astro to render, with their keys. */
async function askedOf(listed: Listed) {
  const paths = await (await opened(listed)).getStaticPaths();
  return paths.map(({ pathname, route, cacheKey }) => [pathname, route.component === OWN, cacheKey]);
}

/** The prerenderer, once Astro has set it up. */
async function opened({
  paths,
  pages,
  store,
  outDir,
  restorable = [],
  isShared = false,
  users = [],
  render = () => Promise.resolve(new Response("the user's")),
}: Listed) {
  const unused = (): never => {
    throw new Error("Nothing is rendered here");
  };
  const folders = { root: outDir, contentDir: outDir };
  const entry = path.join(outDir, "../bundle.mjs");
  writeFileSync(entry, BUNDLE);
  const errors = new PageErrors(folders);
  const standard: AstroPrerenderer = {
    name: "standard",
    getStaticPaths: () =>
      Promise.resolve(
        [...users, ...paths].map(([pathname, cacheKey], at) => ({
          ...{ pathname, route: routeOf(at < users.length ? "src/pages/any.astro" : OWN) },
          ...(cacheKey === undefined ? {} : { cacheKey }),
        })),
      ),
    render,
  };
  const prerenderer = backfencePrerenderer(standard, {
    open: () =>
      Promise.resolve(
        new PageSource({
          ...{ pages, urls, store, outDir, isShared, repairBody: unused, onLongWork: unused },
          ...{ renderer: { entry, bodiesDir: "", folders }, main: { userPage: unused, file: unused } },
          errors,
        }),
      ),
    guard: (run) => run(),
    isHidden: () => false,
    mayRestore: (pathname) => restorable.includes(pathname),
    isOwnRoute: (component) => component === OWN,
    errors,
  });
  await prerenderer.setup?.();
  return prerenderer;
}

/** A store with pages from an earlier build. */
async function storeWith(place: string, ...keys: readonly string[]): Promise<OutputStore> {
  const store = new OutputStore(place);
  for (const key of keys) await store.write(key, `page ${key}`);
  await store.settled();
  await store.end();
  store.save();
  return new OutputStore(place);
}

async function shown(prerenderer: AstroPrerenderer, url: string): Promise<string> {
  const result = await prerenderer.render(new Request(url), { routeData: routeOf(OWN) });
  return ("response" in result ? result.response : result).text();
}

const PAGES = [pageAt("/posts/a/", "aa01"), pageAt("/posts/gr%C3%BC%C3%9Fe/", "bb02")];
const PATHS = [["/posts/a"], ["/posts/grüße"]] as const;

test("stored pages are placed in the new site, and Astro renders only the others", async () => {
  const folder = tempFolder("prerenderer-stored");
  const place = path.join(folder, "store");
  const store = await storeWith(place, "aa01", "bb02");
  const outDir = path.join(folder, "site");
  expect(await askedOf({ paths: PATHS, pages: PAGES, store, outDir })).toEqual([]);
  expect(readFileSync(path.join(outDir, "posts/grüße/index.html"), "utf8")).toBe("page bb02");
  await store.end();

  writeFileSync(path.join(place, "aa/01"), "damaged");
  const again = new OutputStore(place);
  const other = { paths: PATHS, pages: PAGES, store: again, outDir: path.join(folder, "other") };
  const prerenderer = await opened(other);
  expect((await prerenderer.getStaticPaths()).map(({ pathname }) => pathname)).toEqual(["/posts/a"]);
  const address = "https://me.example/blog/posts/a/";
  expect(await shown(prerenderer, address)).toBe(`rendered at ${address}`);
  await again.end();
});

test("with other integrations after the build, Astro writes all pages, and never into a stored file", async () => {
  const folder = tempFolder("prerenderer-shared");
  const store = await storeWith(path.join(folder, "store"), "aa01", "bb02");
  const outDir = path.join(folder, "site");
  const prerenderer = await opened({ paths: PATHS, pages: PAGES, store, outDir, isShared: true });
  const paths = await prerenderer.getStaticPaths();
  expect(paths.map(({ pathname }) => pathname)).toEqual(["/posts/a", "/posts/grüße"]);
  expect(existsSync(outDir)).toBe(false);
  expect(await shown(prerenderer, "https://me.example/blog/posts/a/")).toBe("page aa01");
});

test("an author's file at the path of a page isn't overwritten", async () => {
  const folder = tempFolder("prerenderer-author");
  const store = await storeWith(path.join(folder, "store"), "aa01", "bb02");
  const outDir = path.join(folder, "site");
  const file = path.join(outDir, "posts/a/index.html");
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, "the author's");
  // Astro is left with the page, and doesn't write it because it finds the file.
  expect(await askedOf({ paths: PATHS, pages: PAGES, store, outDir })).toEqual([
    ["/posts/a", true, undefined],
  ]);
  expect(readFileSync(file, "utf8")).toBe("the author's");
  await store.end();
});

test("a user's own page takes precedence over a Backfence page at the same path", async () => {
  const folder = tempFolder("prerenderer-user");
  const store = await storeWith(path.join(folder, "store"), "aa01", "bb02");
  const listed = {
    paths: PATHS,
    pages: PAGES,
    store,
    outDir: path.join(folder, "site"),
    users: [["/posts/a"]] as const,
  };
  const prerenderer = await opened(listed);
  const paths = await prerenderer.getStaticPaths();
  expect(paths.map(({ pathname, route }) => [pathname, route.component])).toEqual([
    ["/posts/a", "src/pages/any.astro"],
  ]);
  expect(await shown(prerenderer, "https://me.example/blog/posts/a/")).toBe("the user's");
  await store.end();
});

test("a user's own pages keep their cache keys only if Astro may restore them", async () => {
  const folder = tempFolder("prerenderer-others");
  const store = new OutputStore(path.join(folder, "store"));
  const users = [["/docs/a", "a1"], ["/docs/b", "b2"], ["/now"]] as const;
  const restorable = ["/docs/b", "/now"];
  const prerenderer = await opened({
    ...{ users, paths: [], pages: [], store, outDir: path.join(folder, "site"), restorable },
  });
  const listed = await prerenderer.getStaticPaths();
  expect(listed.map(({ pathname, cacheKey }) => [pathname, cacheKey])).toEqual([
    ["/docs/a", undefined],
    ["/docs/b", "b2"],
    ["/now", undefined],
  ]);
});

test("Astro's log line of an author's error refers to the message at its end", async () => {
  const outDir = path.join(tempFolder("prerenderer-error"), "site");
  const store = new OutputStore(path.join(outDir, "../store"));
  const issue = {
    message: "The page /now/ can't be rendered",
    file: "src/pages/now.astro",
    hint: "Correct it.",
  };
  const render = () => Promise.reject(new AuthorError([issue]));
  const prerenderer = await opened({ paths: [], pages: [], store, outDir, render });
  const error: unknown = await shown(prerenderer, "https://me.example/blog/now/").catch(
    (thrown: unknown) => thrown,
  );
  expect(String(error)).toBe("see the error below.");
  expect(error).toMatchObject({ message: expect.stringContaining(issue.message) });
});
