/** Thread that renders batches of pages for the prerenderer. */
import { workerPoolData } from "../lib/worker-pool.ts";
import { openPageRenderer, type PageJob, rendererOptionsSchema, type RenderPage } from "./page-renderer.ts";

let renderer: Promise<RenderPage> | null = null;

/** Renders pages in order; the HTML of each as UTF-8. */
export default async function renderBatch(jobs: readonly PageJob[]): Promise<Uint8Array<ArrayBuffer>[]> {
  renderer ??= openPageRenderer(rendererOptionsSchema.parse(workerPoolData()));
  const render = await renderer;
  const pages: Uint8Array<ArrayBuffer>[] = [];
  for (const job of jobs) pages.push(await render(job));
  return pages;
}
