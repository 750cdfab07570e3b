/** Results of earlier runs on this machine, so that the table and the chart can combine several runs. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { arch, cpus, totalmem } from "node:os";
import path from "node:path";

const FILE = path.resolve(".cache/bench/results.json");

type Results = Record<string, Record<string, unknown>>;

/** Saves a result, replacing an earlier one of the same benchmark and name. */
export function saveResults(bench: string, name: string, result: unknown): void {
  const all = readResults();
  all[bench] = { ...all[bench], [name]: result };
  mkdirSync(path.dirname(FILE), { recursive: true });
  writeFileSync(FILE, `${JSON.stringify(all, null, 2)}\n`);
}

/** Returns all saved results. */
export function readResults(): Results {
  if (!existsSync(FILE)) return {};
  const all: Results = JSON.parse(readFileSync(FILE, "utf8"));
  return all;
}

/** Returns a short description of the machine. */
export function machine(): string {
  const [cpu] = cpus();
  const gib = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${cpu?.model.trim() ?? arch()}), ${gib} GiB, Node ${process.versions.node}`;
}
