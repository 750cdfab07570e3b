/** Each built-in theme on every kind of page. */
import path from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ownThemes } from "../src/lib/themes/load-theme.ts";
import { axeFaults, COLOR_RULES } from "./support/axe.ts";
import type { BuiltSite } from "./support/build.ts";
import { KINDS, writeEveryKind } from "./support/every-kind.ts";
import { settled } from "./support/pages.ts";
import { buildNew } from "./support/shared-builds.ts";
import { tempSiteFolder } from "./support/temp-folder.ts";
import { useSite } from "./support/use-site.ts";
import { htmlErrors } from "./support/validate-html.ts";

/** Pages that axe also checks at the width of a phone; it checks all pages in a wide window. */
const ON_PHONES: readonly string[] = ["", "posts/", "posts/everything/", "archive/", "404.html"];

/** Options without the CSP, which would block axe, and without the service worker. */
const PLAIN: BrowserContextOptions = { bypassCSP: true, reducedMotion: "reduce", serviceWorkers: "block" };

const THEMES = ownThemes();

const sites = Object.fromEntries(
  THEMES.map((name): [string, BuiltSite] => {
    const folder = tempSiteFolder();
    const parts = { contentDir: path.join(folder, "content"), outDir: path.join(folder, "dist") };
    return [name, { folder, ...parts, base: "/" }];
  }),
);

beforeAll(async () => {
  for (const [name, site] of Object.entries(sites)) {
    await writeEveryKind(site.contentDir, `theme: ${name}\nsocialPictures: false\n`);
    await buildNew(site);
  }
});

test("the Nu validator finds no error on any page in any theme", () => {
  expect(htmlErrors(...Object.values(sites).map(({ outDir }) => outDir))).toEqual([]);
});

describe.each(Object.entries(sites))("theme %s", (name, site) => {
  const server = useSite(site);
  let page: Page;
  beforeAll(async () => {
    const context = await server.browser.newContext(PLAIN);
    page = await context.newPage();
  });
  afterAll(() => page?.context().close());

  test.each(Object.entries(KINDS))(
    "axe finds no faults on %s, and nothing overflows",
    async (_kind, address) => {
      await page.emulateMedia({ colorScheme: "light" });
      await page.setViewportSize({ width: 320, height: 800 });
      await page.goto(server.url + address);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      if (ON_PHONES.includes(address)) expect(await axeFaults(page), "320 px").toEqual([]);
      await page.setViewportSize({ width: 1280, height: 800 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1280);
      expect(await axeFaults(page), "1280 px").toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await axeFaults(page, { only: COLOR_RULES }), "by night").toEqual([]);
    },
  );

  const shared = new Map<string, Promise<Page>>();
  afterAll(async () => {
    for (const shown of shared.values()) await (await shown).context().close();
  });

  /**
   * Calls `look` with an open page. With the options `PHONE` and `DESK`, tests share the page and must leave it
   * unchanged; with other options, a new page is opened.
   */
  async function opened<Result>(
    address: string,
    options: BrowserContextOptions,
    look: (page: Page) => Promise<Result>,
  ): Promise<Result> {
    if (options === PHONE || options === DESK) {
      const key = `${options === PHONE ? "phone" : "desk"} ${address}`;
      const shown = shared.get(key) ?? open(address, options);
      shared.set(key, shown);
      return look(await shown);
    }
    const own = await open(address, options);
    try {
      return await look(own);
    } finally {
      await own.context().close();
    }
  }

  async function open(address: string, options: BrowserContextOptions): Promise<Page> {
    const context = await server.browser.newContext({ ...PLAIN, ...options });
    const own = await context.newPage();
    await own.goto(server.url + address, { waitUntil: settled(address) });
    return own;
  }

  test.each(["", "posts/", "posts/everything/", "posts/a-long-talk/"])(
    "/%s fits a phone with the largest text size",
    async (address) => {
      const width = await opened(address, PHONE, (page) =>
        page.evaluate(() => {
          const { dataset } = document.documentElement;
          const before = dataset["size"];
          dataset["size"] = "largest";
          const { scrollWidth } = document.documentElement;
          if (before === undefined) delete dataset["size"];
          else dataset["size"] = before;
          return scrollWidth;
        }),
      );
      expect(width).toBe(360);
    },
  );

  test("words in the first column of a table, and dates, are never broken", async () => {
    const broken = await opened("posts/everything/", PHONE, (page) => page.evaluate(brokenWords));
    expect(broken).toEqual([]);
    expect(await opened("posts/a-long-talk/", PHONE, (page) => page.evaluate(brokenWords))).toEqual([]);
  });

  test("an article starts high on the page: a low cover, and a standfirst as wide as the text", async () => {
    const post = await opened("posts/everything/", DESK, (page) =>
      page.evaluate(() => {
        const box = (selector: string) =>
          document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
        return {
          cover: box(".cover img").height,
          standfirst: box(".standfirst").width,
          text: box(".body > p").width,
          window: innerHeight,
        };
      }),
    );
    expect(post.cover).toBeLessThanOrEqual(Math.max(post.window * 0.46, post.window * 0.8) + 1);
    expect(post.standfirst).toBeLessThanOrEqual(post.text + 1);
    expect(post.standfirst).toBeGreaterThan(post.text * 0.6);
  });

  test("titles are at the same height, whether there is a link above them or not", async () => {
    const tops = await Promise.all(
      ["posts/everything/", "posts/a-photograph/"].map((address) =>
        opened(address, DESK, (page) =>
          page.evaluate(() => {
            const kicker = document.querySelector(".kicker");
            const title = document.querySelector(".post-title");
            if (kicker === null || title === null) return null;
            const isLink = kicker.querySelector("a") !== null;
            return { isLink, gap: title.getBoundingClientRect().top - kicker.getBoundingClientRect().top };
          }),
        ),
      ),
    );
    expect(tops.map((top) => top?.isLink)).toEqual([true, false]);
    expect(Math.abs((tops[0]?.gap ?? 0) - (tops[1]?.gap ?? 99))).toBeLessThan(1);
  });

  test("code and its title are aligned, and the two tabs end at the same line", async () => {
    const code = await opened("posts/everything/", DESK, async (page) => {
      await page.locator(".code .copy").first().waitFor();
      return page.evaluate(() => {
        const text = (selector: string) => {
          const range = document.createRange();
          range.selectNodeContents(document.querySelector(selector) ?? document.body);
          return range.getBoundingClientRect();
        };
        const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
        return {
          indent: Math.abs(text(".code figcaption").left - text(".code pre code").left),
          tabs: Math.abs((box(".code figcaption")?.bottom ?? 0) - (box(".code .copy")?.bottom ?? 99)),
        };
      });
    });
    expect(code.indent).toBeLessThan(2);
    expect(code.tabs).toBeLessThanOrEqual(1);
  });

  test("in print, notes have no URL, and interactive elements are hidden", async () => {
    const print = await opened("posts/everything/", DESK, async (page) => {
      await page.emulateMedia({ media: "print" });
      const printed = await page.evaluate(() => {
        const after = (selector: string) =>
          getComputedStyle(document.querySelector(selector) ?? document.body, "::after").content;
        const gone = [".masthead nav", ".tools", ".footer", ".share", ".ways", ".follow", ".onward"];
        return {
          note: after(".note-ref a"),
          shown: gone.filter((selector) => document.querySelector(selector)?.checkVisibility() === true),
          heading: getComputedStyle(document.querySelector(".body .section-head") ?? document.body)
            .breakAfter,
        };
      });
      await page.emulateMedia({ media: "screen" });
      return printed;
    });
    expect(print).toEqual({ note: expect.stringMatching(/^(none|normal)$/), shown: [], heading: "avoid" });
  });

  test("the shortcuts dialog has one text size and a close button, and isn't offered on phones", async () => {
    const sheet = await opened("", DESK, async (page) => {
      await page.keyboard.press("?");
      await page.locator("dialog.sheet").waitFor();
      return page.evaluate(() => {
        const size = (selector: string) =>
          getComputedStyle(document.querySelector(selector) ?? document.body).fontSize;
        const cross = document.querySelector(".sheet .overlay-close")?.getBoundingClientRect();
        return { sizes: new Set([size(".sheet dd"), size(".sheet label")]).size, cross: cross?.height };
      });
    });
    expect(sheet).toEqual({ sizes: 1, cross: 44 });
    const isOffered = await opened("", { ...PHONE, hasTouch: true, isMobile: true }, async (page) => {
      await page.locator("button[data-act=display]").tap();
      await page.getByRole("radio").first().waitFor();
      return page.locator("[data-act=shortcuts]").isVisible();
    });
    expect(isOffered).toBe(false);
  });

  test("the ways to respond are aligned on a phone, wrapped or not", async () => {
    const lefts = await opened("posts/everything/", PHONE, (page) =>
      page.evaluate(() =>
        [...document.querySelectorAll(".giscus-do > *")]
          .filter((one) => one.checkVisibility())
          .map((one) => {
            const range = document.createRange();
            range.selectNodeContents(one);
            const isButton = one.matches("button");
            return Math.round((isButton ? one.getBoundingClientRect() : range.getBoundingClientRect()).left);
          }),
      ),
    );
    expect(lefts.length).toBeGreaterThan(0);
    expect(new Set(lefts).size).toBe(1);
  });

  test("labels in the chart of people are readable on a phone", async () => {
    const heights = await opened("people/", PHONE, (page) =>
      page.evaluate(() => {
        const chart = document.querySelector(".years-chart svg");
        if (!(chart instanceof SVGSVGElement)) return [];
        const scale = chart.getBoundingClientRect().width / chart.viewBox.baseVal.width;
        return [...chart.querySelectorAll("text")]
          .filter((text) => text.checkVisibility())
          .map((text) => Number.parseFloat(getComputedStyle(text).fontSize) * scale);
      }),
    );
    for (const height of heights) expect(height).toBeGreaterThanOrEqual(9);
  });

  if (name === "fence")
    test.each([1, 1.1, 1.25, 1.5, 2])(
      "the pickets start without a gap at a device pixel ratio of %d",
      async (deviceScaleFactor) => {
        const picture = await opened("archive/", { ...DESK, deviceScaleFactor }, async (page) => {
          const top = await page
            .locator(".footer")
            .evaluate((footer) => footer.getBoundingClientRect().top + scrollY);
          const clip = { x: 0, y: Math.floor(top) - 4, width: 1200, height: 30 };
          return page.screenshot({ clip, fullPage: true, scale: "device" });
        });
        const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
        const paper = data.subarray(0, 3);
        const colored = Array.from({ length: info.height }, (_, row) => {
          let count = 0;
          for (let at = row * info.width * 3; at < (row + 1) * info.width * 3; at += 3)
            if (Math.abs((data[at] ?? 0) - (paper[0] ?? 0)) > 24) count += 1;
          return count / info.width;
        });
        const steps = colored.slice(1).map((share, row) => share - (colored[row] ?? 0));
        expect(Math.min(...steps), colored.map((share) => share.toFixed(2)).join(" ")).toBeGreaterThan(-0.03);
        expect(colored.at(-1)).toBeGreaterThan(0.7);
      },
    );

  // All themes have the same markup.
  if (name === THEMES[0])
    test("the archive lists every post, and lists have labels", async () => {
      await opened("archive/", DESK, async (page) => {
        expect(await page.locator(".year .row-title a.p-name").count()).toBeGreaterThan(5);
      });
      await opened("tags/", DESK, async (page) => {
        expect(await page.locator(".index-newest").first().innerText()).toMatch(/^Latest: /);
        expect(await page.locator(".index-newest a").count()).toBeGreaterThan(0);
      });
      await opened("authors/", DESK, async (page) => {
        expect(await page.locator(".authors .meta").first().innerText()).toContain("Latest: ");
      });
      await opened("tags/lamps/", DESK, async (page) => {
        expect(await page.locator(".page-head .tags").innerText()).toMatch(/^Related tags: /);
      });
    });
});

const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 740 } };
const DESK: BrowserContextOptions = { viewport: { width: 1280, height: 850 } };

/** Returns dates, and single words in the first column of a table, that are broken into several lines. */
function brokenWords(): string[] {
  const isBroken = (element: Element): boolean => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
  };
  const words = [...document.querySelectorAll("th[scope=row], .body td:first-child")].filter(
    (cell) => !/\s/.test(cell.textContent?.trim() ?? ""),
  );
  return [...words, ...document.querySelectorAll("time")]
    .filter((element) => element.checkVisibility() && isBroken(element))
    .map((element) => element.textContent ?? "");
}
