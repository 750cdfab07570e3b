import type { BrowserContext, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { SITES } from "../support/sites.ts";
import { isFocused, usePage, useSite } from "../support/use-site.ts";

describe.each(SITES)("a reader, %s", (_name, site) => {
  const server = useSite(site);
  let context: BrowserContext;
  let page: Page;
  usePage(server, { colorScheme: "light", reducedMotion: "reduce" }, (fresh) => {
    page = fresh;
    context = page.context();
  });

  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

  describe("the theme", () => {
    test("follows the system until the reader chooses one, and the choice is kept", async () => {
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

    test("is correct in the first frame", async () => {
      await page.goto(server.url);
      await page.evaluate(() => localStorage.setItem("backfence-theme", "dark"));
      await page.route("**/*.js", (route) => route.abort());
      await page.goto(server.url);
      expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBe("dark");
    });
  });

  // A base path only changes URLs.
  if (site.base !== "/") return;

  test("a video is loaded from its host only on click", async () => {
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

  test("a picture can be enlarged and closed with the keyboard, and keeps the focus", async () => {
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
    await expect.poll(() => isFocused(picture)).toBe(true);
  });

  test("code can be copied", async () => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto(`${server.url}posts/a-trackback-was-a-promise/`);
    const block = page.locator("pre").first();
    await block.hover();
    await page.locator("figure.code button, pre button, .code button").first().click();
    const code = (await block.locator("code").innerText()).trim();
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(async () => (await copied()).trim()).toBe(code);
  });

  test("a post loads without layout shifts", async () => {
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
