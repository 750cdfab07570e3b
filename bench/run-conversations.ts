/**
 * `-- conversations`: pictures of conversations of 0 to 1,600 responses at four widths, by day and by night, to look at:
 * `.cache/pictures/conversations/<language>-<size>-<width>-<theme>.png`.
 */
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { SIZES, slugOf, writeConversations } from "../tests/fixtures/conversations.ts";
import { launchBrowser } from "../tests/support/browser.ts";
import { build, temporaryFolder } from "../tests/support/build.ts";
import { serveStatic } from "../tests/support/static-server.ts";

const FOLDER = path.resolve(".cache/pictures/conversations");
const WIDTHS = [360, 768, 1280, 1600] as const;
/** Of a page that is longer, the beginning and the end are shown. */
const MAX_HEIGHT = 5000;

/** @param args a language (`en`, `ar`), and sizes; all by default. */
export async function run(args: readonly string[]): Promise<void> {
  const wanted = args.map(Number).filter((size) => !Number.isNaN(size));
  const languages = (["en", "ar"] as const).filter(
    (lang) => args.includes(lang) || (!args.includes("en") && !args.includes("ar")),
  );
  mkdirSync(FOLDER, { recursive: true });
  const browser = await launchBrowser();
  try {
    for (const lang of languages) {
      const folder = temporaryFolder();
      writeConversations(path.join(folder, "content"), lang);
      await build({ folder });
      const server = await serveStatic(path.join(folder, "dist"), "/");
      for (const size of wanted.length === 0 ? SIZES : wanted)
        await shoot(browser, `${server.url}posts/${slugOf(size)}/`, `${lang}-${size}`);
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  } finally {
    await browser.close();
  }
}

async function shoot(browser: Browser, address: string, name: string): Promise<void> {
  for (const width of WIDTHS)
    for (const colorScheme of ["light", "dark"] as const) {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme,
        reducedMotion: "reduce",
        serviceWorkers: "block",
      });
      const page = await context.newPage();
      await page.goto(address, { waitUntil: "networkidle" });
      await page.evaluate(() => document.fonts.ready);
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      const parts = height <= MAX_HEIGHT ? { "": 0 } : { "": 0, "-end": height - MAX_HEIGHT };
      for (const [part, y] of Object.entries(parts)) {
        const file = path.join(FOLDER, `${name}-${width}-${colorScheme}${part}.png`);
        const clip = { x: 0, y, width, height: Math.min(height, MAX_HEIGHT) };
        await page.screenshot({ path: file, fullPage: true, clip });
      }
      console.log(`${name}, ${width} px, ${colorScheme}: ${height} px high`);
      await context.close();
    }
}
