import type { BrowserContext, Page } from "playwright-core";
import { beforeEach, describe, expect, inject, test } from "vitest";
import { isFocused, usePage, useSite } from "../support/use-site.ts";

const WITH_NOTES = "posts/weekly-with-five-people/";
const SENSITIVE = "posts/quitting-the-group-chat/";

describe("reading features", () => {
  const site = inject("demo");
  const server = useSite(site);
  let context: BrowserContext;
  let page: Page;
  usePage(server, { viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" }, (fresh) => {
    page = fresh;
    context = page.context();
  });

  describe("keyboard shortcuts", () => {
    test("are explained in a dialog that restores the focus when it closes", async () => {
      await page.goto(server.url);
      await page.locator("[data-search]").focus();
      await page.keyboard.press("?");
      const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
      await sheet.waitFor();
      await page.keyboard.press("Escape");
      await sheet.waitFor({ state: "hidden" });
      await expect.poll(() => isFocused(page.locator("[data-search]"))).toBe(true);
    });

    test("open the previous and next post and can be turned off", async () => {
      await page.goto(`${server.url}${WITH_NOTES}`);
      const next = await page.locator("head link[rel=next]").getAttribute("href");
      await page.keyboard.press("n");
      await page.waitForURL(`**${next ?? ""}`);
      await page.keyboard.press("?");
      await page.getByRole("checkbox", { name: "Enable shortcuts" }).uncheck();
      await page.keyboard.press("Escape");
      await page.keyboard.press("t");
      await page.reload();
      await page.keyboard.press("t");
      await page.keyboard.press("?");
      await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
      expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBeUndefined();
    });
  });

  test("a chosen text size is kept on other pages", async () => {
    await page.goto(server.url);
    const size = () => page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
    const before = await size();
    await page.locator("button[popovertarget=display]").click();
    await page.getByRole("radio", { name: "Largest" }).check();
    const chosen = await size();
    expect(Number.parseFloat(chosen)).toBeGreaterThan(Number.parseFloat(before));
    await page.goto(`${server.url}posts/`);
    expect(await size()).toBe(chosen);
  });

  test("the panel can be closed and opened again by keyboard", async () => {
    await page.goto(server.url);
    const button = page.locator("button[popovertarget=display]");
    const panel = page.locator("#display");
    await button.focus();
    await page.keyboard.press("Enter");
    await panel.waitFor();
    await expect.poll(() => panel.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "hidden" });
    await expect.poll(() => isFocused(button)).toBe(true);
    await page.keyboard.press("Enter");
    await panel.waitFor();
  });

  test("the link to a section is copied on click, with a confirmation", async () => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto(`${server.url}${WITH_NOTES}`);
    const anchor = page.locator(".body .anchor").first();
    await anchor.click();
    await expect.poll(() => anchor.getAttribute("data-copied")).toBe("");
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(`${server.url}${WITH_NOTES}${await anchor.getAttribute("href")}`);
  });

  describe("notes", () => {
    test("are beside their references on wide screens", async () => {
      await page.goto(`${server.url}${WITH_NOTES}`);
      const link = page.locator(".note-ref a").first();
      await link.scrollIntoViewIfNeeded();
      const note = page.locator(".side-note, .footnotes li").first();
      const isBeside = async () => {
        const [at, aside] = [await link.boundingBox(), await note.boundingBox()];
        if (at === null || aside === null) return false;
        return Math.abs(at.y - aside.y) < 80 && aside.x > at.x;
      };
      await expect.poll(isBeside).toBe(true);
    });

    test("are shown at their references on narrow screens", async () => {
      await page.setViewportSize({ width: 800, height: 900 });
      await page.goto(`${server.url}${WITH_NOTES}`);
      const link = page.locator(".note-ref a").first();
      await link.hover();
      const preview = page.getByRole("tooltip");
      await preview.waitFor();
      const words = (await preview.textContent())?.trim().slice(0, 40) ?? "";
      expect(await page.locator(".footnotes li").first().textContent()).toContain(words);
      await page.mouse.move(5, 5);
      await preview.waitFor({ state: "hidden" });
    });
  });

  test("the table of contents highlights the current section", async () => {
    await page.goto(`${server.url}${WITH_NOTES}`);
    const id = await page.locator(".body h2").nth(2).getAttribute("id");
    await page
      .locator(".body h2")
      .nth(2)
      .evaluate((heading) => heading.scrollIntoView());
    await expect.poll(() => page.locator(".contents [data-here]").getAttribute("href")).toBe(`#${id ?? ""}`);
    await page.evaluate(() => scrollTo(0, 0));
    await expect.poll(() => page.locator(".contents [data-here]").count()).toBe(0);
  });

  describe("a sensitive post", () => {
    beforeEach(async () => {
      await context.route("https://www.wikipedia.org/**", (route) =>
        route.fulfill({ contentType: "text/html", body: "<!doctype html><title>elsewhere</title>" }),
      );
      await page.goto(server.url);
      await page.goto(`${server.url}${SENSITIVE}`);
    });

    test("is left immediately by pressing Esc three times, and “back” doesn't return to it", async () => {
      for (const _ of "123") await page.keyboard.press("Escape");
      await page.waitForURL("https://www.wikipedia.org/");
      await page.goBack();
      expect(page.url()).toBe(server.url);
    });

    test("ends above the exit link, so that the link covers no line of the footer", async () => {
      await page.setViewportSize({ width: 360, height: 640 });
      const gap = await page.evaluate(() => {
        scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
        const [lines, link] = [".footer-in", "[data-exit]"].map((name) =>
          document.querySelector(name)?.getBoundingClientRect(),
        );
        return lines === undefined || link === undefined ? -1 : link.top - lines.bottom;
      });
      expect(gap).toBeGreaterThanOrEqual(0);
    });

    test("is left by its exit link", async () => {
      await page.locator("[data-exit]").click();
      await page.waitForURL("https://www.wikipedia.org/");
      await page.goBack();
      expect(page.url()).toBe(server.url);
    });
  });

  test("a button copies the URL of a post and confirms it", async () => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto(`${server.url}${WITH_NOTES}`);
    const button = page.locator("button[data-copy]").first();
    const before = await button.textContent();
    await button.click();
    await expect.poll(() => button.textContent()).not.toBe(before);
    expect(await button.getAttribute("aria-live"), "read out by screen readers").toBe("polite");
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(`https://backfence.example${site.base}${WITH_NOTES}`);
  });
});
