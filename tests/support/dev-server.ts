import { spawn } from "node:child_process";
import { ASTRO, commandEnv } from "./build.ts";

/** Running `astro dev` in a project. */
export interface DevServer {
  /** URL of the home page. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts `astro dev` on a free port and waits for its URL. */
export async function startDevServer(folder: string): Promise<DevServer> {
  const child = spawn(process.execPath, [ASTRO, "dev", "--port", "0"], {
    cwd: folder,
    env: commandEnv({ NO_COLOR: "1" }),
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString("utf8");
      const found = /Local\s+(http:\S+)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", () => reject(new Error(`astro dev ended:\n${output}`)));
  });
  return {
    url,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
