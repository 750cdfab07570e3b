import { loadLighthouse } from "./lighthouse.ts";
import { brotliCompressSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { BROWSER_FLAGS, launchBrowser, resolveBrowser } from "../tests/support/browser.ts";
import { build, demoSite } from "../tests/support/build.ts";
import { PAGE_KINDS } from "../tests/support/pages.ts";
import { serveStatic } from "../tests/support/static-server.ts";
import { median } from "./measure.ts";
import { saveResults } from "./results.ts";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"] as const;
const WEIGHTS = ["html", "css", "js", "font", "picture"] as const;

/** Measurements of one kind of page. */
export interface PageResult {
  readonly requests: number;
  /** Bytes loaded before any click; HTML, CSS and JavaScript compressed with Brotli. */
  readonly bytes: Readonly<Record<(typeof WEIGHTS)[number], number>>;
  /** Median Lighthouse scores, 0 to 100. */
  readonly scores: readonly number[];
  readonly largestPaintMs: number;
  readonly layoutShift: number;
  /** Whether the page has `noindex`; Lighthouse's check that it's indexable is then left out. */
  readonly isUnlisted: boolean;
}

/**
 * `-- pages [runs] [part of a name]`: bytes by type, requests and median Lighthouse scores (mobile) of every kind of
 * page of the demo.
 */
export async function run([runs = "3", part = ""]: readonly string[]): Promise<void> {
  const site = demoSite();
  await build(site);
  const server = await serveStatic(site.outDir, site.base);
  const browser = await launchBrowser();
  const heads = ["page", "requests", ...WEIGHTS.map((kind) => `${kind} KB`), ...CATEGORIES, "LCP s", "CLS"];
  console.log(`| ${heads.join(" | ")} |\n|${heads.map(() => "---").join("|")}|`);
  try {
    for (const [name, address] of Object.entries(PAGE_KINDS).filter(([name]) => name.includes(part))) {
      const weight = await weigh(browser, server.url + address);
      const result: PageResult = {
        ...weight,
        ...(await lighthouse(server.url + address, Number(runs), weight.isUnlisted)),
      };
      saveResults("pages", name, result);
      console.log(row(name, result));
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

function row(name: string, { requests, bytes, scores, largestPaintMs, layoutShift, isUnlisted }: PageResult) {
  const kilobytes = WEIGHTS.map((kind) => (bytes[kind] / 1000).toFixed(1));
  const marked = scores.map((score, at) => `${score}${isUnlisted && CATEGORIES[at] === "seo" ? "*" : ""}`);
  const figures = [(largestPaintMs / 1000).toFixed(2), layoutShift.toFixed(3)];
  return `| ${[name, requests, ...kilobytes, ...marked, ...figures].join(" | ")} |`;
}

/** Measures the requests of a first visit before any click, without those of the service worker. */
async function weigh(
  browser: Browser,
  address: string,
): Promise<Pick<PageResult, "requests" | "bytes" | "isUnlisted">> {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  const bytes = { html: 0, css: 0, js: 0, font: 0, picture: 0 };
  let requests = 0;
  page.on("response", async (response) => {
    requests += 1;
    const kind = kindOf(response.headers()["content-type"] ?? "");
    if (kind === null) return;
    const body = await response.body();
    bytes[kind] += ["font", "picture"].includes(kind) ? body.byteLength : brotliCompressSync(body).byteLength;
  });
  await page.goto(address, { waitUntil: "networkidle" });
  const isUnlisted = (await page.locator('meta[name="robots"][content*="noindex"]').count()) > 0;
  await context.close();
  return { requests, bytes, isUnlisted };
}

function kindOf(type: string): (typeof WEIGHTS)[number] | null {
  const kinds = { html: "html", css: "css", javascript: "js", "font/": "font", "image/": "picture" } as const;
  for (const [part, kind] of Object.entries(kinds)) if (type.includes(part)) return kind;
  return null;
}

/** Returns median Lighthouse category scores and metrics of loading. */
async function lighthouse(
  address: string,
  runs: number,
  isUnlisted: boolean,
): Promise<Pick<PageResult, "scores" | "largestPaintMs" | "layoutShift">> {
  const { audit, launch } = await loadLighthouse();
  const figures: number[][] = [];
  for (let turn = 0; turn < runs; turn += 1) {
    const chrome = await launch({
      chromePath: resolveBrowser(),
      chromeFlags: ["--headless=new", ...BROWSER_FLAGS],
    });
    const result = await audit(address, {
      port: chrome.port,
      onlyCategories: [...CATEGORIES],
      ...(isUnlisted ? { skipAudits: ["is-crawlable"] } : {}),
      logLevel: "error",
    });
    chrome.kill();
    if (result === undefined) throw new Error(`Lighthouse can't look at ${address}`);
    const { categories, audits } = result.lhr;
    figures.push([
      ...CATEGORIES.map((name) => Math.round((categories[name]?.score ?? 0) * 100)),
      audits["largest-contentful-paint"]?.numericValue ?? Number.NaN,
      audits["cumulative-layout-shift"]?.numericValue ?? Number.NaN,
    ]);
    const short = CATEGORIES.filter((name) => name !== "performance" && (categories[name]?.score ?? 0) < 1);
    for (const name of short)
      for (const { id, weight } of categories[name]?.auditRefs ?? [])
        if (weight > 0 && audits[id]?.score === 0) console.log(`  falls short in ${name}: ${id}`);
  }
  const medianOf = (at: number): number => median(figures.map((one) => one[at] ?? Number.NaN));
  const scores = CATEGORIES.map((_, at) => medianOf(at));
  return { scores, largestPaintMs: medianOf(scores.length), layoutShift: medianOf(scores.length + 1) };
}
