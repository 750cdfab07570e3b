/** The script that starts every command: it runs on any Node version, and ends with npm. */
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { root } from "./support/build.ts";
import { tempFolder } from "./support/temp-folder.ts";

/** Creates a project with only the bootstrap script, one command and no packages. */
function project(command: string): string {
  const folder = tempFolder("start");
  mkdirSync(path.join(folder, "src/cli"), { recursive: true });
  cpSync(path.join(root, "src/cli/bootstrap.mjs"), path.join(folder, "src/cli/bootstrap.mjs"));
  writeFileSync(path.join(folder, "src/cli/work.ts"), command);
  lockFiles(folder, {}, {});
  return folder;
}

type Packages = Readonly<
  Record<string, { readonly version: string; readonly dev?: boolean; readonly optional?: boolean }>
>;

/** Writes package-lock.json, and npm's record of installed packages. */
function lockFiles(folder: string, wanted: Packages, present: Packages): void {
  mkdirSync(path.join(folder, "node_modules"), { recursive: true });
  writeFileSync(path.join(folder, "package-lock.json"), JSON.stringify({ packages: wanted }));
  writeFileSync(path.join(folder, "node_modules/.package-lock.json"), JSON.stringify({ packages: present }));
}

/** Runs a command with an `npm` that only records its arguments. @returns them. */
function runWithNpm(folder: string, command: string): string {
  const bin = path.join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(path.join(bin, "npm"), `#!/bin/sh\necho "$@" >> "${folder}/npm-calls"\n`, { mode: 0o755 });
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env["PATH"] ?? ""}` };
  spawnSync(process.execPath, ["src/cli/bootstrap.mjs", command], { cwd: folder, env });
  const calls = path.join(folder, "npm-calls");
  return existsSync(calls) ? readFileSync(calls, "utf8") : "";
}

const one = { version: "1.0.0" };

test.each([
  [
    "a package added by npm install",
    { "node_modules/a": one },
    { "node_modules/a": one, "node_modules/b": one },
  ],
  [
    "an optional package for another system",
    { "node_modules/a": one, "node_modules/o": { ...one, optional: true } },
    { "node_modules/a": one },
  ],
  [
    "packages for tests that aren't there",
    { "node_modules/a": one, "node_modules/t": { ...one, dev: true } },
    { "node_modules/a": one },
  ],
])("%s causes no installation", (_, wanted, present) => {
  const folder = project("");
  lockFiles(folder, wanted, present);
  expect(runWithNpm(folder, "work")).toBe("");
});

test("another version in the lock file is installed, without dev dependencies", () => {
  const folder = project("");
  lockFiles(folder, { "node_modules/a": { version: "1.0.1" } }, { "node_modules/a": one });
  expect(runWithNpm(folder, "work")).toMatch(/^ci --omit=dev /);
});

test.each(["test", "../../scripts/package-managers"])("%s installs its dev dependencies", (command) => {
  const folder = project("");
  lockFiles(folder, { "node_modules/t": { ...one, dev: true } }, {});
  expect(runWithNpm(folder, command)).toMatch(/^ci --include=dev /);
});

test("a command gets its arguments, and its exit code is returned", () => {
  const folder = project("console.log(process.argv.slice(2).join(' | ')); process.exit(3);");
  const run = spawnSync(process.execPath, ["src/cli/bootstrap.mjs", "work", "a b", "--c"], { cwd: folder });
  expect(run.stdout.toString()).toBe("a b | --c\n");
  expect(run.status).toBe(3);
});

test("a server ends with the npm process that started it", async () => {
  const folder = project(`
    import { writeFileSync } from "node:fs";
    process.on("SIGTERM", () => { writeFileSync("ended", ""); process.exit(0); });
    setInterval(() => {}, 1000);
    writeFileSync("begun", String(process.pid));
  `);
  // As in npm: a shell that waits for the command and doesn't forward signals.
  const shell = spawn("sh", ["-c", `"${process.execPath}" src/cli/bootstrap.mjs work; true`], {
    cwd: folder,
    env: { ...process.env, npm_lifecycle_event: "dev" },
  });
  await expect.poll(() => existsSync(path.join(folder, "begun"))).toBe(true);
  const pid = Number(readFileSync(path.join(folder, "begun"), "utf8"));
  onTestFinished(() => void (isThere(pid) && process.kill(pid, "SIGKILL")));
  shell.kill("SIGTERM");
  await expect.poll(() => existsSync(path.join(folder, "ended"))).toBe(true);
});

test("the server of npm start ends with it, when the first process gets a signal", async () => {
  const folder = project("");
  cpSync(path.join(root, "src/cli/start.ts"), path.join(folder, "src/cli/start.ts"));
  const astro = path.join(folder, "node_modules/astro");
  mkdirSync(path.join(astro, "bin"), { recursive: true });
  writeFileSync(path.join(astro, "package.json"), `{ "name": "astro" }`);
  writeFileSync(
    path.join(astro, "bin/astro.mjs"),
    `import { writeFileSync } from "node:fs";
     if (process.argv[2] === "preview") {
       process.on("SIGTERM", () => { writeFileSync("ended", ""); process.exit(0); });
       setInterval(() => {}, 1000);
       writeFileSync("begun", String(process.pid));
     }`,
  );
  const started = spawn(process.execPath, ["src/cli/bootstrap.mjs", "start"], { cwd: folder });
  await expect.poll(() => existsSync(path.join(folder, "begun"))).toBe(true);
  const pid = Number(readFileSync(path.join(folder, "begun"), "utf8"));
  onTestFinished(() => void (isThere(pid) && process.kill(pid, "SIGKILL")));
  started.kill("SIGTERM");
  await expect.poll(() => existsSync(path.join(folder, "ended"))).toBe(true);
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
