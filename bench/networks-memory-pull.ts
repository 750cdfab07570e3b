/** One pull for `networks-memory.ts`. Arguments: URL of the server, content folder, number of threads. */
import path from "node:path";
import { createGuardedClient } from "../src/lib/protocols/guarded-fetch.ts";
import { pull } from "../src/lib/responses/pull/pull.ts";
import { defaultSettings } from "../src/lib/site/settings-schema.ts";

const SITE = "https://me.example/";
const [origin = "", contentDir = "", threads = ""] = process.argv.slice(2);
const posts = Array.from({ length: Number(threads) }, (_, index) => ({
  slug: `post-${index}`,
  id: `post-${index}`,
  aliases: [],
  canonical: null,
  answering: [],
  syndication: [`${origin}/@me/${10_000_000 + index}`],
}));
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
const seconds = ((performance.now() - start) / 1000).toFixed(0);
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
const cpuSeconds = ((userCPUTime + systemCPUTime) / 1_000_000).toFixed(0);
const megabytes = Math.round(maxRSS / 1024);
process.send?.(
  `${threads} threads, ${report.changes.length} changes, ${report.faults.length} faults: ${seconds} s (CPU ${cpuSeconds} s), ${megabytes} MB`,
);
