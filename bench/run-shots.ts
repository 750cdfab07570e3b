/** `-- shots`: takes the screenshots in `docs/pictures/` from a build of the demo, in each theme. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import sharp from "sharp";
import { ownThemes } from "../src/lib/themes/load-theme.ts";
import { launchBrowser } from "../tests/support/browser.ts";
import { build, demoSite } from "../tests/support/build.ts";
import { serveStatic } from "../tests/support/static-server.ts";

const PICTURES = path.resolve("docs/pictures");
const FOLDER = path.join(PICTURES, "pages");

const PAGES = {
  home: "",
  post: "posts/virtual-backyard-fence/",
  conversation: "posts/one-more-story/#responses",
  archive: "archive/",
} as const;

const WINDOWS = { desk: { width: 1280, height: 1000 }, phone: { width: 390, height: 844 } } as const;

/** Takes screenshots of the demo's pages (light and dark, desktop and phone), and of the front page in each theme. */
export async function run(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const browser = await launchBrowser();
  try {
    for (const theme of ownThemes()) await inTheme(theme, browser);
  } finally {
    await browser.close();
  }
}

async function inTheme(theme: string, browser: Browser): Promise<void> {
  const site = demoSite();
  const settings = path.join(site.contentDir, "site.yaml");
  const text = readFileSync(settings, "utf8");
  const isDemos = text.includes(`\ntheme: ${theme}\n`);
  writeFileSync(settings, text.replace(/^theme:.*$/m, `theme: ${theme}`));
  await build(site);
  const server = await serveStatic(site.outDir, site.base);
  try {
    const home = (colorScheme: "light" | "dark", viewport: Viewport) =>
      shoot(browser, server.url, { colorScheme, viewport });
    await sideBySide(`theme-${theme}.webp`, 560, (scheme) => home(scheme, { width: 1120, height: 788 }));
    if (!isDemos) return;
    await sideBySide("front-page.png", 754, (scheme) => home(scheme, { width: 1280, height: 906 }));
    await pages(browser, server.url);
  } finally {
    await server.close();
    rmSync(site.folder, { recursive: true, force: true });
  }
}

/** Writes the light and the dark screenshot side by side as one picture. @param width of each half in pixels. */
async function sideBySide(
  name: string,
  width: number,
  take: (colorScheme: "light" | "dark") => Promise<Buffer>,
): Promise<void> {
  const halves = [];
  for (const scheme of ["light", "dark"] as const)
    halves.push(
      await sharp(await take(scheme))
        .resize({ width })
        .png()
        .toBuffer({ resolveWithObject: true }),
    );
  const height = Math.max(...halves.map(({ info }) => info.height));
  const gap = 12;
  const sheet = sharp({
    create: { width: 2 * width + gap, height, channels: 3, background: "#8c8c8c" },
  }).composite(halves.map(({ data }, at) => ({ input: data, left: at * (width + gap), top: 0 })));
  const file = path.join(PICTURES, name);
  const { size } = await (
    name.endsWith(".png")
      ? sharp(await sheet.png().toBuffer()).png({ palette: true, quality: 80, effort: 10 })
      : sharp(await sheet.png().toBuffer()).webp({ quality: 60, effort: 6 })
  ).toFile(file);
  console.log(path.relative(".", file), `${(size / 1000).toFixed(1)} KB`);
}

async function pages(browser: Browser, url: string): Promise<void> {
  for (const [page, address] of Object.entries(PAGES))
    for (const colorScheme of ["light", "dark"] as const)
      for (const [place, viewport] of Object.entries(WINDOWS)) {
        const file = path.join(FOLDER, `${page}-${place}-${colorScheme}.webp`);
        const picture = await shoot(browser, url + address, { colorScheme, viewport });
        const { size } = await sharp(picture)
          .resize({ width: place === "desk" ? 960 : 390 })
          .webp({ quality: 60, effort: 6 })
          .toFile(file);
        console.log(path.relative(".", file), `${(size / 1000).toFixed(1)} KB`);
      }
}

interface Viewport {
  readonly width: number;
  readonly height: number;
}

async function shoot(
  browser: Browser,
  address: string,
  view: {
    readonly colorScheme: "light" | "dark";
    readonly viewport: Viewport;
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
