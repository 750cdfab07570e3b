/** Figures of earlier runs on this machine, so that the table and the chart can be made of several sittings. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { arch, cpus, totalmem } from "node:os";
import path from "node:path";

const FILE = path.resolve(".cache/bench/results.json");

type Results = Record<string, Record<string, unknown>>;

/** Keeps one result; one of the same names before it is replaced. */
export function saveResults(bench: string, name: string, result: unknown): void {
  const all = readResults();
  all[bench] = { ...all[bench], [name]: result };
  mkdirSync(path.dirname(FILE), { recursive: true });
  writeFileSync(FILE, `${JSON.stringify(all, null, 2)}\n`);
}

/** All results that are kept. */
export function readResults(): Results {
  if (!existsSync(FILE)) return {};
  const all: Results = JSON.parse(readFileSync(FILE, "utf8"));
  return all;
}

/** The machine in a few words. */
export function machine(): string {
  const [cpu] = cpus();
  const gib = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${cpu?.model.trim() ?? arch()}), ${gib} GiB, Node ${process.versions.node}`;
}
