/** Perceived speed: no chains of requests for required files, and the next page is prefetched on hover. */
import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { PAGE_KINDS, readOutput } from "../support/pages.ts";
import { SITES } from "../support/sites.ts";
import { usePage, useSite } from "../support/use-site.ts";

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = ""]) => found);

describe.each(SITES)("%s", (_name, site) => {
  const named = (html: string): string[] =>
    matches(html, / (?:href|src)="([^"]+\.(?:css|js|woff2))"/g).map((address) =>
      address.slice(site.base.length),
    );

  test.each(Object.entries(PAGE_KINDS))(
    "the HTML of %s references each style sheet, script and font that the page needs",
    (_kind, address) => {
      const html = readOutput(site, address.endsWith(".html") ? address : `${address}index.html`);
      const files = named(html);
      expect(files.filter((file) => file.endsWith(".css")).length).toBeGreaterThan(0);
      const needed = files.flatMap((file) => {
        if (file.endsWith(".woff2")) return [];
        const text = readOutput(site, file);
        const inside = file.endsWith(".css")
          ? [
              ...matches(text, /@import\s+(?:url\()?["']?([^"')]+)/g),
              ...matches(text, /url\(["']?([^"')]+\.woff2)/g),
            ]
          : matches(text, /(?:\bfrom|\bimport)\s*["'`]\.\/([^"'`]+)["'`]/g);
        return inside.map((name) => `_astro/${name.slice(name.lastIndexOf("/") + 1)}`);
      });
      expect(needed.filter((file) => !files.includes(file))).toEqual([]);
    },
  );
});

describe("in a browser", () => {
  const site = inject("demo");
  const asked: { url: string; purpose: string }[] = [];
  const troubles: string[] = [];
  const server = useSite(site, {
    onRequest: ({ url = "", headers }) => {
      asked.push({ url, purpose: String(headers["sec-purpose"] ?? "") });
    },
  });
  let page: Page;
  usePage(server, { serviceWorkers: "block" }, (fresh) => {
    page = fresh;
    page.on("console", (message) => void (message.type() === "error" && troubles.push(message.text())));
    asked.length = 0;
    troubles.length = 0;
  });

  const ahead = () => asked.filter(({ purpose }) => purpose.includes("prefetch")).map(({ url }) => url);

  test("a page is prefetched when the pointer rests on its link, and not requested again when it's opened", async () => {
    await page.goto(server.url, { waitUntil: "networkidle" });
    expect(ahead()).toEqual([]);
    const link = page.locator("main h2 a, main h3 a").first();
    const address = new URL((await link.getAttribute("href")) ?? "", server.url);
    await link.hover();
    await expect.poll(ahead).toEqual([address.pathname]);
    await link.click();
    await page.waitForURL(address.href);
    expect(asked.filter(({ url }) => url === address.pathname).length).toBe(1);
    expect(troubles).toEqual([]);
  });

  test("search, feeds and other hosts are never prefetched", async () => {
    await page.goto(`${server.url}subscribe/`, { waitUntil: "networkidle" });
    const own = page.locator('main a[href$=".xml"]').first();
    await page.locator("a[data-search]").hover();
    await page.mouse.down();
    await page.mouse.move(5, 5);
    await page.mouse.up();
    await own.hover();
    const post = page.locator("header a[href]").first();
    await post.hover();
    await expect.poll(ahead).toEqual([new URL((await post.getAttribute("href")) ?? "", server.url).pathname]);
    expect(troubles).toEqual([]);
  });

  test.each([
    ["a post with a cover", PAGE_KINDS["a post with comments closed"]],
    ["a post without one", "posts/the-reply-i-never-sent/"],
    ["the front page", ""],
  ])(
    "the largest paint on %s is text, or a picture that the HTML loads immediately",
    async (_name, address) => {
      for (const viewport of [
        { width: 390, height: 844 },
        { width: 1280, height: 900 },
      ]) {
        await page.setViewportSize(viewport);
        await page.goto(server.url + address, { waitUntil: "networkidle" });
        const largest = await page.evaluate(largestPaint);
        const isText = largest.src === "";
        if (!isText) expect(largest).toMatchObject({ isLazy: false, priority: "high" });
        expect(readOutput(site, `${address}index.html`)).toContain(isText ? largest.words : largest.src);
      }
    },
  );
});

interface LargestPaint {
  readonly src: string;
  readonly isLazy: boolean;
  readonly priority: string;
  /** Beginning of the element's text. */
  readonly words: string;
}

/** Returns the browser's largest contentful paint. Runs in the page. */
function largestPaint(): Promise<LargestPaint> {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const entry: PerformanceEntry & { readonly element?: Element; readonly url?: string } = list
        .getEntries()
        .at(-1) ?? { ...performance.mark("none") };
      const { element, url = "" } = entry;
      const image = element instanceof HTMLImageElement ? element : null;
      resolve({
        src: url === "" ? "" : new URL(url).pathname,
        isLazy: image?.loading === "lazy",
        priority: image?.fetchPriority ?? "",
        words: element?.firstChild?.textContent?.trim().slice(0, 20) ?? "",
      });
    }).observe({ type: "largest-contentful-paint", buffered: true });
  });
}
