import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ASTRO, commandEnv, writeProject } from "./build.ts";
import { tempSiteFolder } from "./temp-folder.ts";

/** `astro dev` on a small, separate blog. */
export interface DevCommand {
  /** Parent folder of `content/`. */
  readonly folder: string;
  /** Returns the URL of the home page that was last printed to the terminal. */
  url(): string;
  /** Returns all terminal output. */
  told(): string;
  /** Writes a file in `content/`, as an editor does. */
  write(file: string, text: string): void;
  /**
   * Sends a signal, unless the command has ended, and waits for its end.
   * @returns exit code and remaining processes.
   */
  stop(signal: "SIGINT" | "SIGTERM"): Promise<{ code: number | null; left: string[] }>;
}

/**
 * Writes the files into `content/` and starts the command; resolves when it has printed its URL.
 * @param config text of `astro.config.mjs`; the default has only Backfence.
 */
export async function startDevCommand(
  files: Readonly<Record<string, string>>,
  config?: string,
): Promise<DevCommand> {
  const folder = tempSiteFolder();
  if (config !== undefined) writeFileSync(path.join(folder, "astro.config.mjs"), config);
  const write = (file: string, text: string): void => {
    const target = path.join(folder, "content", file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  writeProject(folder);
  const child = spawn(process.execPath, [ASTRO, "dev", "--port", "0"], {
    cwd: folder,
    detached: true,
    env: commandEnv({ NO_COLOR: "1" }),
  });
  let output = "";
  const add = (chunk: Buffer) => void (output += chunk.toString("utf8"));
  child.stdout.on("data", add);
  child.stderr.on("data", add);
  const url = () => [...output.matchAll(/Local\s+(http:\S+)/g)].at(-1)?.[1] ?? "";
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", () => url() !== "" && resolve());
    child.once("exit", () => reject(new Error(`The command ended:\n${output}`)));
  });
  return { folder, url, told: () => output, write, stop: (signal) => stop(child, signal) };
}

async function stop(
  child: ChildProcess,
  signal: NodeJS.Signals,
): Promise<{ code: number | null; left: string[] }> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await ended;
  }
  return { code: child.exitCode, left: processesOf(child.pid ?? 0) };
}

/** Returns the processes of the command's process group, except zombies. */
function processesOf(group: number): string[] {
  const table = execFileSync("ps", ["-A", "-o", "pgid=,stat=,args="], { encoding: "utf8" });
  return table.split("\n").filter((line) => new RegExp(`^\\s*${group}\\s+[^Z]`).test(line));
}
