import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Plugin } from "vite";
import { hashOf } from "../../lib/cache/file-cache.ts";

/** The bundle that renders pages, known once Vite has written it. */
export interface ServerBundle {
  /** The chunk of `render-entry.ts`, absolute. */
  readonly entry: string;
  /** Hash of all code and of the names of all client files: pages rendered by equal bundles from equal data are equal. */
  readonly hash: string;
}

/** File of the service worker's code in the output; the plan of the site is put in front of it. */
export const WORKER_CODE = "sw.js";

const extension = import.meta.filename.slice(-3);
const WORKER = fileURLToPath(new URL(`../../client/service-worker${extension}`, import.meta.url));
const ENTRY = fileURLToPath(new URL(`../render-entry${extension}`, import.meta.url));

/** Environments of `astro build` whose output decides how pages look. */
const ENVIRONMENTS = ["prerender", "client"];

/** Adds `render-entry.ts` to Astro's server bundle and reports where it is; adds the service worker to the client files. */
export function serverBundlePlugin(
  hasServiceWorker: boolean,
  onBundle: (bundle: ServerBundle) => void,
): Plugin {
  let reference: string | null = null;
  let entry = "";
  const hashes = new Map<string, string>();
  return {
    name: "backfence:server-bundle",
    apply: "build",
    applyToEnvironment: ({ name }) => ENVIRONMENTS.includes(name),
    buildStart() {
      if (this.environment.name === "prerender")
        reference = this.emitFile({ type: "chunk", id: ENTRY, name: "backfence-render" });
      else if (hasServiceWorker) this.emitFile({ type: "chunk", id: WORKER, fileName: WORKER_CODE });
    },
    writeBundle({ dir = "" }, bundle) {
      const { name } = this.environment;
      const place = pathToFileURL(dir).href;
      const parts = Object.values(bundle).flatMap((file) => [
        file.fileName,
        // The location of the bundle doesn't change what it renders.
        file.type === "chunk" && name === "prerender" ? file.code.replaceAll(place, "") : "",
      ]);
      hashes.set(name, hashOf(...parts));
      if (name === "prerender" && reference !== null) entry = path.join(dir, this.getFileName(reference));
      const [server, client] = ENVIRONMENTS.map((environment) => hashes.get(environment));
      if (server !== undefined && client !== undefined) onBundle({ entry, hash: hashOf(server, client) });
    },
  };
}
