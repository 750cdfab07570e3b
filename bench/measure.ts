import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";

/** What one run of a command cost. */
export interface Cost {
  readonly wallMs: number;
  /** User and system time of the command and all its children. */
  readonly cpuMs: number;
  /**
   * Most memory that the command's processes held together; what they share is counted once. Looked at every 50 ms,
   * and for new processes every half second: to look costs time that a command with work for all cores would miss.
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

/** Median of some figures; of an even number the upper one. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Memory of a process and all below it, in MB; what they share is counted once. Linux only. */
export function treeMemoryMb(root: number): number {
  return proportionalKb(processesBelow(root)) / 1024;
}

interface Peak {
  /** Sum of the resident memory, in which shared pages count several times. */
  residentKb: number;
  kb: number;
  /** The command's own and those that it started, as last looked for. */
  processes: readonly number[];
  looks: number;
}

const LOOK_EVERY_MS = 50;

/** Looks at memory for each look for new processes. */
const LOOKS_A_SEARCH = 10;

/** The kernel walks through all pages to tell shared ones apart, so that is asked only when there is much more. */
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

/** A process and all that it started, directly or not. */
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

/** A process may end while it's looked at. */
function readProc(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
