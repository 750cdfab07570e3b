import type { BrowserContext, Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { useFixtureBlog } from "../support/fixture-blog.ts";
import { differences, pictureContext, WHOLE_FRAMES } from "../support/page-pictures.ts";

const POST = "posts/over-the-fence/";
const PAGES = {
  "home in Arabic": "",
  "a post in Arabic": POST,
  "a post taken down": "posts/taken-down/",
  "archive in Arabic": "archive/",
} as const;

const server = useFixtureBlog("arabic-blog", WHOLE_FRAMES);
let context: BrowserContext;
beforeAll(async () => {
  context = await pictureContext(server.browser);
});

describe.each(Object.entries(PAGES))("%s", (_kind, address) => {
  test.each([320, 1280])(
    "declares its direction, has no axe faults, and fits into a window of %i px",
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

test("a post matches the accepted picture at three widths, light and dark", async () => {
  const page = await context.newPage();
  await page.goto(server.url + POST, { waitUntil: "networkidle" });
  expect(await differences(page, "post-in-arabic")).toEqual([]);
  await page.close();
});

test("everything with a side is mirrored", async () => {
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

test("responses in another script keep their own direction", async () => {
  const page = await context.newPage();
  await page.goto(server.url + POST);
  const english = page
    .locator(".said", { hasText: "dictionary" })
    .locator("[dir=auto]")
    .or(page.locator(".said[dir=auto]", { hasText: "dictionary" }));
  expect(await english.first().evaluate((said) => getComputedStyle(said).direction)).toBe("ltr");
  await page.close();
});

/** Pages with an author, a series, a tag and posts in English, and with sentences in both languages. */
const MIXED = [
  ...[
    "",
    "posts/",
    "posts/left-hinge/",
    "posts/right-hinge/",
    "tags/",
    "tags/c-plus-plus/",
    "series/",
    "series/hinges/",
  ],
  ...["authors/", "authors/acme/", "archive/2022/", "subscribe/", "people/", POST],
];

/** Returns texts whose last punctuation mark is on the wrong side of their last letter. */
function wrongEnds(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wrong: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = (node.nodeValue ?? "").trimEnd();
      const end = /(\p{L})[.!?؟…+]+$/u.exec(text);
      if (end === null || node.parentElement?.checkVisibility() !== true) continue;
      const box = (at: number) => {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return range.getBoundingClientRect();
      };
      const [letter, sign] = [box(end.index), box(text.length - 1)];
      if (letter.width === 0 || sign.width === 0 || Math.abs(letter.top - sign.top) > 8) continue;
      const isAfter = sign.left > letter.left;
      if (isAfter === /\p{Script=Arabic}/u.test(end[1] ?? "")) wrong.push(text);
    }
    return wrong;
  });
}

test.each(MIXED)("a sentence in either language has its period at the end on /%s", async (address) => {
  const page = await context.newPage();
  expect((await page.goto(server.url + address))?.status()).toBe(200);
  expect(await wrongEnds(page)).toEqual([]);
  await page.close();
});

test("a line in English is aligned with the Arabic lines around it", async () => {
  const page = await context.newPage();
  await page.goto(`${server.url}posts/`);
  const gap = await page.locator(".entry-lead", { hasText: "An English description" }).evaluate((line) => {
    const text = document.createRange();
    text.selectNodeContents(line);
    return line.getBoundingClientRect().right - text.getBoundingClientRect().right;
  });
  expect(Math.abs(gap)).toBeLessThan(2);
  await page.close();
});

test("search results have the direction of their own language, and the tag C++ keeps its plus signs", async () => {
  const page = await context.newPage();
  await page.goto(`${server.url}search/?q=hinge`);
  await page.locator("li.hit").first().waitFor();
  expect(await page.locator(".hit-title").first().innerText()).toBe("The left hinge, at last.");
  expect(await wrongEnds(page)).toEqual([]);
  await page.goto(`${server.url}tags/c-plus-plus/`);
  expect(await page.title()).toContain("\u2068C++\u2069");
  await page.close();
});
