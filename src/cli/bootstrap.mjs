/**
 * Starts one of this repository's commands with the installed Node: installs locked packages that are missing or have
 * another version, and Node 24 if this Node can't run TypeScript. Blogs created with `backfence init` don't use it.
 *
 *   node src/cli/bootstrap.mjs <command file below src/cli, or astro> [arguments]
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const WITH_DEV_PACKAGES = new Set([
  "test",
  "../../scripts/generate",
  "../../scripts/package",
  "../../scripts/package-managers",
  "../../bench/bench",
]);

const [command, ...rest] = process.argv.slice(2);
if (command === undefined) fail("bootstrap: name the command to start, such as `start` or `test`.");

installPackages(WITH_DEV_PACKAGES.has(command));
const node = process.features.typescript ? process.execPath : broughtNode();
const script = command === "astro" ? "node_modules/astro/bin/astro.mjs" : `src/cli/${command}.ts`;
const child = spawn(node, [path.join(root, script), ...rest], {
  cwd: root,
  stdio: "inherit",
  env: {
    ASTRO_TELEMETRY_DISABLED: "1",
    NODE_COMPILE_CACHE: path.join(root, "node_modules/.cache/compiled"),
    ...process.env,
    PATH: [path.dirname(node), path.join(root, "node_modules/.bin"), process.env.PATH].join(path.delimiter),
  },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
endWithNpm();
child.once("error", (error) => fail(`Could not start ${node}: ${error.message}`));
child.once("exit", (status) => process.exit(status ?? 1));

/** npm signals only the shell that runs this process, so the command also ends when that shell has exited. */
function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill("SIGTERM");
  }, 500);
  watch.unref();
}

/** Runs `npm ci` if a locked package is missing or has another version; additional packages are ignored. */
function installPackages(withDev) {
  const wanted = packagesOf("package-lock.json");
  const present = packagesOf("node_modules/.package-lock.json");
  if (wanted === null) return;
  const isNeeded = ([place, entry]) =>
    place.startsWith("node_modules/") &&
    !(entry.optional || entry.devOptional || entry.peer || entry.link) &&
    (withDev || !entry.dev);
  // Other package managers don't write this file; trust what they installed.
  if (present === null && existsSync(path.join(root, "node_modules"))) return;
  const lacking = Object.entries(wanted)
    .filter(isNeeded)
    .filter(([place, { version }]) => present?.[place]?.version !== version);
  if (lacking.length === 0) return;
  // Keep packages for tests once they are installed, even if this command doesn't need them.
  const hasDev = Object.values(present ?? {}).some(({ dev }) => dev);
  say(
    `Installing the locked packages (npm ci)${withDev ? ", those for tests included" : ""}. This takes a minute.`,
  );
  npm(["ci", withDev || hasDev ? "--include=dev" : "--omit=dev"], root);
}

function packagesOf(file) {
  const absolute = path.join(root, file);
  return existsSync(absolute) ? JSON.parse(readFileSync(absolute, "utf8")).packages : null;
}

/** Node 24 from npm for this machine, installed from the lock file in tools/node. */
function broughtNode() {
  const folder = path.join(root, "tools/node");
  const system = process.platform === "win32" ? "win" : process.platform;
  const file = process.platform === "win32" ? "node.exe" : "node";
  const names = [`node-${system}-${process.arch}`, `node-bin-${system}-${process.arch}`];
  const find = () =>
    names
      .map((name) => path.join(folder, "node_modules", name, "bin", file))
      .find((place) => existsSync(place));
  if (find() === undefined) {
    say(
      `Node ${process.version} is too old to run TypeScript; installing Node 24 into tools/node for this project.`,
    );
    npm(["ci", "--ignore-scripts"], folder);
  }
  const found = find();
  if (found === undefined)
    fail(
      `Backfence's own repository needs Node 24 (or 22.18 and newer); this is ${process.version}, and npm has no Node ` +
        `for ${process.platform} ${process.arch}. Install Node 24 and run the same command again.`,
    );
  linkForScripts(found);
  return found;
}

/** Links the installed Node into node_modules/.bin, which npm scripts search first, so `astro` and `vitest` use it. */
function linkForScripts(found) {
  const link = path.join(root, "node_modules/.bin/node");
  if (process.platform === "win32" || existsSync(link)) return;
  mkdirSync(path.dirname(link), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(path.relative(path.dirname(link), found), link);
}

function npm(args, cwd) {
  const options = { cwd, stdio: "inherit", shell: process.platform === "win32" };
  const { status } = spawnSync("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], options);
  if (status !== 0)
    fail("npm failed: see its message above. Once that is fixed, run the same command again.");
}

function say(text) {
  console.error(`backfence: ${text}`);
}

function fail(text) {
  say(text);
  process.exit(1);
}
