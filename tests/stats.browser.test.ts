/** The page made by `backfence stats` in a browser. */
import { beforeAll, expect, test } from "vitest";
import type { Browser } from "playwright-core";
import { moreFiguresOf } from "../src/cli/stats/figures.ts";
import { statsHtml } from "../src/cli/stats/stats-html.ts";
import { sampleBlog, samplePost } from "./fixtures/sample-blog.ts";
import { sharedBrowser } from "./support/use-site.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});

test.each([320, 768, 1280])(
  "at %i pixels, no number is broken or covered, and nothing is wider than the page",
  async (width) => {
    const posts = ["2008", "2026", "2027"].flatMap((year) =>
      Array.from({ length: 9 }, (_, at) =>
        samplePost(`${year}-${at}`, { date: `${year}-03-01T08:00:00.000Z` }),
      ),
    );
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    await page.setContent(statsHtml("Notes", "2026-11-30", moreFiguresOf(sampleBlog({ posts }))));
    const { isWider, rows, isCovered } = await page.evaluate(() => ({
      isWider: document.documentElement.scrollWidth > innerWidth,
      rows: [...document.querySelectorAll(".bars tr:first-child")].map(
        (row) => row.getBoundingClientRect().height,
      ),
      isCovered: [...document.querySelectorAll(".bars tr")].some((row) => {
        const bar = row.querySelector("svg")?.getBoundingClientRect();
        const count = row.querySelector("td:last-child")?.getBoundingClientRect();
        return bar === undefined || count === undefined || bar.right > count.left;
      }),
    }));
    expect([isWider, isCovered]).toEqual([false, false]);
    expect(rows.length).toBeGreaterThan(2);
    expect(Math.max(...rows)).toBeLessThan(90);
    await page.close();
  },
);
