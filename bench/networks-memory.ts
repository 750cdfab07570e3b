/**
 * `node bench/networks-memory.ts [threads]` (default 1,000): memory and time of a pull of many threads, and of a second
 * pull, when everything is stored already. The stand-in server and each pull run in separate processes; memory is the
 * maximum resident set size.
 */
import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const threads = Number(process.argv[2] ?? 1000);
const child = (name: string, args: readonly string[]) => fork(path.join(import.meta.dirname, name), args);
const server = child("networks-memory-server.ts", [String(threads)]);
const origin = await new Promise<string>((resolve) =>
  server.once("message", (text) => resolve(String(text))),
);
const contentDir = mkdtempSync(path.join(tmpdir(), "backfence-networks-"));
for (const which of ["first", "next"]) {
  const pull = child("networks-memory-pull.ts", [origin, contentDir, String(threads)]);
  const line = await new Promise<string>((resolve) => pull.once("message", (text) => resolve(String(text))));
  console.log(`${which} pull: ${line}`);
  await new Promise((resolve) => pull.once("exit", resolve));
}
server.kill();
rmSync(contentDir, { recursive: true, force: true });
