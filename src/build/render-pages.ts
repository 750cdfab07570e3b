import { writeFileSync } from "node:fs";
import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { FileCache, hashOf } from "../lib/cache/file-cache.ts";
import type { TreeEntry } from "./manifest.ts";
import type { PageJob } from "./page-jobs.ts";
import { clearPlace } from "./place-file.ts";
import { openRenderer, type RenderPages } from "./renderer.ts";
import { MissingBody, storedHtml } from "./stored-body.ts";

/** What renders pages and where they go; the same for all pages of a build. */
export interface RenderPlace {
  readonly engineDir: string;
  /** Address of the site with its base path. */
  readonly origin: string;
  readonly bodiesDir: string;
  readonly outDir: string;
}

/** A written page. */
export interface RenderedPage extends TreeEntry {
  /** Path below the output folder. */
  readonly file: string;
}

/** What a render thread answers to each portion of pages. */
export type ThreadAnswer =
  | { readonly rendered: readonly RenderedPage[] }
  | { readonly missingBody: string }
  | { readonly failure: string };

/** Fewer pages than this are rendered here: a thread costs about as much to start as they cost to render. */
const WORTH_A_THREAD = 150;

/** Pages that a thread is handed at a time. */
const PORTION = 40;

/**
 * Renders pages into the output folder, in threads when there are many; pages are asked for as they are needed.
 * @param done told of each written page.
 * @returns how many there were.
 * @throws MissingBody when the cache has lost one.
 */
export async function renderPages(
  place: RenderPlace,
  jobs: Iterator<PageJob>,
  done: (page: RenderedPage) => void,
): Promise<number> {
  const first = take(jobs, WORTH_A_THREAD);
  if (first.length < WORTH_A_THREAD) {
    if (first.length > 0) for (const page of await (await openPortionRenderer(place))(first)) done(page);
    return first.length;
  }
  let count = 0;
  const next = (): PageJob[] => {
    const portion = first.length > 0 ? first.splice(0, PORTION) : take(jobs, PORTION);
    count += portion.length;
    return portion;
  };
  await Promise.all(Array.from({ length: availableParallelism() }, () => runThread(place, next, done)));
  return count;
}

/** Renders portions of pages and writes them, in this thread. */
export async function openPortionRenderer(
  place: RenderPlace,
): Promise<(portion: readonly PageJob[]) => Promise<RenderedPage[]>> {
  const bodies = new FileCache(place.bodiesDir);
  const render: RenderPages = await openRenderer(place.engineDir, place.origin, (key) =>
    storedHtml(bodies, key),
  );
  return async (portion) => {
    const pages = portion.map(({ route, params, path, view }) => ({
      route,
      params,
      path,
      view: JSON.parse(view),
    }));
    const written: RenderedPage[] = [];
    for await (const [index, html] of render(pages)) {
      const job = portion[index];
      if (job === undefined) continue;
      const target = clearPlace(place.outDir, job.file);
      const bytes = Buffer.from(html);
      writeFileSync(target, bytes);
      const { mtimeMs } = statSync(target);
      written.push({ file: job.file, key: job.key, size: bytes.length, mtimeMs, hash: hashOf(bytes) });
    }
    return written;
  };
}

/** Keeps one thread busy until there are no more pages. */
function runThread(
  place: RenderPlace,
  next: () => readonly PageJob[],
  done: (page: RenderedPage) => void,
): Promise<void> {
  const worker = new Worker(new URL("./render-worker.ts", import.meta.url), { workerData: place });
  const hand = (): number => {
    const portion = next();
    if (portion.length > 0) worker.postMessage(portion);
    return portion.length > 0 ? 1 : 0;
  };
  return new Promise<void>((resolve, reject) => {
    let waiting = hand() + hand();
    if (waiting === 0) resolve();
    worker.on("message", (answer: ThreadAnswer) => {
      if ("missingBody" in answer) return reject(new MissingBody(answer.missingBody));
      if ("failure" in answer) return reject(new Error(answer.failure));
      for (const page of answer.rendered) done(page);
      waiting += hand() - 1;
      if (waiting === 0) resolve();
    });
    worker.once("error", reject);
    worker.once("exit", (status) => reject(new Error(`A render thread ended too early (${status})`)));
  }).finally(() => worker.terminate());
}

function take(jobs: Iterator<PageJob>, most: number): PageJob[] {
  const taken: PageJob[] = [];
  while (taken.length < most) {
    const { value, done } = jobs.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}
