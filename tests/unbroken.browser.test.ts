import path from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { HOMES, LONG, writeUnbrokenBlog } from "./fixtures/unbroken-blog.ts";
import { htmlFiles } from "./support/pages.ts";
import { buildNew } from "./support/shared-builds.ts";
import { tempSiteFolder } from "./support/temp-folder.ts";
import { useSite } from "./support/use-site.ts";

const THEMES = ["paper", "quiet", "gazette", "fence"] as const;

/** Every kind of page of a blog; the test fails if the build lacks one of them. */
const KINDS: readonly RegExp[] = [
  /^index\.html$/,
  /^posts\/index\.html$/,
  /^posts\/page\/2\/|^posts\/2\//,
  /^posts\/everything\/index\.html$/,
  /^posts\/second\/responses\/[^/]+\/index\.html$/,
  /^posts\/(?:link|photo|bookmark|like|rsvp|gone|older)\//,
  /^notes\/index\.html$/,
  /^notes\/a-note\//,
  /^tags\/index\.html$/,
  /^tags\/[^/]+\/index\.html$/,
  /^series\/index\.html$/,
  /^series\/long\//,
  /^authors\/index\.html$/,
  /^authors\/ann\//,
  /^archive\/index\.html$/,
  /^archive\/2026\/index\.html$/,
  /^archive\/2026\/02\//,
  /^people\/index\.html$/,
  /^people\/[^/]+\/index\.html$/,
  /^search\/index\.html$/,
  /^subscribe\/index\.html$/,
  /^blogroll\/index\.html$/,
  /^about\/index\.html$/,
  /^offline\/index\.html$/,
  /^404\.html$/,
];

/** Returns one page of each kind. All themes have the same markup, so this is enough for all but the first. */
function onePerKind(files: readonly string[]): readonly string[] {
  return KINDS.flatMap((kind) => files.find((file) => kind.test(file)) ?? []);
}

/** Returns how much wider a page is than its window, and the widest element; null if it isn't wider. */
function sticksOut(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return null;
    const scrolls = (element: Element): boolean =>
      /auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX);
    const widest = [...document.querySelectorAll("body *")]
      .filter((element) => {
        for (
          let above = element.parentElement;
          above !== null && above !== document.body;
          above = above.parentElement
        )
          if (scrolls(above)) return false;
        return true;
      })
      .toSorted((a, b) => b.getBoundingClientRect().right - a.getBoundingClientRect().right)[0];
    return `${scrollWidth} px: <${widest?.tagName.toLowerCase()} class="${widest?.getAttribute("class")}">`;
  });
}

/** Returns short words that are broken into two lines. */
function brokenWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const broken: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.nodeValue ?? "";
      const parent = node.parentElement;
      if (parent === null || parent.closest("pre, math, svg, script, template, .visually-hidden") !== null)
        continue;
      if (!parent.checkVisibility()) continue;
      for (const word of text.matchAll(/(?<![^\s])[\p{L}]{2,12}(?![^\s.,:;!?])/gu)) {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        const lines = new Set(
          [...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top)),
        );
        if (lines.size > 1)
          broken.push(`${word[0]} in <${parent.tagName.toLowerCase()} class="${parent.className}">`);
      }
    }
    return broken;
  });
}

describe.each(THEMES.map((theme, index) => [theme, HOMES[index] ?? "front"] as const))(
  "in the theme %s, with the home page %s",
  (theme, home) => {
    const folder = tempSiteFolder();
    const contentDir = path.join(folder, "content");
    const site = { folder, contentDir, outDir: path.join(folder, "dist"), base: "/" };
    beforeAll(async () => {
      writeUnbrokenBlog(contentDir, { theme, home });
      await buildNew({ folder }, { TEST_NOW: "2026-04-01T00:00:00Z" });
    });
    const server = useSite(site);

    test("no text of 500 letters without a space widens any page or breaks a short word at 320 px, or with text of twice the size", async () => {
      const context = await server.browser.newContext({
        viewport: { width: 320, height: 640 },
        reducedMotion: "reduce",
        serviceWorkers: "block",
      });
      const page = await context.newPage();
      const files = htmlFiles(site);
      for (const kind of KINDS)
        expect(
          files.some((file) => kind.test(file)),
          String(kind),
        ).toBe(true);
      const visited = theme === THEMES[0] ? files : onePerKind(files);
      for (const file of visited) {
        await page.goto(server.url + file.replace(/index\.html$/, ""));
        await page.evaluate(() => {
          for (const folded of document.querySelectorAll("details")) folded.open = true;
        });
        expect.soft(await sticksOut(page), file).toBeNull();
        expect.soft(await brokenWords(page), file).toEqual([]);
        await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
        expect.soft(await sticksOut(page), `${file} with text of twice the size`).toBeNull();
      }
      await page.goto(`${server.url}search/`);
      await page.getByRole("searchbox").first().fill(LONG.slice(0, 60));
      await page.locator("li.hit").first().waitFor();
      expect.soft(await sticksOut(page), "search results").toBeNull();
      await context.close();
    });

    test("each line of code is below the previous one, and the title of code is next to its button", async () => {
      const context = await server.browser.newContext({
        viewport: { width: 360, height: 640 },
        serviceWorkers: "block",
      });
      const page = await context.newPage();
      await page.goto(`${server.url}posts/everything/`);
      await page.locator(".code .copy").first().waitFor({ state: "attached" });
      const found = await page.evaluate(() => {
        const box = (element: Element | null) => element?.getBoundingClientRect() ?? new DOMRect();
        const numbered = document.querySelector(".code:has(.numbered)");
        const lines = [...(numbered?.querySelectorAll(".line") ?? [])].map(box);
        return {
          lines: lines.length,
          areStacked: lines.every(({ top, left }, at) => {
            const before = lines[at - 1];
            return before === undefined || (top >= before.bottom - 1 && left === before.left);
          }),
          isTitleFree:
            box(numbered?.querySelector("figcaption") ?? null).right <=
            box(numbered?.querySelector(".copy") ?? null).left,
        };
      });
      expect(found).toEqual({ lines: 3, areStacked: true, isTitleFree: true });
      await context.close();
    });
  },
);
