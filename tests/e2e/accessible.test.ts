import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { PAGE_KINDS } from "../support/pages.ts";
import { SITES } from "../support/sites.ts";
import { serveStatic, type StaticServer } from "../support/static-server.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const STATES: Readonly<Record<string, BrowserContextOptions>> = {
  "by day": { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  "by night": { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  "at 320 px by day": { viewport: { width: 320, height: 640 }, colorScheme: "light" },
  "at 320 px by night": { viewport: { width: 320, height: 640 }, colorScheme: "dark" },
  "in forced colours": { viewport: { width: 1280, height: 900 }, forcedColors: "active" },
};

/** A base path changes addresses, not looks: below it one theme and one width show that styles and scripts arrive. */
const STATES_BELOW = { "by day": STATES["by day"] };

/** Every rule of WCAG 2.2 A and AA that axe knows, and its best practices. */
async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({ rules: { "target-size": { enabled: true } } })
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary?.slice(0, 200)}`),
  );
}

describe.each(SITES)("%s", (_name, site) => {
  let server: StaticServer;
  beforeAll(async () => {
    server = await serveStatic(site.outDir, site.base);
  });
  afterAll(() => server.close());

  describe.each(Object.entries(site.base === "/" ? STATES : STATES_BELOW))("%s", (_state, options) => {
    test.each(Object.entries(PAGE_KINDS))(
      "axe finds nothing on %s, and nothing sticks out",
      async (_kind, address) => {
        const context = await browser.newContext({ ...options, reducedMotion: "reduce" });
        const page = await context.newPage();
        await page.goto(server.url + address);
        expect((await violations(page)).slice(0, 10)).toEqual([]);
        const width = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(width).toBeLessThanOrEqual(0);
        await context.close();
      },
    );
  });

  describe.each(site.base === "/" ? (["light", "dark"] as const) : (["light"] as const))(
    "with the search dialog open, %s",
    (colorScheme) => {
      test("axe finds nothing, with and without results", async () => {
        const context = await browser.newContext({ colorScheme, reducedMotion: "reduce" });
        const page = await context.newPage();
        await page.goto(server.url);
        await page.keyboard.press("/");
        const box = page.getByRole("dialog").getByRole("searchbox");
        await box.waitFor();
        expect((await violations(page)).slice(0, 10)).toEqual([]);
        await box.fill("fence");
        await page.getByRole("dialog").locator(".hits a").first().waitFor();
        expect((await violations(page)).slice(0, 10)).toEqual([]);
        await context.close();
      });
    },
  );
});
