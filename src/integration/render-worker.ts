/** Worker thread that renders batches of pages for the prerenderer. */
import { AuthorError, type AuthorIssue } from "../lib/author-error.ts";
import { workerPoolData } from "../lib/worker-pool.ts";
import { openPageRenderer, type PageJob, rendererOptionsSchema, type RenderPage } from "./page-renderer.ts";

export interface RenderedBatch {
  /** The HTML of each page as UTF-8, in the order of the jobs. */
  readonly pages: Uint8Array<ArrayBuffer>[];
  /** Errors in the author's code. These aren't thrown, because errors thrown by a worker lose their class. */
  readonly issues: readonly AuthorIssue[];
}

let renderer: Promise<RenderPage> | null = null;

/** Renders pages in order, up to the first with an error. */
export default async function renderBatch(jobs: readonly PageJob[]): Promise<RenderedBatch> {
  renderer ??= openPageRenderer(rendererOptionsSchema.parse(workerPoolData()));
  const pages: Uint8Array<ArrayBuffer>[] = [];
  try {
    const render = await renderer;
    for (const job of jobs) pages.push(await render(job));
    return { pages, issues: [] };
  } catch (error) {
    if (!(error instanceof AuthorError)) throw error;
    return { pages: [], issues: error.issues };
  }
}
