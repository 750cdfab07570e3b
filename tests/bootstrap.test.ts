/** What starts every command: on whatever Node there is, and not longer than npm. */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { root } from "./support/build.ts";
import { tempFolder } from "./support/temp-folder.ts";

/** A project that consists of the start alone, with its packages said to be installed, and one command. */
function project(command: string): string {
  const folder = tempFolder("start");
  mkdirSync(path.join(folder, "src/cli"), { recursive: true });
  mkdirSync(path.join(folder, "node_modules"));
  cpSync(path.join(root, "src/cli/bootstrap.mjs"), path.join(folder, "src/cli/bootstrap.mjs"));
  writeFileSync(path.join(folder, "src/cli/work.ts"), command);
  const lock = '{ "packages": {} }';
  writeFileSync(path.join(folder, "package-lock.json"), lock);
  const stamp = createHash("sha256").update(lock).digest("hex");
  writeFileSync(path.join(folder, "node_modules/.backfence-installed"), stamp);
  return folder;
}

test("a command gets its arguments and hands back its exit code", () => {
  const folder = project("console.log(process.argv.slice(2).join(' | ')); process.exit(3);");
  const run = spawnSync(process.execPath, ["src/cli/bootstrap.mjs", "work", "a b", "--c"], { cwd: folder });
  expect(run.stdout.toString()).toBe("a b | --c\n");
  expect(run.status).toBe(3);
});

test("a server ends with the npm that began it", async () => {
  const folder = project(`
    import { writeFileSync } from "node:fs";
    process.on("SIGTERM", () => { writeFileSync("ended", ""); process.exit(0); });
    setInterval(() => {}, 1000);
    writeFileSync("begun", String(process.pid));
  `);
  // As npm does: a shell that waits for the command and hands no signal on.
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

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
