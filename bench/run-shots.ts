/** `-- shots`: the pictures in `docs/pictures/` that `docs/design.md` shows, taken of the demo as it is built. */
import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import sharp from "sharp";
import { launchBrowser } from "../tests/support/browser.ts";
import { build, demoSite } from "../tests/support/build.ts";
import { serveStatic } from "../tests/support/static-server.ts";

const FOLDER = path.resolve("docs/pictures/pages");

const PAGES = {
  home: "",
  post: "posts/virtual-backyard-fence/",
  conversation: "posts/one-more-story/#responses",
  archive: "archive/",
} as const;

const WINDOWS = { desk: { width: 1280, height: 1000 }, phone: { width: 390, height: 844 } } as const;

/** Takes each page by day and by night, at a desk and on a phone. */
export async function run(): Promise<void> {
  const site = demoSite();
  await build(site);
  mkdirSync(FOLDER, { recursive: true });
  const server = await serveStatic(site.outDir, site.base);
  const browser = await launchBrowser();
  try {
    for (const [page, address] of Object.entries(PAGES))
      for (const colorScheme of ["light", "dark"] as const)
        for (const [place, viewport] of Object.entries(WINDOWS)) {
          const file = path.join(FOLDER, `${page}-${place}-${colorScheme}.webp`);
          const picture = await shoot(browser, server.url + address, { colorScheme, viewport });
          const { size } = await sharp(picture)
            .resize({ width: place === "desk" ? 960 : 390 })
            .webp({ quality: 60, effort: 6 })
            .toFile(file);
          console.log(path.relative(".", file), `${(size / 1000).toFixed(1)} KB`);
        }
  } finally {
    await browser.close();
    await server.close();
  }
}

async function shoot(
  browser: Browser,
  address: string,
  view: {
    readonly colorScheme: "light" | "dark";
    readonly viewport: { readonly width: number; readonly height: number };
  },
): Promise<Buffer> {
  const context = await browser.newContext({ ...view, reducedMotion: "reduce", serviceWorkers: "block" });
  const page = await context.newPage();
  await page.goto(address, { waitUntil: "networkidle" });
  await page.evaluate(() => document.fonts.ready);
  const picture = await page.screenshot();
  await context.close();
  return picture;
}
