import { createContext, runInContext } from "node:vm";
import { expect, test } from "vitest";
import { serviceWorkerCode } from "../../../tests/support/service-worker.ts";
import { makePost, makeSettings } from "../../../tests/fixtures/small-blog.ts";
import { siteUrls } from "../site/urls.ts";
import { leavingPaths, workerFile, type WorkerFileOptions } from "./worker-file.ts";

const BASE = "https://me.example/blog/";
const CLIENT = [
  "_astro/site.1.js",
  "_astro/en.1.js",
  "_astro/de.1.js",
  "_astro/giscus.1.js",
  "_astro/post.1.css",
];
const OPTIONS = {
  settings: makeSettings({ lang: "en" }),
  urls: siteUrls({ url: BASE }),
  client: CLIENT,
  script: await serviceWorkerCode(),
};
const PAGE = '<link rel="stylesheet" href="/blog/_astro/listing.1.css">';

type Listener = (event: object) => void;

/** A worker with the file loaded, in a mock browser; `network` responds to its requests. */
async function startFile(
  network: (address: string) => Response | Promise<Response>,
  own: Partial<WorkerFileOptions> = {},
  stores = new Map<string, Map<string, Response>>(),
) {
  const listeners = new Map<string, Listener>();
  const addressOf = (key: string | Request): string =>
    new URL(typeof key === "string" ? key : key.url, BASE).href;
  const open = async (name: string) => {
    const store = stores.get(name) ?? new Map<string, Response>();
    stores.set(name, store);
    return {
      match: async (key: string | Request) => store.get(addressOf(key))?.clone(),
      put: async (key: string | Request, response: Response) => void store.set(addressOf(key), response),
      delete: async (key: string | Request) => store.delete(addressOf(key)),
      keys: async () => [...store.keys()].map((url) => ({ url })),
    };
  };
  const match = async (key: string | Request) =>
    [...stores.values()].map((store) => store.get(addressOf(key))).find(Boolean);
  const self = {
    location: new URL("sw.js", BASE),
    registration: { unregister: async () => void listeners.clear() },
    clients: { claim: async () => {} },
    skipWaiting: async () => {},
    addEventListener: (type: string, listener: Listener) => void listeners.set(type, listener),
  };
  const asked: string[] = [];
  const fetch = async (key: string | Request): Promise<Response> => {
    asked.push(addressOf(key));
    return basic(await network(addressOf(key)));
  };
  const drop = async (name: string) => stores.delete(name);
  const globals = {
    self,
    location: self.location,
    caches: { open, match, delete: drop },
    fetch,
    URL,
    Response,
  };
  runInContext(
    String(await workerFile({ ...OPTIONS, page: PAGE, ...own }).make()),
    createContext({ ...globals, setTimeout }),
  );

  /** Sends an event and waits for all its work. @returns the worker's response; null if it doesn't intercept. */
  const send = async (type: string, details: object = {}): Promise<Response | null> => {
    const works: Promise<unknown>[] = [];
    let answer: Promise<Response> | null = null;
    listeners.get(type)?.({
      preloadResponse: Promise.resolve(undefined),
      ...details,
      waitUntil: (work: Promise<unknown>) => void works.push(work),
      respondWith: (given: Promise<Response>) => void (answer = given),
    });
    const response = await (answer as Promise<Response> | null);
    for (const work of works) await work;
    return response;
  };
  const visit = (path: string, own: object = {}) =>
    send("fetch", {
      request: {
        url: new URL(path, BASE).href,
        method: "GET",
        mode: "navigate",
        headers: new Headers(),
        referrer: "",
        ...own,
      },
    });
  const load = (path: string, destination = "image", referrer = "") =>
    visit(path, { mode: "no-cors", destination, referrer });
  const keptIn = (name: string) => [...(stores.get(`backfence /blog/ ${name}`)?.keys() ?? [])];
  return { send, visit, load, keptIn, asked, listeners, stores };
}

/** Gives a response the type of same-origin responses in browsers. */
function basic(response: Response): Response {
  Object.defineProperty(response, "type", { value: "basic" });
  const { clone } = response;
  return Object.assign(response, { clone: () => basic(clone.call(response)) });
}

const html = (text: string) =>
  new Response(text, { headers: { "content-type": "text/html; charset=utf-8" } });

test("the cache keeps a limited number of the newest pages and files, and always the shell", async () => {
  const worker = await startFile((address) => html(address));
  await worker.send("install");
  for (let number = 0; number < 300; number += 1) {
    await worker.visit(`posts/${number}/`);
    await worker.load(`pictures/${number}.avif`);
  }
  expect(worker.keptIn("pages").length).toBe(80);
  expect(worker.keptIn("pages").at(-1)).toBe(`${BASE}posts/299/`);
  expect(worker.keptIn("files").length).toBe(240);
  for (const file of ["offline/", "_astro/site.1.js", "_astro/en.1.js"])
    expect(worker.keptIn("files")).toContain(BASE + file);
  expect(worker.keptIn("files").filter((file) => /giscus|\/de\.|post\.1\.css/.test(file))).toEqual([]);
});

test("other hosts, other folders, form posts, videos, feeds and the search index aren't intercepted", async () => {
  const worker = await startFile(() => html("x"));
  const headers = new Headers({ range: "bytes=0-" });
  expect(await worker.visit("https://giscus.app/widget/")).toBeNull();
  expect(await worker.visit("/other-blog/")).toBeNull();
  expect(await worker.visit("posts/x/", { method: "POST" })).toBeNull();
  expect(
    await worker.visit("pictures/film.mp4", { mode: "no-cors", destination: "video", headers }),
  ).toBeNull();
  expect(await worker.visit("rss.xml")).toBeNull();
  expect(await worker.load("pagefind/pagefind.js", "script")).toBeNull();
  expect(worker.stores.size).toBe(0);
});

test("cached pages are shown while the server fails, and its errors aren't cached", async () => {
  let status = 200;
  const worker = await startFile((address) =>
    status === 200 ? html(`good ${address}`) : new Response("trouble", { status }),
  );
  await worker.visit("posts/x/");
  status = 503;
  expect(await (await worker.visit("posts/x/"))?.text()).toContain("good");
  expect((await worker.visit("posts/y/"))?.status).toBe(503);
  expect(worker.keptIn("pages")).toEqual([`${BASE}posts/x/`]);
});

test("a page is cached once, regardless of its query string", async () => {
  const worker = await startFile(() => html("x"));
  await worker.visit("search/?q=one");
  await worker.visit("search/?q=two");
  expect(worker.keptIn("pages")).toEqual([`${BASE}search/`]);
});

test("a worker stays while its file is unreachable, and removes itself once the file is gone", async () => {
  let own: () => Response = () => {
    throw new TypeError("no connection");
  };
  const network = (address: string) => (address.endsWith("/sw.js") ? own() : html("x"));
  const staying = await startFile(network);
  await staying.visit("");
  expect(staying.listeners.size).toBeGreaterThan(0);
  own = () => new Response("", { status: 404 });
  const leaving = await startFile(network);
  await leaving.visit("");
  expect(leaving.listeners.size).toBe(0);
});

test("browsers reinstall the worker only if its page or files change", async () => {
  const text = async (page: string, client = CLIENT) => workerFile({ ...OPTIONS, page, client }).make();
  expect(await text(PAGE)).toBe(await text(PAGE));
  expect(await text(`${PAGE}<p>`)).not.toBe(await text(PAGE));
  expect(await text(PAGE, [...CLIENT, "_astro/more.1.js"])).not.toBe(await text(PAGE));
});

const picture = '<img src="/blog/pictures/me.1.avif" srcset="/blog/pictures/me.2.avif 2x">';

test("a post that becomes sensitive is deleted with its pictures, and new ones aren't cached", async () => {
  let page = picture;
  const worker = await startFile((address) => html(address.includes("/posts/") ? page : "x"));
  await worker.visit("posts/x/");
  for (const file of ["me.1.avif", "me.2.avif", "other.1.avif"]) await worker.load(`pictures/${file}`);
  expect(worker.keptIn("pages")).toEqual([`${BASE}posts/x/`]);
  page = `<a data-exit>Leave</a>${picture}`;
  await worker.visit("posts/x/?from=feed#part");
  await worker.load("pictures/new.1.avif", "image", `${BASE}posts/x/?from=feed`);
  expect(worker.keptIn("pages")).toEqual([]);
  expect(worker.keptIn("files")).toEqual([`${BASE}pictures/other.1.avif`]);
});

test("the next version of the worker deletes sensitive and removed posts without a visit", async () => {
  const before = await startFile(() => html(picture));
  for (const path of ["posts/x/", "posts/y/", "posts/z/"]) await before.visit(path);
  await before.load("pictures/me.1.avif");
  const posts = [makePost({ slug: "x", isSensitive: true }), makePost({ slug: "y" })];
  const tombstones = [{ slug: "z", title: "Z", path: "/posts/z/", deleted: "2024-01-01", aliases: [] }];
  const leave = leavingPaths({ posts, tombstones }, OPTIONS.urls);
  const after = await startFile(() => html("x"), { leave }, before.stores);
  await after.send("install");
  expect(after.keptIn("pages")).toEqual([`${BASE}posts/y/`, BASE]);
  expect(after.keptIn("files")).not.toContain(`${BASE}pictures/me.1.avif`);
  const text = async (own: object) => workerFile({ ...OPTIONS, page: PAGE, ...own }).make();
  expect(await text({ leave })).not.toBe(await text({}));
});

test("the worker's file is one script that begins with its plan", async () => {
  const script = "run(BACKFENCE_WORKER_PLAN)\n";
  const text = String(await workerFile({ ...OPTIONS, page: PAGE, script }).make());
  expect(text).toMatch(/^const BACKFENCE_WORKER_PLAN = \{/);
  expect(text).toMatch(/\};\nrun\(BACKFENCE_WORKER_PLAN\)\n$/);
  expect(String(await workerFile({ ...OPTIONS, page: PAGE }).make())).not.toMatch(/\b(?:import|export)\b/);
});
