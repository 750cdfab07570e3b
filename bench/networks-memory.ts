/**
 * Memory and time of one pull over many threads: `node bench/networks-memory.ts [threads]`, 1,000 by default. The
 * stand-ins run in a process of their own, so that the figure is that of the pull. On two shared cores: 1,000 threads with
 * 60,000 responses took 147 s and 410 MB.
 */
import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createGuardedClient } from "../src/lib/protocols/guarded-fetch.ts";
import { pull } from "../src/lib/responses/pull/pull.ts";
import { defaultSettings } from "../src/lib/site/settings-schema.ts";

const SITE = "https://me.example/";
const threads = Number(process.argv[2] ?? 1000);
const child = fork(path.join(import.meta.dirname, "networks-memory-server.ts"), [String(threads)]);
const origin = await new Promise<string>((resolve) => child.once("message", (text) => resolve(String(text))));
const contentDir = mkdtempSync(path.join(tmpdir(), "backfence-networks-"));
const posts = Array.from({ length: threads }, (_, index) => ({
  slug: `post-${index}`,
  id: `post-${index}`,
  aliases: [],
  canonical: null,
  answering: [],
  syndication: [`${origin}/@me/${10_000_000 + index}`],
}));
let peak = 0;
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 100);
const start = performance.now();
const report = await pull({
  contentDir,
  blog: {
    settings: { ...defaultSettings(), url: SITE, moderation: "none" },
    posts,
    tombstones: [],
    authors: [],
  },
  client: createGuardedClient({ siteUrl: SITE, allowLoopback: true }),
  now: new Date(),
  mentionsToken: null,
  githubToken: null,
  githubEndpoint: "",
  cacheDir: path.join(contentDir, ".cache"),
  isFull: false,
  isDryRun: false,
  onProgress: () => {},
});
clearInterval(watch);
child.kill();
rmSync(contentDir, { recursive: true, force: true });
const seconds = ((performance.now() - start) / 1000).toFixed(0);
console.log(
  `${threads} threads, ${report.changes.length} responses, ${report.faults.length} faults: ${seconds} s, ${Math.round(peak / 1024 / 1024)} MB`,
);
