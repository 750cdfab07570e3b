/** Pictures on a phone: which files load, and how pictures open enlarged by touch and keyboard. */
import type { CDPSession, Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { htmlFiles, readOutput } from "../support/pages.ts";
import { isFocused, usePage, useSite } from "../support/use-site.ts";

const site = inject("demo");
/** A post with three pictures in a gallery. */
const GALLERY = "posts/the-party-you-arrive-at/";
/** A post with photos as figure and cover. */
const FIGURE = "posts/when-the-platform-closes/";

describe("by touch", () => {
  const server = useSite(site);
  const viewport = { width: 390, height: 844 };
  let page: Page;
  let touch: CDPSession;
  usePage(server, { viewport, hasTouch: true, isMobile: true, serviceWorkers: "block" }, async (fresh) => {
    page = fresh;
    touch = await page.context().newCDPSession(page);
  });

  /** Swipes horizontally. */
  async function swipe(from: number, to: number, y = 400): Promise<void> {
    const at = (x: number) => ({ touchPoints: [{ x, y }] });
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", ...at(from) });
    for (const share of [0.25, 0.5, 0.75, 1])
      await touch.send("Input.dispatchTouchEvent", { type: "touchMove", ...at(from + (to - from) * share) });
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  }

  const dialog = () => page.getByRole("dialog");
  const shown = () => dialog().locator("img").getAttribute("src");
  const pictures = () =>
    page.locator("a.zoom").evaluateAll((links) => links.map((link) => link.getAttribute("href")));

  test("a gallery opens enlarged, and swipes move forward and back, and from the end to the beginning", async () => {
    await page.goto(server.url + GALLERY);
    const [first, second] = await pictures();
    await page.locator("a.zoom").first().tap();
    await dialog().waitFor();
    expect(new URL((await shown()) ?? "", server.url).pathname).toBe(first);
    await swipe(300, 80);
    await expect.poll(async () => new URL((await shown()) ?? "", server.url).pathname).toBe(second);
    await swipe(80, 300);
    await expect.poll(async () => new URL((await shown()) ?? "", server.url).pathname).toBe(first);
    await swipe(80, 300);
    const last = (await pictures()).at(-1);
    await expect.poll(async () => new URL((await shown()) ?? "", server.url).pathname).toBe(last);
  });

  test("a figure opens enlarged, closes with its button and restores the focus", async () => {
    await page.goto(server.url + FIGURE);
    const opener = page.locator("figure.figure a.zoom").first();
    await opener.tap();
    await dialog().waitFor();
    const width = async () => (await dialog().locator("img").boundingBox())?.width;
    await expect.poll(width).toBeGreaterThan(300);
    await dialog().getByRole("button", { name: "Close" }).tap();
    await dialog().waitFor({ state: "detached" });
    await expect.poll(() => isFocused(opener)).toBe(true);
  });

  test("keys do the same, and a scroll gesture doesn't change the picture", async () => {
    await page.goto(server.url + GALLERY);
    await page.locator("a.zoom").first().focus();
    await page.keyboard.press("Enter");
    await dialog().waitFor();
    const first = await shown();
    await page.keyboard.press("ArrowRight");
    expect(await shown()).not.toBe(first);
    await page.keyboard.press("ArrowLeft");
    expect(await shown()).toBe(first);
    await swipe(200, 215);
    expect(await shown()).toBe(first);
    await page.keyboard.press("Escape");
    await dialog().waitFor({ state: "detached" });
  });
});

describe.each(htmlFiles(site).filter((file) => /^posts\/(?!page)[^/]+\/index\.html$/.test(file)))(
  "%s",
  (file) => {
    const html = readOutput(site, file);

    test("loads the cover immediately and with priority, and pictures below only when they come into view", () => {
      const cover = /<figure class="cover">[\s\S]*?<\/figure>/.exec(html)?.[0] ?? "";
      if (cover !== "") expect(cover).toMatch(/<img[^>]* fetchpriority="high"/);
      expect(cover).not.toContain('loading="lazy"');
      const others = html.replace(cover, "").match(/<img[^>]*>/g) ?? [];
      expect(others.filter((img) => img.includes("fetchpriority"))).toEqual([]);
      const atOnce = others.filter((img) => !img.includes('loading="lazy"'));
      expect(atOnce.filter((img) => !img.includes('width="256" height="256" alt '))).toEqual([]);
    });

    test("offers photos in modern formats and several sizes, and reserves their space with a color", () => {
      const photographs = html.match(/<picture>[\s\S]*?<\/picture>/g) ?? [];
      for (const picture of photographs.filter((one) => /<img[^>]* src="[^"]+\.jpg"/.test(one))) {
        for (const type of ["image/avif", "image/webp"]) {
          const source = picture.match(new RegExp(`<source type="${type}"[^>]*>`))?.[0] ?? "";
          expect(source).toMatch(/ srcset="[^"]+\d+w"/i);
          expect(source).toMatch(/ sizes="/);
        }
        expect(picture).toMatch(/<img[^>]* class="[^"]*\btint-\d/);
      }
      expect(
        (html.match(/<img[^>]*>/g) ?? []).filter((img) => !/ width="\d+" height="\d+"/.test(img)),
      ).toEqual([]);
      expect(html).not.toContain(" style=");
    });
  },
);
