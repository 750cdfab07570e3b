import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";

/** Time and memory of one run of a command. */
export interface Cost {
  readonly wallMs: number;
  /** User and system time of the command and all its child processes. */
  readonly cpuMs: number;
  /**
   * Peak memory of all the command's processes together, with shared pages counted once. Sampled every 50 ms; the list
   * of processes is refreshed every 500 ms, because sampling takes CPU time from a command that uses all cores.
   */
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

/** Runs a command to completion. Linux only: it reads /proc. @throws Error with the output when the command fails. */
export async function measure(run: Command): Promise<Cost> {
  const start = performance.now();
  const child = spawn("bash", ["-c", 'TIMEFORMAT="cpu %U %S"; time "$@"', "bash", run.command, ...run.args], {
    cwd: run.cwd,
    env: {
      ...process.env,
      // Commands that are Node scripts run on the same version of Node.
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
  const peak: Peak = { residentKb: 0, kb: 0, processes: [], looks: 0 };
  const watch = setInterval(() => lookAgain(peak, child.pid ?? 0), LOOK_EVERY_MS);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  clearInterval(watch);
  const wallMs = performance.now() - start;
  if (status !== 0) throw new Error(`${run.name} failed (${status}):\n${output.slice(-4000)}`);
  const [, user = "0", system = "0"] = /cpu ([\d.]+) ([\d.]+)\s*$/.exec(output) ?? [];
  return { wallMs, cpuMs: (Number(user) + Number(system)) * 1000, peakMb: peak.kb / 1024, output };
}

/** Returns the median; of an even number of figures, the upper one. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Returns the memory of a process and its descendants in MB, with shared pages counted once. Linux only. */
export function treeMemoryMb(root: number): number {
  return proportionalKb(processesBelow(root)) / 1024;
}

interface Peak {
  /** Sum of the resident memory; shared pages are counted once for each process. */
  residentKb: number;
  kb: number;
  /** IDs of the command's process and its descendants, as of the last search. */
  processes: readonly number[];
  looks: number;
}

const LOOK_EVERY_MS = 50;

/** Number of memory samples for each search for new processes. */
const LOOKS_A_SEARCH = 10;

/**
 * Growth of the resident memory above which the proportional memory is read: the kernel walks through all pages to
 * find shared ones, which is slow.
 */
const WORTH_A_WALK = 1.02;

function lookAgain(peak: Peak, root: number): void {
  if (peak.looks++ % LOOKS_A_SEARCH === 0) peak.processes = processesBelow(root);
  const residentKb = sumOf(peak.processes, (pid) => figureIn(`/proc/${pid}/status`, /^VmRSS:\s+(\d+)/m));
  if (residentKb < peak.residentKb * WORTH_A_WALK) return;
  peak.residentKb = residentKb;
  peak.kb = Math.max(peak.kb, proportionalKb(peak.processes));
}

function proportionalKb(processes: readonly number[]): number {
  return sumOf(processes, (pid) => figureIn(`/proc/${pid}/smaps_rollup`, /^Pss:\s+(\d+)/m));
}

function sumOf(processes: readonly number[], kbOf: (pid: number) => number): number {
  return processes.reduce((sum, pid) => sum + kbOf(pid), 0);
}

function figureIn(file: string, line: RegExp): number {
  return Number(line.exec(readProc(file))?.[1] ?? 0);
}

/** Returns the IDs of a process and its descendants. */
function processesBelow(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc"))
    if (/^\d+$/.test(name)) parents.set(Number(name), figureIn(`/proc/${name}/status`, /^PPid:\s+(\d+)/m));
  return [...parents.keys()].filter((pid) => isBelow(pid, root, parents));
}

function isBelow(pid: number, root: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at = pid; at > 1; at = parents.get(at) ?? 0) if (at === root) return true;
  return false;
}

/** Reads a file in /proc; empty when the process has ended. */
function readProc(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
