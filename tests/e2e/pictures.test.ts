import type { BrowserContext } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { useFixtureBlog } from "../support/fixture-blog.ts";
import { differences, pictureContext, WHOLE_FRAMES } from "../support/page-pictures.ts";
import { settled } from "../support/pages.ts";

/** Kinds of pages of the fixture blog: path by name of the picture. */
const PICTURED = {
  home: "",
  "post-with-everything": "posts/everything/",
  conversation: "posts/a-long-talk/",
  "sensitive-post": "posts/out-of-order/",
  tag: "tags/lamps/",
  series: "series/lamps/",
  archive: "archive/",
  people: "people/",
  "search-results": "search/?q=ladder",
  "not-found": "404.html",
} as const;

const server = useFixtureBlog("picture-blog", WHOLE_FRAMES);
let context: BrowserContext;
beforeAll(async () => {
  context = await pictureContext(server.browser);
});

test.each(Object.entries(PICTURED))(
  "%s matches the accepted picture at three widths, light and dark",
  async (name, address) => {
    const page = await context.newPage();
    await page.goto(server.url + address, { waitUntil: settled(address) });
    if (address.startsWith("search")) await page.locator("main .hits").waitFor({ state: "attached" });
    expect(await differences(page, name)).toEqual([]);
    await page.close();
  },
);
