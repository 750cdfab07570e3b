import { cpSync } from "node:fs";
import path from "node:path";
import type { BrowserContext } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { build, root } from "../support/build.ts";
import { differences, pictureContext, WHOLE_FRAMES } from "../support/page-pictures.ts";
import { tempSiteFolder } from "../support/temp-folder.ts";
import { useSite } from "../support/use-site.ts";

const POST = "posts/over-the-fence/";
const PAGES = {
  "home in Arabic": "",
  "a post in Arabic": POST,
  "a post taken down": "posts/taken-down/",
  "archive in Arabic": "archive/",
} as const;

const folder = tempSiteFolder();
const contentDir = path.join(folder, "content");
const site = { folder, contentDir, outDir: path.join(folder, "dist"), base: "/" };
beforeAll(async () => {
  cpSync(path.join(root, "tests/fixtures/arabic-blog/content"), contentDir, { recursive: true });
  await build(site);
});
const server = useSite(site, { flags: WHOLE_FRAMES });
let context: BrowserContext;
beforeAll(async () => {
  context = await pictureContext(server.browser);
});

describe.each(Object.entries(PAGES))("%s", (_kind, address) => {
  test.each([320, 1280])(
    "says so to machines, has no fault that axe knows, and stays in a window of %i px",
    async (width) => {
      const page = await context.newPage();
      await page.setViewportSize({ width, height: 800 });
      await page.goto(server.url + address);
      expect(await page.locator("html").getAttribute("dir")).toBe("rtl");
      expect(await page.locator("html").getAttribute("lang")).toBe("ar");
      expect(await axeFaults(page)).toEqual([]);
      const scrolls = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(scrolls).toBe(false);
      await page.close();
    },
  );
});

test("a post looks as it was accepted, at three widths, by day and by night", async () => {
  const page = await context.newPage();
  await page.goto(server.url + POST, { waitUntil: "networkidle" });
  expect(await differences(page, "post-in-arabic")).toEqual([]);
  await page.close();
});

test("everything that has a side stands on the other one", async () => {
  const page = await context.newPage();
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(server.url + POST);
  const sides = await page.evaluate(() => {
    const box = (selector: string) =>
      document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
    const style = (selector: string) => getComputedStyle(document.querySelector(selector) ?? document.body);
    return {
      "the name stands right of the rooms": box(".brand").left > box(".rooms").right,
      "a note stands left of the text": box(".footnotes li").right < box(".body > p").left,
      "a quotation is marked at its right": Number.parseFloat(style(".body blockquote").borderRightWidth) > 0,
      "a bar grows from the right": style(".survey .bar").transform.startsWith("matrix(-1"),
      "a face stands right of what was said": box(".response-own .face").left >= box(".said").right,
      "an answer's answer is indented from the right": box(".replies .said").right < box(".said").right,
      "code runs from the left": style("pre").direction === "ltr",
    };
  });
  expect(Object.entries(sides).filter(([, holds]) => !holds)).toEqual([]);
  await page.goto(`${server.url}archive/`);
  expect(
    await page
      .locator(".year-chart")
      .first()
      .evaluate((fence) => getComputedStyle(fence).transform),
  ).toMatch(/^matrix\(-1/);
  await page.close();
});

test("answers in another script keep their own direction", async () => {
  const page = await context.newPage();
  await page.goto(server.url + POST);
  const english = page
    .locator(".said", { hasText: "dictionary" })
    .locator("[dir=auto]")
    .or(page.locator(".said[dir=auto]", { hasText: "dictionary" }));
  expect(await english.first().evaluate((said) => getComputedStyle(said).direction)).toBe("ltr");
  await page.close();
});
