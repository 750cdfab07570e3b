/**
 * Screenshots of whole pages, compared with accepted ones (`tests/pictures`). They are scaled to a quarter, which is
 * enough to show a moved block, a missing part or a wrong color, but not the edges of letters.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import pixelmatch from "pixelmatch";
import type { Browser, BrowserContext, Page } from "playwright-core";
import sharp from "sharp";
import { root } from "./build.ts";

const WIDTHS = [360, 768, 1280] as const;
const THEMES = ["light", "dark"] as const;

const ACCEPTED = path.join(root, "tests/pictures");
const REVIEW = path.join(root, ".cache/pictures");

/** Scale of a picture relative to the page. */
const SCALE = 1 / 4;
/** Maximum height of the part of a page in a picture, in CSS pixels. */
const MAX_HEIGHT = 2_800;
const GAP = 4;
const SURROUND = { r: 110, g: 130, b: 150, alpha: 1 };

/** Maximum color distance between pixels that count as equal; see pixelmatch's `threshold`. */
const THRESHOLD = 0.1;
/** Pixels that may differ in any square with sides of `WINDOW_SIZE` pixels. The pictures are from the npm browser. */
const MAX_DIFFERING = 24;
const WINDOW_SIZE = 24;

/** Flags that make Chromium draw a frame completely before a screenshot. */
export const WHOLE_FRAMES = ["--run-all-compositor-stages-before-draw", "--disable-checker-imaging"];

/** Screenshots of a page by width and color scheme, side by side. */
interface Sheet {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

/**
 * Styles that make pictures the same on every machine: one font for everything, because characters that the blog's own
 * font lacks (code, italics, Arabic) would use system fonts; and nothing that moves or blinks.
 */
const SAME_EVERYWHERE = `
  @font-face { font-family: "Same Arabic"; src: url("/same-arabic.woff2"); font-weight: 400 700; }
  :root { --serif: Literata, "Same Arabic", serif; --mono: Literata, serif; }
  *, *::before, *::after {
    font-family: Literata, "Same Arabic", serif !important;
    font-style: normal !important;
    animation: none !important;
    transition: none !important;
    caret-color: transparent !important;
  }
  mi { text-transform: none !important }
  .progress { display: none !important }
`;
const ARABIC_FONT = path.join(
  root,
  "node_modules/@fontsource-variable/noto-naskh-arabic/files/noto-naskh-arabic-arabic-wght-normal.woff2",
);

/** Creates a browser context for pictures: no motion, a fixed clock, no CSP that would block the styles above. */
export async function pictureContext(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...{ bypassCSP: true, serviceWorkers: "block" },
    ...{ reducedMotion: "reduce", locale: "en-GB" },
  });
  await context.clock.setFixedTime("2026-11-20T12:00:00Z");
  await context.route("**/same-arabic.woff2", (route) => route.fulfill({ path: ARABIC_FONT }));
  return context;
}

/**
 * Compares the open page with its accepted picture.
 *
 * @param name file name of the picture, without extension
 * @returns the differences; empty when there are none. With `UPDATE_SCREENSHOTS` set, the picture is accepted instead.
 */
export async function differences(page: Page, name: string): Promise<string[]> {
  const accepted = path.join(ACCEPTED, `${name}.webp`);
  await page.addStyleTag({ content: SAME_EVERYWHERE });
  const isAccepted = existsSync(accepted);
  if (process.env["UPDATE_SCREENSHOTS"] !== undefined) {
    const encoded = await encode(await sheetOf(page, stableShot));
    if (!isAccepted || (await compare(readFileSync(accepted), encoded, name)).length > 0)
      writeFileSync(accepted, encoded);
    return [];
  }
  if (!isAccepted) return [`${name} has no accepted picture: run with UPDATE_SCREENSHOTS=1`];
  const was = readFileSync(accepted);
  const differing = await compare(was, await encode(await sheetOf(page, shot)), name);
  // A busy browser may return partly drawn frames, so differences are checked again once the page is stable.
  return differing.length === 0 ? [] : compare(was, await encode(await sheetOf(page, stableShot)), name);
}

async function sheetOf(page: Page, take: typeof shot): Promise<Sheet> {
  const views = [];
  for (const width of WIDTHS) {
    const height = await fitWindow(page, width);
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme });
      const view = sharp(await take(page)).resize(Math.round(width * SCALE), Math.round(height * SCALE), {
        fit: "fill",
      });
      views.push(await view.png().toBuffer({ resolveWithObject: true }));
    }
  }
  const width = views.reduce((sum, { info }) => sum + info.width + GAP, -GAP);
  const height = Math.max(...views.map(({ info }) => info.height));
  let left = 0;
  const placed = views.map(({ data, info }) => {
    const place = { input: data, left, top: 0 };
    left += info.width + GAP;
    return place;
  });
  const sheet = sharp({ create: { width, height, channels: 4, background: SURROUND } }).composite(placed);
  return { data: await sheet.png().toBuffer(), width, height };
}

/** Makes the window as high as the page, up to `MAX_HEIGHT`, after its images and fonts have loaded. */
async function fitWindow(page: Page, width: number): Promise<number> {
  await page.setViewportSize({ width, height: 900 });
  const whole = await page.evaluate(async () => {
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
    await document.fonts.ready;
    return document.documentElement.scrollHeight;
  });
  const height = Math.min(whole, MAX_HEIGHT);
  await page.setViewportSize({ width, height });
  return height;
}

/** Takes a screenshot of the window. */
function shot(page: Page): Promise<Buffer> {
  return page.screenshot({ scale: "css" });
}

/** Takes screenshots of the window until two in a row are equal. */
async function stableShot(page: Page): Promise<Buffer> {
  let last: Buffer = Buffer.alloc(0);
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    const next = await shot(page);
    if (last.equals(next)) return next;
    last = next;
  }
  throw new Error("The page keeps changing");
}

function encode({ data }: Sheet): Promise<Buffer> {
  return sharp(data).webp({ quality: 60, effort: 5 }).toBuffer();
}

/** Compares two encoded sheets; if they differ, writes a picture of the differences for review. */
async function compare(expected: Buffer, actual: Buffer, name: string): Promise<string[]> {
  const [was, is] = await Promise.all([decode(expected), decode(actual)]);
  const review = path.join(REVIEW, `${name}.png`);
  if (was.width !== is.width || was.height !== is.height) {
    mkdirSync(REVIEW, { recursive: true });
    await sharp(actual).png().toFile(review);
    return [
      `${name} is ${is.width} × ${is.height} pixels, accepted ${was.width} × ${was.height}: see ${path.relative(root, review)}`,
    ];
  }
  const marked = Buffer.alloc(was.data.length);
  const options = { threshold: THRESHOLD, windowSize: WINDOW_SIZE };
  const differing = pixelmatch(was.data, is.data, marked, was.width, was.height, options);
  if (differing <= MAX_DIFFERING) return [];
  mkdirSync(REVIEW, { recursive: true });
  await sharp(marked, { raw: { width: was.width, height: was.height, channels: 4 } }).toFile(review);
  return [`${name} differs in ${differing} pixels of one place: see ${path.relative(root, review)}`];
}

async function decode(picture: Buffer): Promise<Sheet> {
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
