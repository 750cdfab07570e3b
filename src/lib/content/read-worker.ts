/** A thread that reads posts for `ReadingPool`. */
import { parentPort, workerData } from "node:worker_threads";
import { FileCache } from "../cache/file-cache.ts";
import { renderBody } from "../markdown/render-body.ts";
import { createPictures } from "../images/image-resolver.ts";
import type { ReadContext } from "./body-entry.ts";
import { readPost } from "./post-entry.ts";
import type { WorkerAnswer, WorkerData, WorkerTask } from "./reading-pool.ts";

const { root, settings, base, bodiesDir, picturesDir }: WorkerData = workerData;
const answer = (message: WorkerAnswer) => parentPort?.postMessage(message);
const onDamage = (file: string) => answer({ kind: "damage", file });
const context: ReadContext = {
  root,
  settings,
  base,
  render: renderBody,
  pictures: createPictures({ root, cache: new FileCache(picturesDir, onDamage) }),
  bodies: new FileCache(bodiesDir, onDamage),
};

parentPort?.on("message", ({ id, file, bytes }: WorkerTask) => {
  readPost(Buffer.from(bytes), file, context).then(
    (made) => answer({ kind: "made", id, made }),
    (error: unknown) => answer({ kind: "failed", id, error }),
  );
});
