import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { serveStatic, type StaticServer } from "../support/static-server.ts";

const sites = [
  ["at the root", inject("demo")],
  ["below a base path", inject("demoBelow")],
] as const;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe.each(sites)("a reader, %s", (_name, site) => {
  let server: StaticServer;
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    server = await serveStatic(site.outDir, site.base);
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    context = await browser.newContext({ colorScheme: "light", reducedMotion: "reduce" });
    page = await context.newPage();
  });
  afterEach(() => context.close());

  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

  describe("the theme", () => {
    test("follows the system until one is chosen, and the choice is kept", async () => {
      await page.goto(server.url);
      const light = await paper();
      await page.emulateMedia({ colorScheme: "dark" });
      const dark = await paper();
      expect(dark).not.toBe(light);
      await page.locator("button[data-act=display]").click();
      await page.locator("#display input[name=theme][value=light]").check();
      expect(await paper()).toBe(light);
      await page.goto(`${server.url}posts/`);
      expect(await paper()).toBe(light);
      await page.locator("button[data-act=display]").click();
      await page.locator("#display input[name=theme][value='']").check();
      expect(await paper()).toBe(dark);
      await page.emulateMedia({ colorScheme: "light" });
      expect(await paper()).toBe(light);
    });

    test("is right before the first picture is drawn", async () => {
      await page.goto(server.url);
      await page.evaluate(() => localStorage.setItem("backfence-theme", "dark"));
      await page.route("**/*.js", (route) => route.abort());
      await page.goto(server.url);
      expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBe("dark");
    });
  });

  describe("search", () => {
    test("costs nothing until it's opened, then answers as one types, by keyboard alone", async () => {
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      await page.goto(server.url, { waitUntil: "networkidle" });
      expect(asked.filter((url) => url.includes("pagefind") || url.includes("search"))).toEqual([]);
      const opener = page.locator("[data-search]").first();
      await opener.focus();
      await page.keyboard.press("/");
      const dialog = page.getByRole("dialog");
      const box = dialog.getByRole("searchbox");
      await box.waitFor();
      expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);
      await page.keyboard.type("trackback");
      await dialog.locator(".hits a").first().waitFor();
      expect(await dialog.locator("mark").count()).toBeGreaterThan(0);
      expect(await dialog.getByRole("status").textContent()).toMatch(/\d/);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/posts\/[^/]+\//);
    });

    test("Escape closes it and gives the focus back", async () => {
      await page.goto(server.url);
      const opener = page.locator("[data-search]").first();
      await opener.focus();
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").getByRole("searchbox").waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "hidden" });
      expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true);
    });

    test("a shared address of the search page shows its results", async () => {
      await page.goto(`${server.url}search/?q=trackback`);
      await page
        .locator("main")
        .getByRole("link", { name: /trackback/i })
        .first()
        .waitFor();
      expect(await page.getByRole("searchbox").first().inputValue()).toBe("trackback");
    });

    test("finds German words", async () => {
      await page.goto(`${server.url}search/?q=Nachbarn`);
      await page.locator("main a[href$='/posts/der-zaun-ist-kein-rand/']").first().waitFor();
    });
  });

  describe("comments", () => {
    test("giscus comes on a click, mapped by the post's id, in the page's theme", async () => {
      const frames: string[] = [];
      await context.route("https://giscus.app/**", (route) => {
        frames.push(route.request().url());
        return route.fulfill({
          contentType: "text/html",
          body: "<!doctype html><title>giscus</title><p>Here</p>",
        });
      });
      const violations: string[] = [];
      page.on("console", (message) => {
        if (message.text().includes("Content Security Policy")) violations.push(message.text());
      });
      await page.goto(`${server.url}posts/one-more-story/`, { waitUntil: "networkidle" });
      expect(frames).toEqual([]);
      await page.locator("[data-act=giscus]").click();
      await expect.poll(() => frames.length, { timeout: 10_000 }).toBeGreaterThan(0);
      const asked = new URL(frames[0] ?? "");
      expect(asked.searchParams.get("term")).toBe("one-more-story");
      expect(asked.searchParams.get("strict")).toBe("1");
      expect(asked.searchParams.get("theme")).toBe("preferred_color_scheme");
      expect(violations).toEqual([]);
    });

    test("giscus comes in the theme that the reader has chosen", async () => {
      const frames: string[] = [];
      await context.route("https://giscus.app/**", (route) => {
        frames.push(route.request().url());
        return route.fulfill({ contentType: "text/html", body: "<!doctype html><title>giscus</title>" });
      });
      await page.goto(`${server.url}posts/one-more-story/`);
      await page.locator("button[data-act=display]").click();
      await page.locator("#display input[name=theme][value=dark]").check();
      await page.keyboard.press("Escape");
      await page.locator("[data-act=giscus]").click();
      await expect.poll(() => frames.length, { timeout: 10_000 }).toBeGreaterThan(0);
      expect(new URL(frames[0] ?? "").searchParams.get("theme")).toBe("dark");
    });

    test("a post with comments closed offers none", async () => {
      await page.goto(`${server.url}posts/virtual-backyard-fence/`);
      expect(await page.locator("[data-giscus]").count()).toBe(0);
      expect(await page.locator("#responses").textContent()).toMatch(/closed/i);
    });
  });

  test("a video is fetched from its host on a click, not before", async () => {
    const players: string[] = [];
    await context.route(/youtube|vimeo/, (route) => {
      players.push(route.request().url());
      return route.fulfill({ contentType: "text/html", body: "<!doctype html><title>player</title>" });
    });
    await page.goto(`${server.url}posts/one-more-story/`, { waitUntil: "networkidle" });
    expect(players).toEqual([]);
    await page.locator("figure.video a").first().click();
    await expect.poll(() => players.length).toBeGreaterThan(0);
    expect(players[0]).toContain("youtube-nocookie.com");
    expect(page.url()).toContain("/posts/one-more-story/");
  });

  test("a picture opens large and closes again with the keyboard, the focus kept", async () => {
    await page.goto(`${server.url}posts/the-party-you-arrive-at/`);
    const picture = page.locator("a.zoom").first();
    await picture.focus();
    await page.keyboard.press("Enter");
    const dialog = page.locator("dialog[open]");
    await dialog.waitFor();
    expect(await dialog.locator("img").evaluate((image: HTMLImageElement) => image.complete)).toBeDefined();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    expect(await page.evaluate(() => document.activeElement?.classList.contains("zoom"))).toBe(true);
  });

  test("code can be copied", async () => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto(`${server.url}posts/a-trackback-was-a-promise/`);
    const block = page.locator("pre").first();
    await block.hover();
    await page.locator("figure.code button, pre button, .code button").first().click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied.trim()).toBe((await block.locator("code").innerText()).trim());
  });

  test("nothing moves while a post loads", async () => {
    await page.addInitScript(() => {
      const shifts: number[] = [];
      Reflect.set(window, "shifts", shifts);
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push(Number(Reflect.get(entry, "value")));
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(`${server.url}posts/one-more-story/`, { waitUntil: "networkidle" });
    await page.evaluate(() => document.fonts.ready);
    const shifts: unknown = await page.evaluate(() => Reflect.get(window, "shifts"));
    const total = Array.isArray(shifts)
      ? shifts.reduce((sum: number, value: number) => sum + value, 0)
      : Number.NaN;
    expect(total).toBeLessThan(0.01);
  });
});
