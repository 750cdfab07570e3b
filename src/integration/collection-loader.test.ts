import type { AstroConfig } from "astro";
import type { LoaderContext } from "astro/loaders";
import { beforeEach, expect, test } from "vitest";
import { sampleBlog, samplePost } from "../../tests/fixtures/sample-blog.ts";
import type { OnLoad } from "./blog-hook.ts";
import type { LoadedBlog } from "../lib/content/load-blog.ts";
import { collectionLoader } from "./collection-loader.ts";

const loaded = (...slugs: string[]): LoadedBlog =>
  ({ blog: sampleBlog({ posts: slugs.map((slug) => samplePost(slug)) }) }) as LoadedBlog;

let reload: OnLoad;

/** Configuration of a project whose integration has loaded a blog; `undefined` for a command that loads none. */
function configOf(blog: LoadedBlog | null | undefined): AstroConfig {
  const hook = (_name: string, onLoad: OnLoad) => {
    reload = onLoad;
    return blog === undefined ? null : Promise.resolve(blog);
  };
  return {
    integrations: [{ name: "backfence", hooks: { "backfence:blog": hook } }],
  } as Partial<AstroConfig> as AstroConfig;
}

let entries: Map<string, unknown>;
let loads: number;
beforeEach(() => {
  entries = new Map([["left-over", {}]]);
  loads = 0;
});

/** Fills the collection. @returns ids of its entries. */
async function fill(config: AstroConfig): Promise<string[]> {
  const load = async () => {
    loads += 1;
    return loaded("loaded-here");
  };
  const loader = collectionLoader("posts", load, ({ blog }) =>
    blog.posts.map(({ slug, title }) => ({ id: slug, data: { title } })),
  );
  const store = {
    clear: () => entries.clear(),
    set: ({ id, data }: { id: string; data: unknown }) => entries.set(id, data).has(id),
  };
  const parseData = async ({ data }: { data: unknown }) => data;
  const context: unknown = { config, store, parseData };
  await loader.load(context as LoaderContext);
  return [...entries.keys()];
}

test("a collection reuses the posts that the build or the dev server has loaded", async () => {
  expect(await fill(configOf(loaded("one", "two")))).toEqual(["one", "two"]);
  expect(loads).toBe(0);
});

test("after a change, a collection has the posts of the dev server's next load", async () => {
  await fill(configOf(loaded("one")));
  reload(loaded("one", "new"));
  await expect.poll(() => [...entries.keys()]).toEqual(["one", "new"]);
  expect(loads).toBe(0);
});

test("while the dev server can't load the blog, collections are empty and the server keeps running", async () => {
  expect(await fill(configOf(null))).toEqual([]);
  expect(loads).toBe(0);
});

test("other commands, such as astro sync, load the blog", async () => {
  expect(await fill(configOf(undefined))).toEqual(["loaded-here"]);
});
