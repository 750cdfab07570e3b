import { cpSync } from "node:fs";
import path from "node:path";
import type { BrowserContext } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { build, root } from "../support/build.ts";
import { differences, pictureContext, WHOLE_FRAMES } from "../support/page-pictures.ts";
import { settled } from "../support/pages.ts";
import { tempSiteFolder } from "../support/temp-folder.ts";
import { useSite } from "../support/use-site.ts";

/** Kinds of page of the fixture blog: name of the picture → address. */
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

const folder = tempSiteFolder();
const contentDir = path.join(folder, "content");
beforeAll(async () => {
  cpSync(path.join(root, "tests/fixtures/picture-blog/content"), contentDir, { recursive: true });
  await build({ folder });
});
const site = { folder, contentDir, outDir: path.join(folder, "dist"), base: "/" };
const server = useSite(site, { flags: WHOLE_FRAMES });
let context: BrowserContext;
beforeAll(async () => {
  context = await pictureContext(server.browser);
});

test.each(Object.entries(PICTURED))(
  "%s looks as it was accepted, at three widths, by day and by night",
  async (name, address) => {
    const page = await context.newPage();
    await page.goto(server.url + address, { waitUntil: settled(address) });
    if (address.startsWith("search")) await page.locator("main .hits").waitFor({ state: "attached" });
    expect(await differences(page, name)).toEqual([]);
    await page.close();
  },
);
