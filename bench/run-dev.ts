import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "playwright-core";
import { launchBrowser } from "../tests/support/browser.ts";
import { ASTRO, benchSite, type BenchSite } from "./bench-site.ts";
import { median, treeMemoryMb } from "./measure.ts";
import { saveResults } from "./results.ts";

/** Waiting times and memory of the dev server. */
export interface DevResult {
  readonly posts: number;
  /** From the command to the line that prints the URL, with the caches of an earlier start. */
  readonly readyS: number;
  /** The same without caches. */
  readonly firstReadyS: number;
  /** From writing the file to the new text being drawn in the browser; the median. */
  readonly editMs: number;
  readonly slowestEditMs: number;
  /** Resident memory of the command's processes after the first edits and at the end, MB. */
  readonly memoryMb: readonly [early: number, late: number];
  readonly edits: number;
}

/** Pause between two edits. */
const THINKING_MS = 300;

/** Edits before memory is first measured: until then, caches fill and code is compiled. */
const WARM_UP = 50;

/** `-- dev N [edits]`: time until the dev server is ready and until a saved edit shows; memory after many edits. */
export async function run([count = "1000", edits = "200"]: readonly string[]): Promise<void> {
  const posts = Number(count);
  const site = await benchSite(`dev-${count}`, posts);
  const first = await startDev(site);
  await first.stop();
  const server = await startDev(site);
  try {
    const measured = await edit(site, server, Number(edits));
    const result: DevResult = { posts, readyS: server.readyS, firstReadyS: first.readyS, ...measured };
    saveResults("dev", count, result);
    const { readyS, firstReadyS, editMs, slowestEditMs, memoryMb } = result;
    console.log(
      "| posts | first start s | ready s | saved edit ms | slowest ms | MB after 50 edits | MB at the end | edits |\n|---|---|---|---|---|---|---|---|",
    );
    const figures = [firstReadyS.toFixed(1), readyS.toFixed(1), editMs.toFixed(0), slowestEditMs.toFixed(0)];
    console.log(`| ${[posts, ...figures, ...memoryMb.map((mb) => mb.toFixed(0)), edits].join(" | ")} |`);
  } finally {
    await server.stop();
  }
}

interface RunningDev {
  readonly url: string;
  readonly readyS: number;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

async function startDev({ folder }: BenchSite): Promise<RunningDev> {
  const start = performance.now();
  const child = spawn(process.execPath, [ASTRO, "dev", "--port", "4399"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1", ASTRO_DEV_BACKGROUND: "0", ASTRO_TELEMETRY_DISABLED: "1" },
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString("utf8");
      const found = /Local\s+(\S+)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", (status) => reject(new Error(`The dev server ended (${status}):\n${output}`)));
  });
  const readyS = (performance.now() - start) / 1000;
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await ended;
  };
  return { url, readyS, process: child, stop };
}

/** Saves one post repeatedly while a browser shows it. */
async function edit(
  { middlePost }: BenchSite,
  server: RunningDev,
  edits: number,
): Promise<Pick<DevResult, "editMs" | "slowestEditMs" | "memoryMb" | "edits">> {
  const file = path.join(middlePost, "index.mdx");
  const text = readFileSync(file, "utf8");
  const browser = await launchBrowser();
  const memory = (): number => treeMemoryMb(server.process.pid ?? 0);
  try {
    const page = await browser.newPage();
    const shown = await watchPage(page);
    await page.goto(`${server.url}posts/${path.basename(middlePost)}/`);
    const times: number[] = [];
    let early = Number.NaN;
    for (let turn = 0; turn < edits; turn += 1) {
      const isShown = shown(turn);
      const start = performance.now();
      writeFileSync(file, `${text}\nSaved ${turn} times.\n`);
      times.push((await isShown) - start);
      await pause(THINKING_MS);
      if (turn === Math.min(WARM_UP, edits - 1)) early = memory();
    }
    // The first edit compiles code that the later ones reuse.
    const settled = times.slice(1);
    return {
      edits,
      editMs: median(settled),
      slowestEditMs: Math.max(...settled),
      memoryMb: [early, memory()],
    };
  } finally {
    await browser.close();
  }
}

/**
 * Makes every document in a page report an edit as soon as the browser draws it; polling would add up to one interval.
 * @returns a function that waits for the text of one edit and resolves to the time when it was drawn.
 */
async function watchPage(page: Page): Promise<(turn: number) => Promise<number>> {
  const waiting = new Map<number, (time: number) => void>();
  await page.exposeBinding("tellShown", (_source, turn: number) => waiting.get(turn)?.(performance.now()));
  await page.addInitScript(() => {
    let last = "";
    const look = (): void => {
      const [, turn = ""] =
        /Saved (\d+) times\./.exec(document.querySelector("main")?.textContent ?? "") ?? [];
      if (turn === last) return;
      last = turn;
      requestAnimationFrame(() => {
        if ("tellShown" in window && typeof window.tellShown === "function") window.tellShown(Number(turn));
      });
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
  });
  return (turn) => new Promise((resolve) => waiting.set(turn, resolve));
}
