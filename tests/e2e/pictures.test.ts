import type { BrowserContext } from "playwright-core";
import { beforeAll, expect, inject, test } from "vitest";
import { differences, pictureContext, viewsOf, WHOLE_FRAMES } from "../support/page-pictures.ts";
import { PICTURED, settled } from "../support/pages.ts";
import { useSite } from "../support/use-site.ts";

const site = inject("demo");
const server = useSite(site, { flags: WHOLE_FRAMES });
let context: BrowserContext;
beforeAll(async () => {
  context = await pictureContext(server.browser);
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
