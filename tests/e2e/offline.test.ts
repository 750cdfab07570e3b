/** Reading without a connection, with the server stopped. */
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { listFiles } from "../../src/integration/list-files.ts";
import type { BuiltSite } from "../support/build.ts";
import { writeEveryKind } from "../support/every-kind.ts";
import { htmlFiles, readOutput } from "../support/pages.ts";
import { buildNew } from "../support/shared-builds.ts";
import { serveStatic, type StaticServer } from "../support/static-server.ts";
import { tempSiteFolder } from "../support/temp-folder.ts";
import { sharedBrowser } from "../support/use-site.ts";

const VISITED = "posts/virtual-backyard-fence/";
const TITLE = "The virtual backyard fence";
const UNVISITED = "posts/read-it-by-feed/";
const SENSITIVE = "posts/quitting-the-group-chat/";

let browser: Browser;
let server: StaticServer;
let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  browser = await sharedBrowser();
});
beforeEach(async () => {
  context = await browser.newContext();
  page = await context.newPage();
});
afterEach(async () => {
  await context.close();
  await server.close();
});

/** Returns the cached URLs, relative to the server's. */
async function kept(): Promise<string[]> {
  const addresses = await page.evaluate(async () => {
    const names = await caches.keys();
    const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map(({ url }) => url);
  });
  return addresses.map((address) => address.replace(server.url, ""));
}

/** Opens a page and waits until it could be opened again without a connection. */
async function visit(address: string): Promise<void> {
  await page.goto(server.url + address);
  await expect.poll(kept).toContain(address);
  const pictures = page.locator("main img");
  for (const picture of await pictures.all()) await picture.scrollIntoViewIfNeeded();
  const shown = () =>
    pictures.evaluateAll((all) =>
      all.map((one) => (one instanceof HTMLImageElement && one.naturalWidth > 0 ? one.currentSrc : "")),
    );
  await expect.poll(shown).not.toContain("");
  const own = (await shown()).map((address) => address.replace(server.url, ""));
  await expect.poll(kept).toEqual(expect.arrayContaining(own));
}

const lookOf = () =>
  page.evaluate(() => {
    const [body, title] = [document.documentElement, document.querySelector("h1")].map((element) =>
      element === null ? null : getComputedStyle(element),
    );
    const pictures = [...document.querySelectorAll<HTMLImageElement>("main img")];
    return {
      colour: body?.backgroundColor,
      size: title?.fontSize,
      hasFont: document.fonts.check("16px Literata"),
      pictures: pictures.map(({ naturalWidth }) => naturalWidth > 0),
    };
  });

const heading = () => page.getByRole("heading", { level: 1 }).textContent();

describe.each([
  ["at the root", inject("demo")],
  ["below a base path", inject("demoBelow")],
] as const)("without a connection, %s", (_name, site) => {
  beforeEach(async () => {
    server = await serveStatic(site.outDir, site.base);
  });

  test("a visited post and the home page open as before; another page says that it's offline and lists readable pages", async () => {
    await visit(VISITED);
    const [look, title] = [await lookOf(), await heading()];
    await expect.poll(kept).toContain("");
    await server.close();
    await page.goto(server.url + VISITED);
    expect(await heading()).toBe(title);
    // Pictures are drawn after the page.
    await expect.poll(lookOf).toEqual(look);
    await page.goto(server.url);
    expect(await page.locator("main a").count()).toBeGreaterThan(5);
    await page.goto(server.url + UNVISITED);
    expect(await heading()).toBe("No connection");
    await page
      .getByRole("main")
      .getByRole("link", { name: title ?? "" })
      .click();
    await page.waitForURL(server.url + VISITED);
    expect(await heading()).toBe(title);
  });
});

describe("a returning reader", () => {
  let copy: string;
  let isHeld = false;
  let release = (): void => undefined;
  let port: number;
  beforeAll(() => {
    copy = path.join(tempSiteFolder(), "dist");
  });
  beforeEach(async () => {
    rmSync(copy, { recursive: true, force: true });
    cpSync(inject("demo").outDir, copy, { recursive: true });
    const before = (pathname: string): Promise<void> | undefined =>
      isHeld && pathname.endsWith("/") ? new Promise((resolve) => (release = resolve)) : undefined;
    server = await serveStatic(copy, "/", { before });
    port = Number(new URL(server.url).port);
  });
  afterEach(() => {
    isHeld = false;
    release();
  });

  /** Changes a published file. */
  function publish(file: string, from: string, to: string): void {
    const target = path.join(copy, file);
    const text = readFileSync(target, "utf8");
    expect(text).toContain(from);
    rmSync(target);
    writeFileSync(target, text.replaceAll(from, to));
  }

  const keptTitle = () =>
    page.evaluate(async (address) => {
      const html = (await (await caches.match(address))?.text()) ?? "";
      return new DOMParser().parseFromString(html, "text/html").querySelector("h1")?.textContent;
    }, server.url + VISITED);

  test("sees a correction immediately", async () => {
    await visit(VISITED);
    const was = (await heading()) ?? TITLE;
    publish(`${VISITED}index.html`, was, "A corrected title");
    await page.goto(server.url + VISITED);
    expect(await heading()).toBe("A corrected title");
  });

  test("waits at most a few seconds on a slow connection, and sees the correction on the second visit", async () => {
    await visit(VISITED);
    const was = (await heading()) ?? TITLE;
    publish(`${VISITED}index.html`, was, "A corrected title");
    isHeld = true;
    await page.goto(server.url + VISITED);
    expect(await heading()).toBe(was);
    release();
    await expect.poll(keptTitle).toBe("A corrected title");
    await page.goto(server.url + VISITED);
    expect(await heading()).toBe("A corrected title");
  });

  test("gets a new version of the service worker and the offline page by visiting", async () => {
    await visit(VISITED);
    publish("offline/index.html", "No connection", "No line at all");
    publish("sw.js", '"version": "', '"version": "2');
    await page.goto(server.url);
    const offlineText = () =>
      page.evaluate(async (address) => (await caches.match(address))?.text(), `${server.url}offline/`);
    await expect.poll(offlineText).toContain("No line at all");
  });

  test("keeps no cached copy of a removed post", async () => {
    await visit(VISITED);
    rmSync(path.join(copy, VISITED), { recursive: true });
    await page.goto(server.url + VISITED);
    await expect.poll(kept).not.toContain(VISITED);
  });

  test("keeps no cached copy of a post that became sensitive, or of its pictures", async () => {
    await visit(VISITED);
    const pictures = (await kept()).filter((address) => address.startsWith("pictures/"));
    expect(pictures.length).toBeGreaterThan(0);
    publish(`${VISITED}index.html`, "<main", "<main data-exit");
    await page.goto(server.url + VISITED);
    await expect.poll(kept).not.toContain(VISITED);
    await expect.poll(async () => (await kept()).filter((address) => pictures.includes(address))).toEqual([]);
  });

  test("has no sensitive posts, searches or files from other hosts in the cache", async () => {
    await visit(VISITED);
    await page.goto(server.url + SENSITIVE);
    await page.goto(`${server.url}search/?q=fence`);
    await page.locator(".hits a").first().waitFor();
    await expect.poll(kept).toContain("search/");
    const addresses = await kept();
    expect(addresses).not.toContain(SENSITIVE);
    expect(addresses.filter((address) => /\?|pagefind|giscus|^https?:/.test(address))).toEqual([]);
  });

  test("sees the offline page when scripts have since been blocked in the browser", async () => {
    await visit(VISITED);
    await server.close();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setScriptExecutionDisabled", { value: true });
    await page.goto(server.url + UNVISITED);
    expect(await heading()).toBe("No connection");
    expect(await page.getByRole("link", { name: "Try again" }).getAttribute("href")).toBe("");
  });

  test("loses the service worker once the blog turns it off", async () => {
    const off = await siteWithoutWorker();
    await visit(VISITED);
    await server.close();
    server = await serveStatic(off.outDir, "/", { port });
    await page.goto(server.url + VISITED);
    const left = () =>
      page.evaluate(async () => [
        (await navigator.serviceWorker.getRegistrations()).length,
        (await caches.keys()).length,
      ]);
    await expect.poll(left).toEqual([0, 0]);
  });
});

test("the service worker is installed once, after the page has loaded", async () => {
  const site = inject("demo");
  const asked: string[] = [];
  server = await serveStatic(site.outDir, site.base, { onRequest: ({ url }) => void asked.push(url ?? "") });
  await visit(VISITED);
  const [installed, loaded] = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType("navigation");
    const chunk = performance.getEntriesByType("resource").find(({ name }) => /\/offline\./.test(name));
    return [
      chunk?.startTime,
      navigation instanceof PerformanceNavigationTiming ? navigation.loadEventStart : undefined,
    ];
  });
  expect(installed ?? 0).toBeGreaterThanOrEqual(loaded ?? Infinity);
  await page.evaluate(() => navigator.serviceWorker.ready);
  asked.length = 0;
  await page.goto(server.url + UNVISITED);
  await page.waitForLoadState("networkidle");
  expect(asked.filter((address) => /\/offline/.test(address))).toEqual([]);
});

/** Builds a blog with pages of every kind and `offline: false`, and checks that it has no trace of a service worker. */
async function siteWithoutWorker(): Promise<BuiltSite> {
  const folder = tempSiteFolder();
  const contentDir = path.join(folder, "content");
  const site: BuiltSite = { folder, contentDir, outDir: path.join(folder, "dist"), base: "/" };
  await writeEveryKind(contentDir, "offline: false\nsocialPictures: false\n");
  const visited = path.join(contentDir, `${VISITED.slice(0, -1)}.md`);
  writeFileSync(visited, `---\ntitle: ${TITLE}\ndate: 2024-01-02\nauthors: [mara]\n---\n\nWords.\n`);
  await buildNew(site);
  expect(existsSync(path.join(site.outDir, VISITED, "index.html"))).toBe(true);
  expect(listFiles(site.outDir).filter((file) => /^sw\.js$|^offline\//.test(file))).toEqual([]);
  expect(htmlFiles(site).filter((file) => /data-worker|sw\.js/.test(readOutput(site, file)))).toEqual([]);
  return site;
}
