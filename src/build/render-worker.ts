import { parentPort, workerData } from "node:worker_threads";
import { renderBatch } from "./render-pages.ts";

parentPort?.postMessage(await renderBatch(workerData));
