import { removeSetAside } from "./set-aside.ts";

/** `npm run bench -- <name> [args]`: runs one of these benchmarks on this machine. */
const benches: Readonly<Record<string, () => Promise<{ run(args: readonly string[]): Promise<void> }>>> = {
  corpus: () => import("./run-corpus.ts"),
  build: () => import("./run-build.ts"),
  peers: () => import("./run-peers.ts"),
  pages: () => import("./run-pages.ts"),
  search: () => import("./run-search.ts"),
  dev: () => import("./run-dev.ts"),
  report: () => import("./run-report.ts"),
  social: () => import("./run-social.ts"),
  shots: () => import("./run-shots.ts"),
  conversations: () => import("./run-conversations.ts"),
  import: () => import("./run-import.ts"),
  "import-speed": () => import("./run-import-speed.ts"),
  fuzz: () => import("./run-fuzz.ts"),
  properties: () => import("./run-properties.ts"),
};

const [what = "", ...args] = process.argv.slice(2);
const load = Object.hasOwn(benches, what) ? benches[what] : undefined;
if (load === undefined) {
  console.error(`Usage: npm run bench -- <${Object.keys(benches).join(" | ")}> [number of posts]`);
  process.exitCode = 2;
} else {
  const bench = await load();
  try {
    await bench.run(args);
  } finally {
    removeSetAside();
  }
}
