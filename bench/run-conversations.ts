/**
 * `-- conversations`: takes screenshots of conversations of 0 to 1,600 responses for review, in each theme, at four
 * widths, light and dark: `.cache/pictures/conversations/<language>-<theme>-<size>-<width>-<light or dark>.png`.
 */
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { SIZES, slugOf, writeConversations } from "../tests/fixtures/conversations.ts";
import { launchBrowser } from "../tests/support/browser.ts";
import { build, temporaryFolder } from "../tests/support/build.ts";
import { serveStatic } from "../tests/support/static-server.ts";

const FOLDER = path.resolve(".cache/pictures/conversations");
const LANGUAGES = ["en", "ar"] as const;
const THEMES = ["fence", "paper", "gazette", "quiet"] as const;
const WIDTHS = [360, 768, 1280, 1600] as const;
/** Of longer pages, only the beginning and the end are shown. */
const MAX_HEIGHT = 5000;

/** @param args languages (`en`, `ar`), themes and sizes; all of a kind when none is given. */
export async function run(args: readonly string[]): Promise<void> {
  const sizes = named(SIZES, args);
  mkdirSync(FOLDER, { recursive: true });
  const browser = await launchBrowser();
  try {
    for (const lang of named(LANGUAGES, args))
      for (const theme of named(THEMES, args)) {
        const folder = temporaryFolder();
        writeConversations(path.join(folder, "content"), lang, theme);
        await build({ folder });
        const server = await serveStatic(path.join(folder, "dist"), "/");
        for (const size of sizes)
          await shoot(browser, `${server.url}posts/${slugOf(size)}/`, `${lang}-${theme}-${size}`);
        await server.close();
        rmSync(folder, { recursive: true, force: true });
      }
  } finally {
    await browser.close();
  }
}

function named<Value extends string | number>(
  all: readonly Value[],
  args: readonly string[],
): readonly Value[] {
  const some = all.filter((value) => args.includes(String(value)));
  return some.length === 0 ? all : some;
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
