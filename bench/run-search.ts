import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import type { Page } from "playwright-core";
import { launchBrowser } from "../tests/support/browser.ts";
import { serveStatic } from "../tests/support/static-server.ts";
import { benchSite } from "./bench-site.ts";
import { median } from "./measure.ts";
import { saveResults } from "./results.ts";

/** Size of the search index and cost of two queries on a site with a given number of posts. */
export interface SearchResult {
  readonly posts: number;
  readonly indexMb: number;
  readonly indexFiles: number;
  readonly first: QueryCost;
  readonly second: QueryCost;
}

interface QueryCost {
  /** Bytes on the wire, compressed and with headers, counted by the server. */
  readonly kilobytes: number;
  readonly requests: number;
  /** From the last keystroke to the first result on the page. */
  readonly ms: number;
}

const SIZES = "1000,5000,10000";

/** Words that occur in many posts of the corpus. */
const QUERIES = ["bran", "flest"] as const;

/** `-- search [N,N,…] [runs]`: size of the index, and bytes, requests and time of a first and a second query. */
export async function run([sizes = SIZES, runs = "3"]: readonly string[]): Promise<void> {
  console.log(
    "| posts | index MB | files | first query KB | requests | ms | second query KB | requests | ms |\n|---|---|---|---|---|---|---|---|---|",
  );
  for (const size of sizes.split(",").map(Number)) {
    const result = await measureSearch(size, Number(runs));
    saveResults("search", String(size), result);
    console.log(row(result));
  }
}

async function measureSearch(posts: number, runs: number): Promise<SearchResult> {
  const site = await benchSite(`search-${posts}`, posts);
  await site.build();
  const index = filesBelow(path.join(site.outDir, "pagefind"));
  const visits: (readonly [QueryCost, QueryCost])[] = [];
  for (let turn = 0; turn < runs; turn += 1) visits.push(await visit(site.outDir));
  return {
    posts,
    indexMb: index.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6,
    indexFiles: index.length,
    first: middle(visits.map(([first]) => first)),
    second: middle(visits.map(([, second]) => second)),
  };
}

/** Opens the search page with an empty cache and searches for two words, one after the other. */
async function visit(folder: string): Promise<[QueryCost, QueryCost]> {
  const wire: Wire = { bytes: 0, requests: 0 };
  const onSent = (bytes: number): void => {
    wire.bytes += bytes;
    wire.requests += 1;
  };
  const server = await serveStatic(folder, "/", { onSent });
  const browser = await launchBrowser();
  try {
    // The service worker for offline reading would fetch files that a search doesn't need.
    const page = await browser.newPage({ serviceWorkers: "block" });
    await page.goto(`${server.url}search/`, { waitUntil: "networkidle" });
    const [first, second] = QUERIES;
    return [await ask(page, wire, first), await ask(page, wire, second)];
  } finally {
    await browser.close();
    await server.close();
  }
}

interface Wire {
  bytes: number;
  requests: number;
}

async function ask(page: Page, wire: Wire, word: string): Promise<QueryCost> {
  const before = { ...wire };
  const field = page.locator("input[type=search]").first();
  await field.fill("");
  await page.locator(".hits a").first().waitFor({ state: "detached" });
  const start = performance.now();
  await field.fill(word);
  await page.locator(".hits a").first().waitFor();
  const ms = performance.now() - start;
  await page.waitForLoadState("networkidle");
  return {
    kilobytes: (wire.bytes - before.bytes) / 1000,
    requests: wire.requests - before.requests,
    ms,
  };
}

function middle(costs: readonly QueryCost[]): QueryCost {
  return {
    kilobytes: median(costs.map(({ kilobytes }) => kilobytes)),
    requests: median(costs.map(({ requests }) => requests)),
    ms: median(costs.map(({ ms }) => ms)),
  };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function row({ posts, indexMb, indexFiles, first, second }: SearchResult): string {
  const query = ({ kilobytes, requests, ms }: QueryCost) => [kilobytes.toFixed(0), requests, ms.toFixed(0)];
  const index = [posts, indexMb.toFixed(1), indexFiles];
  return `| ${[...index, ...query(first), ...query(second)].join(" | ")} |`;
}
