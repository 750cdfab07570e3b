import path from "node:path";
import { build } from "vite";
import { root } from "./build.ts";

/** Returns the service worker's code, bundled by Vite into one script. */
export async function serviceWorkerCode(): Promise<string> {
  const built = await build({
    configFile: false,
    envFile: false,
    publicDir: false,
    logLevel: "error",
    build: {
      write: false,
      modulePreload: false,
      rolldownOptions: { input: path.join(root, "src/client/service-worker.ts") },
    },
  });
  const chunk = "output" in built ? built.output.find(({ type }) => type === "chunk") : undefined;
  if (chunk?.type !== "chunk") throw new Error("Vite made no chunk of the service worker");
  return chunk.code;
}
