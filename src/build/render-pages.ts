import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { writeFileSync } from "node:fs";
import { FileCache, hashOf } from "../lib/cache/file-cache.ts";
import { readBody } from "../lib/markup/render-body.ts";
import type { PageSpec } from "../lib/site/outputs.ts";
import { clearPlace } from "./output-tree.ts";
import { openRenderer } from "./renderer.ts";

/** One page to render and where its HTML goes. */
export interface RenderJob {
  readonly page: PageSpec;
  /** Path below the output folder: `posts/hello/index.html`. */
  readonly file: string;
}

export interface RenderBatch {
  readonly engineDir: string;
  /** Address of the site with its base path. */
  readonly origin: string;
  readonly bodiesDir: string;
  readonly outDir: string;
  readonly jobs: readonly RenderJob[];
}

/** A written page: its path below the output folder and the hash of its bytes. */
export interface RenderedFile {
  readonly file: string;
  readonly hash: string;
}

/** Fewer pages than this are rendered here: a thread costs about as much to start as they cost to render. */
const WORTH_A_THREAD = 150;

/** Renders pages into the output folder, on all cores when there are many. */
export async function renderPages(batch: RenderBatch): Promise<RenderedFile[]> {
  const threads = Math.min(availableParallelism(), Math.ceil(batch.jobs.length / WORTH_A_THREAD));
  if (threads <= 1) return renderBatch(batch);
  const shares = Array.from({ length: threads }, (_, share) => ({
    ...batch,
    jobs: batch.jobs.filter((_job, index) => index % threads === share),
  }));
  const [own, ...others] = shares;
  const results = [...others.map(renderInThread), ...(own === undefined ? [] : [renderBatch(own)])];
  return (await Promise.all(results)).flat();
}

/** Renders a batch in this thread. */
export async function renderBatch(batch: RenderBatch): Promise<RenderedFile[]> {
  const bodies = new FileCache(batch.bodiesDir);
  const pages = batch.jobs.map((job) => job.page);
  const render = await openRenderer(batch.engineDir, batch.origin, pages, (key) => storedHtml(bodies, key));
  const rendered: RenderedFile[] = [];
  for (const { page, file } of batch.jobs) {
    const html = await render(page);
    writeFileSync(clearPlace(batch.outDir, file), html);
    rendered.push({ file, hash: hashOf(html) });
  }
  return rendered;
}

function renderInThread(batch: RenderBatch): Promise<RenderedFile[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./render-worker.ts", import.meta.url), { workerData: batch });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

function storedHtml(bodies: FileCache, key: string): string {
  const stored = readBody(bodies, key);
  if (stored === null) throw new Error(`The body ${key} is missing from the cache: build again with --clean`);
  return stored.html;
}
