import type { Page, ViewportSize } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axeFaults, COLOR_RULES } from "../support/axe.ts";
import { PAGE_KINDS } from "../support/pages.ts";
import { SITES } from "../support/sites.ts";
import { useSite } from "../support/use-site.ts";

type Media = NonNullable<Parameters<Page["emulateMedia"]>[0]>;

const WIDE = { width: 1280, height: 900 };
const BY_DAY: Media = { colorScheme: "light", forcedColors: "none" };
const LOOKS: Readonly<Record<string, Media>> = {
  "by day": BY_DAY,
  "by night": { colorScheme: "dark", forcedColors: "none" },
};
interface Window {
  readonly viewport: ViewportSize;
  readonly looks: Readonly<Record<string, Media>>;
}

const WINDOWS: Readonly<Record<string, Window>> = {
  "at 1280 px": {
    viewport: WIDE,
    looks: { ...LOOKS, "in forced colours": { colorScheme: "light", forcedColors: "active" } },
  },
  "at 320 px": { viewport: { width: 320, height: 640 }, looks: LOOKS },
};

/** A base path changes URLs, not the look, so a few pages below it are enough to check that styles and scripts load. */
const KINDS_BELOW = Object.entries(PAGE_KINDS).filter(([, address]) =>
  ["", "search/", "404.html"].includes(address),
);

const WINDOWS_BELOW: typeof WINDOWS = {
  "at 1280 px": { viewport: WIDE, looks: { "by day": BY_DAY } },
};

const sticksOut = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe.each(SITES)("%s", (_name, site) => {
  const server = useSite(site);

  describe.each(Object.entries(site.base === "/" ? WINDOWS : WINDOWS_BELOW))(
    "%s",
    (_size, { viewport, looks }) => {
      let page: Page;
      beforeAll(async () => {
        page = await server.browser.newPage({ viewport, reducedMotion: "reduce", serviceWorkers: "block" });
      });
      afterAll(() => page.close());

      test.each(site.base === "/" ? Object.entries(PAGE_KINDS) : KINDS_BELOW)(
        "axe finds no faults on %s in light, dark or forced colors, and nothing overflows",
        async (_kind, address) => {
          await page.goto(server.url + address);
          expect(await page.getByRole("main").count()).toBe(1);
          expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
          for (const [at, [look, media]] of Object.entries(looks).entries()) {
            await page.emulateMedia(media);
            const faults = await axeFaults(page, at === 0 ? {} : { only: COLOR_RULES });
            expect(faults.slice(0, 10), look).toEqual([]);
            expect(await sticksOut(page), look).toBeLessThanOrEqual(0);
          }
        },
      );
    },
  );

  test("axe finds nothing with the search dialog open, with and without results", async () => {
    const page = await server.browser.newPage({
      ...BY_DAY,
      reducedMotion: "reduce",
      serviceWorkers: "block",
    });
    await page.goto(server.url);
    await page.keyboard.press("/");
    const box = page.getByRole("dialog").getByRole("searchbox");
    await box.waitFor();
    expect((await axeFaults(page)).slice(0, 10)).toEqual([]);
    await box.fill("fence");
    await page.getByRole("dialog").locator(".hits a").first().waitFor();
    expect((await axeFaults(page)).slice(0, 10)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await axeFaults(page, { only: COLOR_RULES })).toEqual([]);
    await page.close();
  });
});
