/**
 * Many notifications at once while the receiver is killed and started again: none is lost, none is stored twice.
 * `RECEIVER_LOAD=10000 npx vitest run --project unit tests/receiver-load.test.ts` prints the figures of docs/receiver.md.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { mapConcurrent } from "../src/lib/map-concurrent.ts";
import { openSqlite } from "../src/receiver/store/sqlite.ts";
import { startServer } from "./support/http-server.ts";
import { tempFolder } from "./support/temp-folder.ts";

const COUNT = Number(process.env["RECEIVER_LOAD"] ?? "400");
const SENDERS = Math.min(500, COUNT);
const TIMEOUT_MS = 120_000 + COUNT * 300;
const KILLS = COUNT >= 5000 ? 10 : 3;
const CLI = path.resolve(import.meta.dirname, "../src/cli/backfence.ts");

/** Of ten sources two are slow, two are dead, one is hostile; the others link. */
type Kind = "linked" | "slow" | "dead" | "hostile";
const KINDS: readonly Kind[] = [
  "linked",
  "slow",
  "linked",
  "dead",
  "linked",
  "hostile",
  "slow",
  "linked",
  "dead",
  "linked",
];

test(
  "of many notifications none is lost and none is stored twice, whenever the receiver is killed",
  { timeout: TIMEOUT_MS },
  async () => {
    const folder = tempFolder("receiver-load");
    const file = path.join(folder, "receiver.db");
    let receiverUrl = "";
    const bomb = `${"<div>".repeat(20_000)}<a href="`;
    await using web = await startServer(async (request, response) => {
      const target = `${web.origin}/posts/hello/`;
      response.setHeader("content-type", "text/html");
      if (request.url === "/posts/hello/")
        response.end(`<link rel="webmention" href="${receiverUrl}/webmention"><title>Hello</title>`);
      else if (request.url.startsWith("/hostile")) response.end(bomb);
      else {
        if (request.url.startsWith("/slow")) await new Promise((resolve) => setTimeout(resolve, 200));
        response.end(`<p class="h-entry"><a class="u-in-reply-to" href="${target}">x</a> ${request.url}</p>`);
      }
    });
    const target = `${web.origin}/posts/hello/`;
    const port = await freePort();
    receiverUrl = `http://127.0.0.1:${port}`;
    let receiver = await start();
    const latencies: number[] = [];
    const sources = Array.from({ length: COUNT }, (_, index) => {
      const kind = KINDS[index % KINDS.length] ?? "linked";
      const page = `${kind}/${index % SENDERS}/${index}`;
      return { kind, source: kind === "dead" ? `http://127.0.0.1:9/${page}` : `${web.origin}/${page}` };
    });
    let sent = 0;
    let killed = 0;
    let restart: Promise<void> | null = null;
    await mapConcurrent(sources, 16, async ({ source }) => {
      await send(source);
      sent++;
      if (restart !== null || sent < ((killed + 1) * COUNT) / (KILLS + 1) || killed >= KILLS) return;
      killed++;
      restart = kill().finally(() => {
        restart = null;
      });
    });
    const accepted = performance.now();
    const database = openSqlite(file);
    const wanted = sources.filter(({ kind }) => kind === "linked" || kind === "slow");
    const counted = async () => (await database.all("SELECT source FROM response")).length;
    await expect.poll(counted, { timeout: TIMEOUT_MS, interval: 500 }).toBe(wanted.length);
    const verifiedMs = performance.now() - accepted;
    const stored = (await database.all("SELECT source FROM response ORDER BY source")).map(
      ({ source }) => source,
    );
    expect(stored).toEqual(wanted.map(({ source }) => source).sort());
    const [published] = await database.all("SELECT COUNT(*) AS count FROM publication WHERE response > 0");
    expect(published).toEqual({ count: wanted.length });
    const [notified] = await database.all("SELECT COUNT(DISTINCT source) AS count FROM notification");
    expect(notified).toEqual({ count: COUNT });
    // The dead ones are still to be tried again.
    const waiting = await database.all("SELECT key FROM job WHERE attempts > 0");
    await expect.poll(() => waiting.every(({ key }) => String(key).includes("/dead/"))).toBe(true);
    expect(killed).toBe(KILLS);
    if (COUNT >= 1000) report(latencies, verifiedMs, receiver);
    database.close();
    receiver.kill("SIGTERM");

    async function send(source: string): Promise<void> {
      for (;;) {
        if (restart !== null) await restart;
        const started = performance.now();
        try {
          const answer = await fetch(`${receiverUrl}/webmention`, {
            method: "POST",
            body: new URLSearchParams({ source, target }),
          });
          await answer.text();
          if (answer.status !== 201) throw new Error(`${answer.status} for ${source}`);
          latencies.push(performance.now() - started);
          return;
        } catch (error) {
          if (!(error instanceof TypeError)) throw error;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
    }

    async function kill(): Promise<void> {
      const ended = new Promise((resolve) => receiver.once("exit", resolve));
      receiver.kill("SIGKILL");
      await ended;
      // What the dead process had leased is free again at once, so that the test needn't wait for two minutes.
      const repaired = openSqlite(file);
      await repaired.all("UPDATE job SET leased_until = 0 WHERE lease IS NOT NULL");
      repaired.close();
      receiver = await start();
    }

    async function start(): Promise<ChildProcess> {
      const child = spawn(process.execPath, [CLI, "receive", "--port", String(port), "--data", file], {
        cwd: folder,
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          PATH: process.env["PATH"],
          BACKFENCE_ALLOW_LOOPBACK: "1",
          RECEIVER_SITE: `${web.origin}/`,
          RECEIVER_URL: receiverUrl,
          RECEIVER_TOKEN: "0123456789abcdef",
          RECEIVER_MODERATION: "none",
          RECEIVER_MAX_PER_ADDRESS: "1000000",
          RECEIVER_MAX_PER_HOST: "1000000",
          RECEIVER_MAX_QUEUE: "1000000",
        },
      });
      await new Promise<void>((resolve, reject) => {
        let said = "";
        const hear = (chunk: Buffer) => {
          said += chunk.toString();
          if (said.includes("answers at")) resolve();
        };
        child.stdout?.on("data", hear);
        child.stderr?.on("data", hear);
        child.once("exit", () => reject(new Error(`The receiver ended: ${said}`)));
      });
      return child;
    }
  },
);

async function freePort(): Promise<number> {
  await using server = await startServer((_request, response) => void response.end());
  return server.port;
}

function report(latencies: number[], verifiedMs: number, receiver: ChildProcess): void {
  const sorted = latencies.sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
  const memory = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${receiver.pid}/status`, "utf8"))?.[1];
  process.stdout.write(
    `${latencies.length} answers: median ${at(0.5)} ms, 99 % ${at(0.99)} ms; verified ${(verifiedMs / 1000).toFixed(0)} s after the last; ${Number(memory) / 1024} MB\n`,
  );
}
