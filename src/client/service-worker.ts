/** The entry of `/sw.js`, which a build bundles into one script without imports. */
import { startWorker, type WorkerPlan, type WorkerScope } from "../lib/offline/worker.ts";

declare const self: WorkerScope;

/** A build defines it in front of the bundled code: its values are known only when the pages are rendered. */
declare const BACKFENCE_WORKER_PLAN: WorkerPlan;

startWorker(self, BACKFENCE_WORKER_PLAN);
