/**
 * The first thing that `npm start` and `npm test` run, on whatever Node is there: installs the locked dependencies
 * when they are missing or out of date, finds a Node that is new enough, and starts a command with it.
 *
 *   node src/cli/bootstrap.mjs <command file below src/cli> [arguments]
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const stamp = path.join(root, "node_modules/.backfence-installed");
/** Room (MB) for values that live shortly: V8 would take up to four times as much in each thread, and be no faster. */
const NODE_OPTIONS = ["--max-semi-space-size=16"];
/** glibc would give each thread heaps of its own, and a large blog a fifth more memory. Others don't know the variable. */
const MEMORY = { MALLOC_ARENA_MAX: "2" };
const [command, ...rest] = process.argv.slice(2);
if (command === undefined) fail("bootstrap: name the command to start, such as `start` or `test`.");

installWhenNeeded();
const node = findNode();
const child = spawn(node, [...NODE_OPTIONS, path.join(root, "src/cli", `${command}.ts`), ...rest], {
  cwd: root,
  stdio: "inherit",
  env: {
    ASTRO_TELEMETRY_DISABLED: "1",
    ...MEMORY,
    ...process.env,
    PATH: searchPath(node),
    // Our TypeScript is stripped and compiled once, not in every command.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? path.join(root, "node_modules/.cache/compiled"),
  },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
endWithNpm();
child.once("error", (error) => fail(`Could not start ${node}: ${error.message}`));
child.once("exit", (status) => process.exit(status ?? 1));

/** npm hands a signal on to the shell that it starts us with, and that shell to nobody: when it's gone, we stop too. */
function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const look = () => process.ppid !== parent && child.kill("SIGTERM");
  setInterval(look, 500).unref();
}

function installWhenNeeded() {
  const lock = createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
  const isStamped = existsSync(stamp) && readFileSync(stamp, "utf8") === lock;
  if (isStamped || isInstalledFrom(lock)) return;
  say("Installing the locked dependencies (npm ci). This takes a minute, and only when they change.");
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (npm.status !== 0)
    fail("npm ci failed: see its message above. Once it is mended, run the same command again.");
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, lock);
}

/** After a plain `npm ci` npm's own record is newer than the lock file: nothing to do then. */
function isInstalledFrom(lock) {
  const record = path.join(root, "node_modules/.package-lock.json");
  if (!existsSync(record) || existsSync(stamp)) return false;
  const wanted = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(record, "utf8")).packages;
  const isSame = Object.entries(present).every(([name, { version }]) => wanted[name]?.version === version);
  if (isSame) writeFileSync(stamp, lock);
  return isSame;
}

/** This Node if it runs TypeScript by itself (22.18, 24 or newer), else the one that npm brought along. */
function findNode() {
  if (process.features.typescript) return process.execPath;
  const system = process.platform === "win32" ? "win" : process.platform;
  const name = process.platform === "win32" ? "node.exe" : "node";
  for (const folder of [`node-${system}-${process.arch}`, `node-bin-${system}-${process.arch}`]) {
    const candidate = path.join(root, "node_modules", folder, "bin", name);
    if (existsSync(candidate)) return candidate;
  }
  return fail(
    `Backfence needs Node 24 (or 22.18 and newer); this is ${process.version}, and npm has no Node for ` +
      `${process.platform} ${process.arch} to bring along. Install Node 24 and run the same command again.`,
  );
}

function searchPath(node) {
  return [path.dirname(node), path.join(root, "node_modules/.bin"), process.env.PATH].join(path.delimiter);
}

function say(text) {
  console.error(`backfence: ${text}`);
}

function fail(text) {
  say(text);
  process.exit(1);
}
