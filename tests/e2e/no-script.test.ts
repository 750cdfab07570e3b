import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PAGE_KINDS } from "../support/pages.ts";
import { ofSite, SITES } from "../support/sites.ts";
import { useSite } from "../support/use-site.ts";

describe.each(SITES)("without JavaScript, %s", (_name, site) => {
  const server = useSite(site);
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    context = await server.browser.newContext({ javaScriptEnabled: false });
    page = await context.newPage();
  });
  afterAll(() => context.close());

  test.each(ofSite(site, Object.entries(PAGE_KINDS)))(
    "%s shows its heading and text, and no button that does nothing",
    async (_kind, address) => {
      await page.goto(server.url + address);
      await page.getByRole("heading", { level: 1 }).waitFor();
      expect((await page.locator("main").innerText()).length).toBeGreaterThan(40);
      const dead = await page
        .locator("button:visible")
        .evaluateAll((buttons) =>
          buttons
            .filter(
              (button) =>
                !(button instanceof HTMLButtonElement && button.form !== null) &&
                !button.hasAttribute("popovertarget") &&
                !button.hasAttribute("commandfor"),
            )
            .map((button) => button.outerHTML),
        );
      expect(dead).toEqual([]);
    },
  );

  test("an old URL redirects to its post", async () => {
    await page.goto(`${server.url}2008/03/social-media-the-virtual-backyard-fence-chat.html`);
    await page.waitForURL(`${server.url}posts/virtual-backyard-fence/`);
  });

  test("an unknown URL shows the 404 page with links", async () => {
    const response = await page.goto(`${server.url}no/such/page/`);
    expect(response?.status()).toBe(404);
    expect(await page.getByRole("main").getByRole("link").count()).toBeGreaterThan(1);
  });

  test("a link leads to older posts", async () => {
    await page.goto(`${server.url}posts/`);
    await page.locator("a[rel~=next]").first().click();
    await page.waitForURL(`${server.url}posts/page/2/`);
    await page.getByRole("heading", { level: 1 }).waitFor();
  });

  test("the search page offers a working form and the archive", async () => {
    await page.goto(`${server.url}search/`);
    expect(await page.locator("main form[action^='https://']").count()).toBe(1);
    await page.setViewportSize({ width: 360, height: 720 });
    const field = await page.locator("main form[action^='https://'] input[type=search]").boundingBox();
    expect(field?.width, "room to type on a phone").toBeGreaterThan(180);
    await page.setViewportSize({ width: 1280, height: 720 });
    expect(await page.locator(`main a[href='${site.base}archive/']`).count()).toBeGreaterThan(0);
  });

  test("the conversation is readable, and a video is a link", async () => {
    await page.goto(`${server.url}posts/one-more-story/`);
    expect(await page.locator(".h-cite").count()).toBeGreaterThan(5);
    const video = page.locator("figure.video a").first();
    expect(await video.getAttribute("href")).toMatch(/^https:\/\//);
  });
});
