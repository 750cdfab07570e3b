import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Plugin, Rolldown } from "vite";
import { hashOf } from "../../lib/cache/file-cache.ts";
import { escapeRegExp } from "../../lib/escape.ts";

/** The bundle that renders pages, available once Vite has written it. */
export interface ServerBundle {
  /** The chunk of `render-entry.ts`, absolute. */
  readonly entry: string;
  /** Hash of all code and of all client file names: with equal hashes, equal data gives equal pages. */
  readonly hash: string;
  /** Chunks that contain the project's own code, absolute. */
  readonly own: readonly string[];
}

/** File of the service worker's code in the output; the site's data is prepended to it later. */
export const WORKER_CODE = "sw.js";

const extension = import.meta.filename.slice(-3);
const WORKER = fileURLToPath(new URL(`../../client/service-worker${extension}`, import.meta.url));
const ENTRY = fileURLToPath(new URL(`../render-entry${extension}`, import.meta.url));

/** Environments of `astro build` whose output determines the pages. */
const ENVIRONMENTS = ["prerender", "client"];

/**
 * The code of a bundle without the parts that don't affect its results: the folder it is in, and the path of the
 * program that started the build, which Astro copies from the shell's variable `_` into its own `import.meta.env`.
 * Chunk names are replaced as well, because they contain hashes of the code.
 */
function sameCode(chunks: readonly Rolldown.OutputChunk[], place: string): string[] {
  const launcher = process.env["_"];
  const names = new Map(chunks.map(({ fileName, name }) => [path.posix.basename(fileName), name]));
  const anyName = new RegExp([...names.keys()].map((name) => escapeRegExp(name)).join("|"), "g");
  return chunks
    .map(({ code }) => {
      const plain = code.replaceAll(place, "").replace(anyName, (name) => names.get(name) ?? name);
      return launcher === undefined ? plain : plain.replaceAll(`_: ${JSON.stringify(launcher)}`, "_: null");
    })
    .sort();
}

/**
 * Adds `render-entry.ts` to Astro's server bundle and reports its path; adds the service worker to the client files.
 * @param isOwn whether a module id is one of the project's own files.
 */
export function serverBundlePlugin(
  hasServiceWorker: boolean,
  isOwn: (file: string) => boolean,
  onBundle: (bundle: ServerBundle) => void,
): Plugin {
  let reference: string | null = null;
  let entry = "";
  let own: readonly string[] = [];
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
      const files = Object.values(bundle);
      // Style sheets are assets of the server bundle; their names in the pages' links contain hashes.
      const assets = files.filter((file) => file.type === "asset").map(({ fileName }) => fileName);
      const code = sameCode(
        files.filter((file) => file.type === "chunk"),
        place,
      );
      hashes.set(name, hashOf(...(name === "prerender" ? [...code, ...assets.sort()] : Object.keys(bundle))));
      if (name === "prerender" && reference !== null) {
        entry = path.join(dir, this.getFileName(reference));
        own = files
          .filter((file) => file.type === "chunk" && file.moduleIds.some(isOwn))
          .map(({ fileName }) => path.join(dir, fileName));
      }
      const [server, client] = ENVIRONMENTS.map((environment) => hashes.get(environment));
      if (server !== undefined && client !== undefined)
        onBundle({ entry, own, hash: hashOf(server, client) });
    },
  };
}
