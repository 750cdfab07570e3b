/**
 * Pictures of whole pages, an eighth as large, kept to compare with: a moved block, a missing piece or a wrong colour
 * shows, the edge of a letter doesn't. A page's pictures at all widths, by day and by night, lie side by side in one file.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import sharp from "sharp";
import { root } from "./build.ts";

export const WIDTHS = [360, 768, 1280, 1920] as const;
export const THEMES = ["light", "dark"] as const;

/** Where accepted pictures are kept, and where to look when one differs. */
const KEPT = path.join(root, "tests/pictures");
const REVIEW = path.join(root, ".cache/pictures");

/** A page's side in the kept picture, of what it has in the browser. */
const SCALE = 1 / 8;
/** A page goes on below this (CSS pixels), its picture doesn't; by night the colours matter more than the length. */
const DEEPEST = { light: 4_500, dark: 2_400 } as const;
const GAP = 4;
/** What lies around the views; no theme has it. */
const AROUND = { r: 110, g: 130, b: 150 };
const AROUND_RGB: Colour = [AROUND.r, AROUND.g, AROUND.b];

/** Makes the browser draw everything before it shows a frame. */
export const WHOLE_FRAMES = ["--run-all-compositor-stages-before-draw", "--disable-checker-imaging"];

/** Steps of one colour channel that drawing letters may differ by from one browser's build to another's. */
const STEPS = 12;
/** How far out of focus (points) pictures are compared. */
const FOCUS = 2;
/** Points of a view that may differ by more. */
const STRAYS = 20;

/** A view of a page: bytes of red, green and blue. */
interface View {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly pixels: Buffer;
}

/**
 * Letters that the blog's own font lacks come from the machine, so they would differ from one to the next: code and
 * italics are set in the font for once, Arabic in one that npm brought. Nothing moves or blinks.
 */
const SAME_EVERYWHERE = `
  @font-face { font-family: "Same Arabic"; src: url("/same-arabic.woff2"); font-weight: 400 700; }
  :root { --serif: Literata, "Same Arabic", serif; --mono: Literata, serif; }
  em, i, cite, dfn { font-family: var(--serif) }
  *, *::before, *::after { animation: none !important; transition: none !important; caret-color: transparent }
  .progress { display: none !important }
`;
const ARABIC_FONT = path.join(
  root,
  "node_modules/@fontsource-variable/noto-naskh-arabic/files/noto-naskh-arabic-arabic-wght-normal.woff2",
);

/** A browser window for pictures: no motion, the clock stands still, the site's policy lets the style above in. */
export async function pictureContext(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ bypassCSP: true, reducedMotion: "reduce", locale: "en-GB" });
  await context.clock.setFixedTime("2026-11-20T12:00:00Z");
  await context.route("**/same-arabic.woff2", (route) => route.fulfill({ path: ARABIC_FONT }));
  return context;
}

/** Takes all views of the page that is open. */
export async function viewsOf(page: Page): Promise<View[]> {
  await page.addStyleTag({ content: SAME_EVERYWHERE });
  const views: View[] = [];
  for (const width of WIDTHS) {
    const height = await fitWindow(page, width);
    for (const theme of THEMES) views.push(await viewOf(page, width, height, theme));
  }
  return views;
}

/** Makes the window as high as the page, within limits, once everything in it has come; returns its height. */
async function fitWindow(page: Page, width: number): Promise<number> {
  await page.setViewportSize({ width, height: 900 });
  const whole = await page.evaluate(async () => {
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
    await document.fonts.ready;
    return document.documentElement.scrollHeight;
  });
  const height = Math.min(whole, DEEPEST.light);
  await page.setViewportSize({ width, height });
  return height;
}

async function viewOf(
  page: Page,
  width: number,
  windowHeight: number,
  theme: (typeof THEMES)[number],
): Promise<View> {
  const height = Math.min(windowHeight, DEEPEST[theme]);
  await page.emulateMedia({ colorScheme: theme });
  const { data, info } = await sharp(await shotOf(page, { x: 0, y: 0, width, height }))
    .resize(Math.round(width * SCALE), Math.round(height * SCALE), { fit: "fill" })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { name: `${width} px, ${theme}`, width: info.width, height: info.height, pixels: data };
}

/**
 * A part of the window once all of it is drawn: a busy browser hands out frames of which parts are still blank, or that
 * are of the theme before, so two must be the same, on the paper of the theme.
 */
async function shotOf(
  page: Page,
  clip: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): Promise<Buffer> {
  const paper = await page.evaluate(() =>
    (getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g) ?? []).map(Number),
  );
  let last = Buffer.alloc(0);
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    const shot = await page.screenshot({ clip, type: "jpeg", quality: 85, scale: "css" });
    if (last.equals(shot) && (await isOn(shot, paper))) return shot;
    last = Buffer.from(shot);
  }
  throw new Error(`The page doesn't come to rest on rgb(${paper.join(" ")})`);
}

/** Whether the corner of a shot has a colour. */
async function isOn(shot: Buffer, paper: readonly number[]): Promise<boolean> {
  const corner = sharp(shot).extract({ left: 0, top: 0, width: 8, height: 8 }).resize(1, 1);
  const colour = await corner.raw().toBuffer();
  return paper.every((channel, at) => Math.abs(channel - (colour[at] ?? 0)) < 6);
}

/**
 * Compares a page with its kept pictures and says what differs, nothing when nothing does. With `UPDATE_SCREENSHOTS`
 * set, what differs is kept instead. Either way, pictures to look at lie in `.cache/pictures`.
 */
export async function differences(kind: string, views: readonly View[]): Promise<string[]> {
  const name = `${kind.replaceAll(/\W+/g, "-")}.webp`;
  const kept = path.join(KEPT, name);
  const actual = await sheetOf(views);
  const isUpdate = process.env["UPDATE_SCREENSHOTS"] !== undefined;
  const expected = existsSync(kept) ? readFileSync(kept) : null;
  const found = expected === null ? [`${kind} has no kept picture`] : await compare(expected, actual, views);
  if (found.length === 0) return [];
  await writeReview(path.join(REVIEW, name), expected ?? actual, actual);
  if (!isUpdate) return found.map((text) => `${kind} ${text}: look at .cache/pictures/${name}`);
  mkdirSync(KEPT, { recursive: true });
  writeFileSync(kept, actual);
  return [];
}

/** Where each view stands on the sheet: narrow before wide, day before night. */
function leftOf(views: readonly View[], index: number): number {
  return views.slice(0, index).reduce((left, { width }) => left + width + GAP, 0);
}

/** All views in one file. It is compared as it was kept, a little out of focus, so what the format loses is no difference. */
async function sheetOf(views: readonly View[]): Promise<Buffer> {
  const width = leftOf(views, views.length) - GAP;
  const height = Math.max(...views.map((view) => view.height));
  const parts = views.map((view, index) => ({
    input: view.pixels,
    raw: { width: view.width, height: view.height, channels: 3 as const },
    left: leftOf(views, index),
    top: 0,
  }));
  return sharp({ create: { width, height, channels: 3, background: AROUND } })
    .composite(parts)
    .webp({ quality: 60, effort: 4 })
    .toBuffer();
}

async function compare(expected: Buffer, actual: Buffer, views: readonly View[]): Promise<string[]> {
  const [was, is] = await Promise.all([pixelsOf(expected), pixelsOf(actual)]);
  if (was.info.width !== is.info.width) return ["has other widths than the kept picture"];
  const rows = Math.max(was.info.height, is.info.height);
  return views.flatMap((view, index) => {
    const left = leftOf(views, index);
    let strays = 0;
    for (let y = 0; y < rows; y += 1) {
      for (let x = left; x < left + view.width; x += 1) {
        if (stepsBetween(colourAt(was, x, y), colourAt(is, x, y)) > STEPS) strays += 1;
      }
    }
    return strays > STRAYS ? [`at ${view.name} differs in ${strays} points`] : [];
  });
}

interface Pixels {
  readonly data: Buffer;
  readonly info: { readonly width: number; readonly height: number };
}

function pixelsOf(picture: Buffer): Promise<Pixels> {
  return sharp(picture).removeAlpha().blur(FOCUS).raw().toBuffer({ resolveWithObject: true });
}

type Colour = readonly [number, number, number];

function colourAt({ data, info }: Pixels, x: number, y: number): Colour {
  const at = (y * info.width + x) * 3;
  return y < info.height ? [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0] : AROUND_RGB;
}

function stepsBetween(a: Colour, b: Colour): number {
  return Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2]));
}

/** Three sheets one below the other: what was kept, what is, and where they differ (the lighter, the more). */
async function writeReview(file: string, expected: Buffer, actual: Buffer): Promise<void> {
  mkdirSync(path.dirname(file), { recursive: true });
  const [was, is] = await Promise.all([sharp(expected).metadata(), sharp(actual).metadata()]);
  const width = Math.max(was.width, is.width);
  const height = Math.max(was.height, is.height);
  const even = (picture: Buffer): Promise<Buffer> =>
    sharp({ create: { width, height, channels: 3, background: AROUND } })
      .composite([{ input: picture, left: 0, top: 0 }])
      .png()
      .toBuffer();
  const [before, after] = await Promise.all([even(expected), even(actual)]);
  const difference = await sharp(before)
    .composite([{ input: after, blend: "difference" }])
    .png()
    .toBuffer();
  await sharp({ create: { width, height: height * 3 + GAP * 2, channels: 3, background: AROUND } })
    .composite([before, after, difference].map((input, at) => ({ input, left: 0, top: at * (height + GAP) })))
    .webp({ quality: 90 })
    .toFile(file);
}
