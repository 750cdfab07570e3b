/**
 * `npm run package-managers`: makes a blog with the packed package and installs, checks and builds it with each package
 * manager, all of them from npm's registry. Not part of the tests, which need no network.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

const root = path.resolve(import.meta.dirname, "..");
const place = mkdtempSync(path.join(tmpdir(), "backfence-managers-"));
const tools = path.join(place, "tools");
const { positionals } = parseArgs({ allowPositionals: true });

/** How each installs what its lock file says, without scripts of packages, and shows its version. */
const MANAGERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  npm: [
    ["install", "--ignore-scripts"],
    ["ci", "--ignore-scripts"],
  ],
  pnpm: [
    ["install", "--ignore-scripts"],
    ["install", "--frozen-lockfile", "--ignore-scripts"],
  ],
  yarn: [
    ["install", "--ignore-scripts"],
    ["install", "--frozen-lockfile", "--ignore-scripts"],
  ],
  bun: [
    ["install", "--ignore-scripts"],
    ["install", "--frozen-lockfile", "--ignore-scripts"],
  ],
};

try {
  const names = positionals.length > 0 ? positionals : Object.keys(MANAGERS);
  run("npm", ["install", "--prefix", tools, ...names.filter((name) => name !== "npm")], place);
  run(process.execPath, [path.join(root, "scripts/package.ts"), "--out", place], root);
  const tarball = readdirSync(place).find((name) => name.endsWith(".tgz")) ?? "";
  const failed = names.filter((name) => !tries(name, path.join(place, tarball)));
  if (failed.length > 0) process.exitCode = 1;
} finally {
  rmSync(place, { recursive: true, force: true });
}

/** Whether a blog can be installed, checked and built with a package manager. */
function tries(manager: string, tarball: string): boolean {
  const blog = path.join(place, manager);
  const answers = ["--yes", "--title", "A blog", "--author", "Ada Example", "--url", "https://me.example/"];
  run(
    process.execPath,
    [path.join(root, "src/cli/backfence.ts"), "init", blog, ...answers, "--backfence", tarball],
    place,
  );
  const commands = [...(MANAGERS[manager] ?? []), ["run", "check"], ["run", "build"]];
  const failed = commands.find((args) => spawn(manager, args, blog) !== 0);
  const isBuilt = failed === undefined && existsSync(path.join(blog, "dist/index.html"));
  console.log(`${manager}: ${isBuilt ? "built" : `failed: ${failed?.join(" ") ?? "no dist/"}`}`);
  return isBuilt;
}

function run(command: string, args: readonly string[], cwd: string): void {
  if (spawn(command, args, cwd) !== 0) throw new Error(`${command} ${args.join(" ")} failed`);
}

function spawn(command: string, args: readonly string[], cwd: string): number | null {
  const own = [path.join(tools, "node_modules/.bin"), path.dirname(process.execPath), process.env["PATH"]];
  const env = { ...process.env, PATH: own.join(path.delimiter), ASTRO_TELEMETRY_DISABLED: "1" };
  const isWindows = process.platform === "win32";
  return spawnSync(command, args, { cwd, env, stdio: ["ignore", "inherit", "inherit"], shell: isWindows })
    .status;
}
