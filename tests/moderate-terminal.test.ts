import { spawn } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { readAllResponses } from "../src/lib/responses/response-files.ts";
import { serializeResponses } from "../src/lib/responses/store.ts";
import { blogFolder } from "./support/blog-folder.ts";
import { root } from "./support/build.ts";
import { record } from "./support/records.ts";

interface Session {
  readonly shown: string;
  readonly code: number | null;
}

/** Runs the command in a pseudo-terminal, opened by `script`, and presses the keys when it prompts for one. */
function inTerminal(args: readonly string[], keys: string): Promise<Session> {
  const command = [process.execPath, path.join(root, "src/cli/backfence.ts"), "responses", ...args];
  const isBsd = process.platform === "darwin";
  const line = command.map((part) => `'${part}'`).join(" ");
  const child = spawn("script", isBsd ? ["-q", "/dev/null", ...command] : ["-qec", line, "/dev/null"], {
    env: { ...process.env, NODE_ENV: "", VITEST: "", TERM: "xterm" },
  });
  let shown = "";
  let hasPressed = false;
  child.stdout.on("data", (chunk: Buffer) => {
    shown += chunk.toString("utf8");
    if (hasPressed || !shown.includes("[a]")) return;
    hasPressed = true;
    child.stdin.write(keys);
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ shown, code }));
  });
}

test("in a terminal, a single key decides without Enter, and the decision is saved in the file", async () => {
  const waiting = [1, 2, 3].map((id) => record(id, { status: "pending" }));
  const folder = blogFolder({ "content/responses/hello.json": serializeResponses(waiting) });
  const contentDir = path.join(folder, "content");
  const { shown, code } = await inTerminal(["moderate", "--content", contentDir], "asq");
  expect(shown).toContain("I had the same with our choir.");
  expect(code).toBe(0);
  const statuses = readAllResponses(contentDir)
    .get("hello")
    ?.map(({ status }) => status);
  expect(statuses).toEqual(["approved", "spam", "pending"]);
});
