import { totalmem } from "node:os";
import path from "node:path";
import { configDefaults, defineConfig } from "vitest/config";
import { hasDemo, testsOfDemo } from "./tests/support/demo.ts";
import { folderInMemory } from "./tests/support/folder-in-memory.ts";

const root = import.meta.dirname;
const leftOut = hasDemo(root) ? [] : testsOfDemo(root);
const memory = folderInMemory();
const shared = {
  setupFiles: ["tests/support/setup.ts"],
  // Modules are loaded once for all files of a worker; no module under test has state of its own.
  isolate: false,
  testTimeout: 180_000,
  hookTimeout: 900_000,
  // For two processors: a worker waits half of its time, for browsers, servers and other processes. With those, it takes
  // up to 2 GB.
  maxWorkers: totalmem() < 12 * 1024 ** 3 ? 3 : 4,
  // What is polled for is there at once on an idle machine; a busy one takes its time.
  expect: { poll: { timeout: 20_000 } },
  exclude: [...configDefaults.exclude, ...leftOut],
  env: {
    // With CI set, a build asks for the blog's address; the folders of most tests have none.
    ...{ CI: "", IN_CI: process.env["CI"] ?? "" },
    // What `npm test` sets: Node keeps the code that it compiled, and TypeScript without its types, for the next process.
    NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] ?? path.join(root, "node_modules/.cache/compiled"),
    // Thousands of small files are made and removed, which costs a disk's file system ten times the processor time.
    ...(memory === null ? {} : { TMPDIR: memory }),
  },
};

/** Tests that replace globals or modules. */
const ISOLATED = ["src/lib/offline/*.test.ts", "tests/hosts-windows.test.ts"];

/**
 * `unit` needs nothing; `commands` starts servers, browsers and the command line; `site` builds the blog that comes with
 * Backfence and looks at it, in a browser too; `isolated` are the few that need a process of their own.
 */
export default defineConfig({
  test: {
    // Meanwhile browsers are closed and the demo's sites removed, which a busy machine takes its time for.
    teardownTimeout: 60_000,
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          include: [
            "src/**/*.test.ts",
            "packages/**/*.test.ts",
            "bench/**/*.test.ts",
            "scripts/**/*.test.ts",
          ],
          exclude: [...shared.exclude, ...ISOLATED],
        },
      },
      {
        test: {
          ...shared,
          name: "commands",
          include: ["tests/*.test.ts", "tests/cli/**/*.test.ts"],
          exclude: [...shared.exclude, ...ISOLATED],
        },
      },
      {
        test: {
          ...shared,
          name: "isolated",
          isolate: true,
          include: ISOLATED,
        },
      },
      {
        test: {
          ...shared,
          name: "site",
          include: ["tests/e2e/**/*.test.ts"],
          globalSetup: ["tests/support/global-setup.ts"],
        },
      },
    ],
  },
});
