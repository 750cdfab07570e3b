import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { differences, pictureContext, viewsOf, WHOLE_FRAMES } from "../support/page-pictures.ts";
import { PICTURED, settled } from "../support/pages.ts";
import { serveStatic, type StaticServer } from "../support/static-server.ts";

const site = inject("demo");
let browser: Browser;
let context: BrowserContext;
let server: StaticServer;
beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(WHOLE_FRAMES), serveStatic(site.outDir, site.base)]);
  context = await pictureContext(browser);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

test.each(Object.entries(PICTURED))(
  "%s looks as it was accepted, at four widths, by day and by night",
  async (kind, address) => {
    const page = await context.newPage();
    await page.goto(server.url + address, { waitUntil: settled(address) });
    if (address.startsWith("search")) await page.locator("main .hits").waitFor({ state: "attached" });
    const found = await differences(kind, await viewsOf(page));
    await page.close();
    expect(found).toEqual([]);
  },
);
