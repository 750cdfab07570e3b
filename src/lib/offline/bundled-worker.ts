import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { hashOf } from "../cache/file-cache.ts";

/** `src/client/service-worker.ts` as one script without imports and exports. */
export interface WorkerScript {
  /** Another one when the code may have changed. */
  readonly key: string;
  code(): Promise<string>;
}

const ENTRY = new URL("../../client/service-worker.ts", import.meta.url);
const SOURCES = [ENTRY, new URL("worker.ts", import.meta.url)];

/** The worker as Vite bundles it on its own. A build that bundles it with other files passes that chunk instead. */
export function bundledWorker(): WorkerScript {
  return { key: hashOf(...SOURCES.map((url) => readFileSync(url, "utf8"))), code: bundle };
}

async function bundle(): Promise<string> {
  const { build } = await import("vite");
  const input = fileURLToPath(ENTRY);
  const built = await build({
    configFile: false,
    envFile: false,
    publicDir: false,
    logLevel: "error",
    build: { write: false, modulePreload: false, rolldownOptions: { input } },
  });
  const outputs = "output" in built ? built.output : [];
  const chunk = outputs.find((output) => output.type === "chunk");
  if (chunk?.type !== "chunk") throw new Error(`Vite made no chunk of ${input}`);
  return chunk.code;
}
