/** `backfence check --watch`, running while files are edited. */
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { commandEnv, root } from "./support/build.ts";
import { tempFolder } from "./support/temp-folder.ts";

test("each save is checked, new and fixed errors are reported, and Ctrl+C ends it", async () => {
  const folder = tempFolder("check-watch");
  const post = path.join(folder, "content/posts/gate.md");
  const write = (line: string) => writeFileSync(post, `---\ntitle: The gate\n${line}\n---\n\nWords.\n`);
  mkdirSync(path.dirname(post), { recursive: true });
  writeFileSync(
    path.join(folder, "content/site.yaml"),
    "title: My blog\nurl: https://me.example/\ntimeZone: UTC\n",
  );
  write("date: 2026-03-01");
  const command = [path.join(root, "src/cli/backfence.ts"), "check", "--watch"];
  const child = spawn(process.execPath, command, { cwd: folder, env: commandEnv({ NO_COLOR: "1" }) });
  const ended = new Promise<number | null>((resolve) => void child.once("close", resolve));
  let said = "";
  const add = (chunk: Buffer) => void (said += chunk.toString("utf8"));
  child.stdout.on("data", add);
  child.stderr.on("data", add);
  const says = async (text: string): Promise<void> => {
    await expect.poll(() => said, { timeout: 30_000 }).toContain(text);
    said = "";
  };
  try {
    await says("No errors in 1 post and 0 pages.");
    write("date: yesterday");
    await says("content/posts/gate.md:3");
    write("date: 2026-03-02");
    await says("No errors in 1 post and 0 pages.");
  } finally {
    child.kill("SIGINT");
  }
  expect(await ended).toBe(0);
}, 120_000);
