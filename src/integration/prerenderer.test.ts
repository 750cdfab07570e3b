import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { AstroPrerenderer, RouteData } from "astro";
import { expect, test } from "vitest";
import { tempFolder } from "../../tests/support/temp-folder.ts";
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

interface Listed {
  /** The pages that Astro lists: path without the base path, and the key that its route names. */
  readonly paths: readonly (readonly [string, string?])[];
  readonly pages: readonly KeyedPage[];
  readonly store: OutputStore;
  readonly outDir: string;
  readonly restorable?: readonly string[];
}

/** Keys by path, as Astro gets them. */
async function keysOf(listed: Listed) {
  const paths = await (await opened(listed)).getStaticPaths();
  return new Map(paths.map(({ pathname, cacheKey }) => [pathname, cacheKey]));
}

/** The prerenderer, once Astro has set it up. */
async function opened({ paths, pages, store, outDir, restorable = [] }: Listed) {
  const unused = (): never => {
    throw new Error("Nothing is rendered here");
  };
  const folders = { root: outDir, contentDir: outDir };
  const errors = new PageErrors(folders);
  const standard: AstroPrerenderer = {
    name: "standard",
    getStaticPaths: () =>
      Promise.resolve(
        paths.map(([pathname, cacheKey]) => ({
          ...{ pathname, route: routeOf("src/pages/any.astro") },
          ...(cacheKey === undefined ? {} : { cacheKey }),
        })),
      ),
    render: unused,
  };
  const prerenderer = backfencePrerenderer(standard, {
    open: () =>
      Promise.resolve(
        new PageSource({
          ...{ pages, urls, store, outDir, how: "link", repairBody: unused },
          ...{ renderer: { entry: "", bodiesDir: "", folders }, main: { userPage: unused, file: unused } },
          errors,
        }),
      ),
    guard: (run) => run(),
    isHidden: () => false,
    mayRestore: (pathname) => restorable.includes(pathname),
    isOwnRoute: () => false,
    errors,
  });
  await prerenderer.setup?.();
  return prerenderer;
}

/** A store in which an earlier build has left a page. */
async function storeWith(place: string, key: string): Promise<OutputStore> {
  const store = new OutputStore(place);
  await store.write(key, `page ${key}`);
  await store.settled();
  await store.end();
  store.save();
  return new OutputStore(place);
}

test("Astro skips a page only if this build has put the stored one into the new site", async () => {
  const folder = tempFolder("prerenderer-keys");
  const place = path.join(folder, "store");
  const pages = [pageAt("/posts/a/", "aa01"), pageAt("/posts/gr%C3%BC%C3%9Fe/", "bb02")];
  const paths = [["/posts/a"], ["/posts/grüße"]] as const;
  /** Each build lists the pages; the first stores them. */
  const build = async (name: string, stored: readonly KeyedPage[]) => {
    const store = new OutputStore(place);
    const outDir = path.join(folder, name);
    const keys = await keysOf({ paths, pages, store, outDir });
    for (const { key } of stored) await store.write(key, `page ${key}`);
    await store.settled();
    await store.end();
    store.save();
    return { keys, outDir };
  };
  const first = await build("first", pages);
  const second = await build("second", []);
  expect(second.keys).toEqual(first.keys);
  expect(readFileSync(path.join(second.outDir, "posts/grüße/index.html"), "utf8")).toBe("page bb02");

  writeFileSync(path.join(place, "aa/01"), "damaged");
  const third = await build("third", pages.slice(0, 1));
  expect(third.keys.get("/posts/a")).not.toBe(first.keys.get("/posts/a"));
  expect(third.keys.get("/posts/grüße")).toBe(first.keys.get("/posts/grüße"));
  expect((await build("fourth", [])).keys).toEqual(third.keys);
});

test("a stored page that Astro writes again leaves the stored file alone, and the author's file in its place", async () => {
  const folder = tempFolder("prerenderer-written");
  const place = path.join(folder, "store");
  const page = pageAt("/posts/a/", "aa01");
  const writtenInto = async (name: string) => {
    const store = await storeWith(place, page.key);
    const outDir = path.join(folder, name);
    const file = path.join(outDir, "posts/a/index.html");
    if (name === "author") {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, "the author's");
    }
    const prerenderer = await opened({ paths: [["/posts/a"]], pages: [page], store, outDir });
    await prerenderer.getStaticPaths();
    const result = await prerenderer.render(new Request("https://me.example/blog/posts/a/"), {
      routeData: routeOf("src/pages/any.astro"),
    });
    expect(await ("response" in result ? result.response : result).text()).toBe("page aa01");
    await store.end();
    return file;
  };
  writeFileSync(await writtenInto("site"), "written by Astro");
  expect(readFileSync(path.join(place, "aa/01"), "utf8")).toBe("page aa01");
  expect(readFileSync(await writtenInto("author"), "utf8")).toBe("the author's");
});

test("pages of the user's own keep their keys only where Astro may restore them", async () => {
  const folder = tempFolder("prerenderer-others");
  const store = new OutputStore(path.join(folder, "store"));
  const paths = [["/docs/a", "a1"], ["/docs/b", "b2"], ["/now"]] as const;
  const restorable = ["/docs/b", "/now"];
  expect(await keysOf({ paths, pages: [], store, outDir: path.join(folder, "site"), restorable })).toEqual(
    new Map([
      ["/docs/a", undefined],
      ["/docs/b", "b2"],
      ["/now", undefined],
    ]),
  );
});
