import { statSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { MessageChannel, Worker, type MessagePort } from "node:worker_threads";
import { FileCache, hashOf } from "../lib/cache/file-cache.ts";
import type { TreeEntry } from "./manifest.ts";
import type { PageJob } from "./page-jobs.ts";
import { eventLoopYielder } from "./yield-to-event-loop.ts";
import { prepareTarget } from "./prepare-target.ts";
import { openRenderer, type RenderPages } from "./renderer.ts";
import { MissingBody, storedBody } from "./stored-body.ts";

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

/** What a render thread is told, and where it answers. */
export interface PortionOrder {
  readonly portion: readonly PageJob[];
  readonly port: MessagePort;
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
  jobs: AsyncIterator<PageJob | null>,
  done: (page: RenderedPage) => void,
): Promise<number> {
  const first = await take(jobs, WORTH_A_THREAD);
  if (first.length < WORTH_A_THREAD) {
    if (first.length > 0) for (const page of await (await openPortionRenderer(place))(first)) done(page);
    return first.length;
  }
  let count = 0;
  const next = async (): Promise<PageJob[]> => {
    const portion = first.length > 0 ? first.splice(0, PORTION) : await take(jobs, PORTION);
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
  const bodyHtml = rememberingLast((key) => storedBody(bodies, key).html);
  const render: RenderPages = await openRenderer(place.engineDir, place.origin, bodyHtml);
  return async (portion) => {
    const pages = portion.map(({ route, params, path, view }) => ({
      route,
      params,
      path,
      view: JSON.parse(view),
    }));
    const written: RenderedPage[] = [];
    for await (const [index, bytes] of render(pages)) {
      const job = portion[index];
      if (job === undefined) continue;
      const target = prepareTarget(place.outDir, job.file);
      writeFileSync(target, bytes);
      const { mtimeMs } = statSync(target);
      written.push({ file: job.file, key: job.key, size: bytes.length, mtimeMs, hash: hashOf(bytes) });
    }
    return written;
  };
}

/** A page asks twice for its text: for the style sheets that it needs, and to show it. */
function rememberingLast(read: (key: string) => string): (key: string) => string {
  let last = { key: "", text: "" };
  return (key) => {
    if (last.key !== key) last = { key, text: read(key) };
    return last.text;
  };
}

/** Keeps one thread busy until there are no more pages. */
async function runThread(
  place: RenderPlace,
  next: () => Promise<readonly PageJob[]>,
  done: (page: RenderedPage) => void,
): Promise<void> {
  const worker = new Worker(new URL("./render-worker.ts", import.meta.url), { workerData: place });
  const failed = new Promise<never>((_resolve, reject) => {
    worker.once("error", reject);
    worker.once("exit", (status) => reject(new Error(`A render thread ended too early (${status})`)));
  });
  const work = async (): Promise<void> => {
    for (let portion = await next(); portion.length > 0; portion = await next())
      for (const page of await ask(worker, portion)) done(page);
  };
  try {
    // Two at a time, so that the next portion lies there when one is done.
    await Promise.race([failed, Promise.all([work(), work()])]);
  } finally {
    failed.catch(() => undefined);
    await worker.terminate();
  }
}

/** Has a thread render a portion. Answers come in the order of the questions. */
function ask(worker: Worker, portion: readonly PageJob[]): Promise<readonly RenderedPage[]> {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.once("message", (answer: ThreadAnswer) => {
      port1.close();
      if ("rendered" in answer) resolve(answer.rendered);
      else if ("missingBody" in answer) reject(new MissingBody(answer.missingBody));
      else reject(new Error(answer.failure));
    });
    worker.postMessage({ portion, port: port2 } satisfies PortionOrder, [port2]);
  });
}

/** The next pages, at most so many; others have their turn meanwhile. */
async function take(jobs: AsyncIterator<PageJob | null>, most: number): Promise<PageJob[]> {
  const taken: PageJob[] = [];
  const breathe = eventLoopYielder();
  while (taken.length < most) {
    const { value, done } = await jobs.next();
    if (done) break;
    if (value !== null) taken.push(value);
    await breathe();
  }
  return taken;
}
