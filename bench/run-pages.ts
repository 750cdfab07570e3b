import { brotliCompressSync } from "node:zlib";
import { chromium } from "playwright-core";
import { BROWSER_FLAGS, resolveBrowser } from "../tests/support/browser.ts";
import { build, demoSite } from "../tests/support/build.ts";
import { serveStatic } from "../tests/support/static-server.ts";
import { median } from "./measure.ts";

const PAGES = {
  home: "",
  "a long post": "posts/one-more-story/",
  "a tag": "tags/conversation/",
  search: "search/",
};
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"] as const;

/** `-- pages [runs]`: bytes by kind, requests and Lighthouse (mobile) of the demo's pages; medians. */
export async function run([runs = "3"]: readonly string[]): Promise<void> {
  const site = demoSite();
  await build(site);
  const server = await serveStatic(site.outDir, site.base);
  try {
    console.log(
      `| page | requests | HTML | CSS | JS | ${CATEGORIES.join(" | ")} |\n|---|---|---|---|---|---|---|---|---|`,
    );
    for (const [name, address] of Object.entries(PAGES)) {
      const weight = await weigh(server.url + address);
      const scores = await lighthouseScores(server.url + address, Number(runs));
      const bytes = (["html", "css", "js"] as const).map(
        (kind) => `${(weight.bytes[kind] / 1000).toFixed(1)} KB`,
      );
      console.log(`| ${[name, weight.requests, ...bytes, ...scores].join(" | ")} |`);
    }
  } finally {
    await server.close();
  }
}

interface Weight {
  readonly requests: number;
  readonly bytes: Record<"html" | "css" | "js", number>;
}

/** What a first visit asks for before any click, compressed with Brotli. */
async function weigh(address: string): Promise<Weight> {
  const browser = await chromium.launch({ executablePath: await resolveBrowser(), args: BROWSER_FLAGS });
  const page = await browser.newPage();
  const bytes = { html: 0, css: 0, js: 0 };
  let requests = 0;
  page.on("response", async (response) => {
    requests += 1;
    const type = response.headers()["content-type"] ?? "";
    const kind = type.includes("html")
      ? "html"
      : type.includes("css")
        ? "css"
        : type.includes("javascript")
          ? "js"
          : null;
    if (kind !== null) bytes[kind] += brotliCompressSync(await response.body()).byteLength;
  });
  await page.goto(address, { waitUntil: "networkidle" });
  await browser.close();
  return { requests, bytes };
}

/** Median scores of Lighthouse's categories, 0 to 100. */
async function lighthouseScores(address: string, runs: number): Promise<number[]> {
  const { default: lighthouse } = await import("lighthouse");
  const { launch } = await import("chrome-launcher");
  const scores: Record<string, number[]> = {};
  for (let turn = 0; turn < runs; turn += 1) {
    const chrome = await launch({
      chromePath: await resolveBrowser(),
      chromeFlags: ["--headless=new", ...BROWSER_FLAGS],
    });
    const result = await lighthouse(address, {
      port: chrome.port,
      onlyCategories: [...CATEGORIES],
      logLevel: "error",
    });
    chrome.kill();
    for (const name of CATEGORIES)
      (scores[name] ??= []).push((result?.lhr.categories[name]?.score ?? 0) * 100);
  }
  return CATEGORIES.map((name) => Math.round(median(scores[name] ?? [])));
}
