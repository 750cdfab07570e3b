/** A thread that renders portions of pages until it is ended. */
import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { usePageHttp } from "./page-http.ts";
import type { PageJob } from "./page-jobs.ts";
import {
  openPortionRenderer,
  type PortionOrder,
  type RenderedPage,
  type ThreadAnswer,
} from "./render-pages.ts";
import { MissingBody } from "./stored-body.ts";

// Pages are what most threads can work at; where cores are few, the main thread and the search index go first, since
// nobody can help them. Only Linux knows a priority of a single thread.
if (process.platform === "linux") setPriority(0, 10);

usePageHttp();
const renderer = openPortionRenderer(workerData);
let before: Promise<unknown> = Promise.resolve();

parentPort?.on("message", ({ portion, port }: PortionOrder) => {
  before = before.then(() => answerTo(portion)).then((answer) => port.postMessage(answer));
});

async function answerTo(portion: readonly PageJob[]): Promise<ThreadAnswer> {
  try {
    const rendered: RenderedPage[] = await (await renderer)(portion);
    return { rendered };
  } catch (error) {
    if (error instanceof MissingBody) return { missingBody: error.key };
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
