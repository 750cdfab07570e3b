/** The thread that checks a large tree. */
import { parentPort, workerData } from "node:worker_threads";
import { checkTreeNow } from "./check-tree.ts";

parentPort?.postMessage(checkTreeNow(workerData.folder, workerData.manifestFile));
