/** The entry of `/sw.js`, which a build bundles into one script without imports. */
import { startWorker, type WorkerPlan, type WorkerScope } from "../lib/offline/worker.ts";

declare const self: WorkerScope;

/** Defined in front of the bundled code by the build, because its values depend on the rendered pages. */
declare const BACKFENCE_WORKER_PLAN: WorkerPlan;

startWorker(self, BACKFENCE_WORKER_PLAN);
