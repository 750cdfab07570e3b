/** Runs `astro build` for many sites in one process, which loads Astro and Vite only once. */
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { commandEnv, writeProject, type BuiltSite } from "./build.ts";

export interface BuildRequest {
  /** The project's folder, absolute. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

const SCRIPT = fileURLToPath(new URL("./build-process.ts", import.meta.url));

/** Marker in the last line of a build's output. */
export const END = "END OF THE BUILD";

/** Maximum number of builds in one process, which keeps the modules of each in memory. */
const MOST_BUILDS = 20;

/** One process for all test files of a worker; it ends with the worker, which closes its input. */
let builder: ChildProcessWithoutNullStreams | null = null;
let builds = 0;
let last: Promise<unknown> = Promise.resolve();

/**
 * Builds a site for the first time, for tests of its pages. Use `build` for further builds of the same folder, because
 * the shared process keeps modules of a bundle that it has loaded.
 *
 * @returns the output.
 * @throws Error with the build's output when it fails.
 */
export function buildNew(
  { folder }: Pick<BuiltSite, "folder">,
  env: BuildRequest["env"] = {},
): Promise<string> {
  const built = last.then(() => request({ folder, env }));
  last = built.catch(() => undefined);
  return built;
}

async function request({ folder, env }: BuildRequest): Promise<string> {
  writeProject(folder);
  const { stdin, stdout, stderr } = (builder ??= start());
  const outputs = Promise.all([untilEnd(stdout), untilEnd(stderr)]);
  stdin.write(`${JSON.stringify({ folder, env })}\n`);
  const output = (await outputs).join("");
  builds += 1;
  if (builds === MOST_BUILDS) {
    stdin.end();
    builder = null;
  }
  if (!output.includes(`${END} 0`)) throw new Error(`The build failed:\n${output}`);
  return output;
}

function start(): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [SCRIPT], { env: commandEnv() });
  builds = 0;
  child.stdin.on("error", () => undefined);
  child.once("exit", () => {
    if (builder === child) builder = null;
  });
  return child;
}

/** Returns a stream's output up to the end of the current build or of the process. */
function untilEnd(stream: Readable): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const read = (chunk: Buffer): void => {
      text += chunk.toString("utf8");
      if (new RegExp(`${END}.*\n`).test(text)) finish();
    };
    const finish = (): void => {
      stream.off("data", read).off("close", finish);
      resolve(text);
    };
    stream.on("data", read).once("close", finish);
  });
}
