import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";

/** What one run of a command cost. */
export interface Cost {
  readonly wallMs: number;
  /** User and system time of the command and all its children. */
  readonly cpuMs: number;
  /** Largest sum of the resident memory of the command's processes, looked at every 50 ms. */
  readonly peakMb: number;
  readonly output: string;
}

export interface Command {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a command to its end. Linux only: it reads /proc. @throws Error with the output when the command fails. */
export async function measure(run: Command): Promise<Cost> {
  const start = performance.now();
  const child = spawn("bash", ["-c", 'TIMEFORMAT="cpu %U %S"; time "$@"', "bash", run.command, ...run.args], {
    cwd: run.cwd,
    env: {
      ...process.env,
      // Commands that are scripts run on the same Node.
      PATH: [path.dirname(process.execPath), process.env["PATH"]].join(path.delimiter),
      ASTRO_TELEMETRY_DISABLED: "1",
      LC_ALL: "C.UTF-8",
      ...run.env,
    },
  });
  let output = "";
  const add = (chunk: Buffer) => void (output += chunk.toString("utf8"));
  child.stdout.on("data", add);
  child.stderr.on("data", add);
  let peakKb = 0;
  const watch = setInterval(() => {
    peakKb = Math.max(peakKb, treeMemoryKb(child.pid ?? 0));
  }, 50);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  clearInterval(watch);
  const wallMs = performance.now() - start;
  if (status !== 0) throw new Error(`${run.name} failed (${status}):\n${output.slice(-4000)}`);
  const [, user = "0", system = "0"] = /cpu ([\d.]+) ([\d.]+)\s*$/.exec(output) ?? [];
  return { wallMs, cpuMs: (Number(user) + Number(system)) * 1000, peakMb: peakKb / 1024, output };
}

/** Median of some figures; of an even number the upper one. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Resident memory of a process and all below it, in MB. Linux only. */
export function treeMemoryMb(root: number): number {
  return treeMemoryKb(root) / 1024;
}

/** Resident memory of a process and all below it, in KiB. */
function treeMemoryKb(root: number): number {
  const parents = new Map<number, number>();
  const memory = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const status = readProc(`/proc/${name}/status`);
    parents.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0));
    memory.set(Number(name), Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0));
  }
  let sum = 0;
  for (const [pid, kb] of memory) if (isBelow(pid, root, parents)) sum += kb;
  return sum;
}

function isBelow(pid: number, root: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at = pid; at > 1; at = parents.get(at) ?? 0) if (at === root) return true;
  return false;
}

/** A process may end while it's looked at. */
function readProc(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
