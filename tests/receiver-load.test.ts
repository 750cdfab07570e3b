/**
 * Many notifications at a steady rate while the receiver verifies, is killed and restarted: none is lost, none is
 * stored twice. `RECEIVER_LOAD=10000 npx vitest run --project commands tests/receiver-load.test.ts` sends as many as in
 * docs/receiver.md, prints the figures for it, and fails when a sender waits too long or memory grows.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { openSqlite } from "../src/receiver/store/sqlite.ts";
import { freePort } from "./support/free-port.ts";
import { startServer } from "./support/http-server.ts";
import { tempFolder } from "./support/temp-folder.ts";
import { dead, answerAs, KINDS, type Kind } from "./receiver-support/load-sources.ts";

const COUNT = Number(process.env["RECEIVER_LOAD"] ?? "200");
const IS_MEASURED = COUNT >= 5000;
const SENDERS = Math.min(500, COUNT / 10);
/** Notifications per second, independent of the receiver. */
const RATE = IS_MEASURED ? 40 : 60;
const KILLS = IS_MEASURED ? 10 : 3;
const TIMEOUT_MS = 600_000 + COUNT * 200;
const CLI = path.resolve(import.meta.dirname, "../src/cli/backfence.ts");

interface Notification {
  readonly kind: Kind;
  readonly source: string;
  /** Source IP address. */
  readonly sender: string;
}

test(
  "no notification is lost or stored twice, whenever the receiver is killed",
  { timeout: TIMEOUT_MS },
  async () => {
    const folder = tempFolder("receiver-load");
    const file = path.join(folder, "receiver.db");
    const port = await freePort();
    const receiverUrl = `http://127.0.0.1:${port}`;
    await using blog = await startServer((_request, response) => {
      response.setHeader("content-type", "text/html");
      response.end(`<link rel="webmention" href="${receiverUrl}/webmention"><title>Hello</title>`);
    });
    const target = `${blog.origin}/posts/hello/`;
    await using senders = new AsyncDisposableStack();
    const sites: { readonly origin: string; readonly address: string }[] = [];
    for (let number = 0; number < SENDERS; number++) {
      const address = addressOf(number);
      const server = await startServer(
        (seen, response) => answerAs(seen.url, { target, slowMs: IS_MEASURED ? 1000 : 100 }, response),
        address,
      );
      senders.use(server);
      sites.push({ origin: server.origin, address });
    }
    const notifications = Array.from({ length: COUNT }, (_, index): Notification => {
      const kind = KINDS[index % KINDS.length] ?? "linked";
      const { origin, address } = sites[index % sites.length] ?? { origin: "", address: "" };
      return {
        kind,
        source: kind === "dead" ? dead(address, index) : `${origin}/${kind}/${index}`,
        sender: address,
      };
    });

    const memory = memoryOf();
    let receiver = await start();
    senders.defer(() => void receiver.kill("SIGKILL"));
    let restart: Promise<void> | null = null;
    const latencies: number[] = [];
    let killed = 0;
    const begun = performance.now();
    const sending: Promise<void>[] = [];
    for (const [index, notification] of notifications.entries()) {
      await sleep(Math.max(0, begun + (index * 1000) / RATE - performance.now()));
      sending.push(send(notification));
      if (killed >= KILLS || index < ((killed + 1) * COUNT) / (KILLS + 1)) continue;
      if (restart !== null) await restart;
      killed++;
      restart = kill().finally(() => {
        restart = null;
      });
    }
    await Promise.all(sending);
    const accepted = performance.now();
    const sorted = latencies.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
    tell(
      `${COUNT} notifications from ${sites.length} senders in ${seconds(accepted - begun)}, ${killed} kills`,
      `answers: median ${at(0.5).toFixed(1)} ms, 99 % ${at(0.99).toFixed(1)} ms, slowest ${at(1 - 1e-9).toFixed(0)} ms`,
    );

    const database = openSqlite(file);
    const backlog = (await database.all("SELECT key FROM job WHERE attempts = 0")).length;
    const wanted = notifications.filter(({ kind }) => kind === "linked" || kind === "slow");
    // On a busy machine, a source may seem unreachable; it's retried after a minute, but here immediately.
    const isOurs = "key NOT LIKE '%/dead/%' AND key NOT LIKE '%/hostile/%'";
    const waiting = async () => {
      memory.look(receiver);
      await database.all(`UPDATE job SET due = 0 WHERE attempts > 0 AND lease IS NULL AND ${isOurs}`);
      return (await database.all(`SELECT key FROM job WHERE attempts = 0 OR ${isOurs}`)).length;
    };
    await expect.poll(waiting, { timeout: TIMEOUT_MS, interval: 500 }).toBe(0);
    const verifiedMs = performance.now() - accepted;
    const stored = (await database.all("SELECT source FROM response ORDER BY source")).map(
      ({ source }) => source,
    );
    expect(stored).toEqual(wanted.map(({ source }) => source).sort());
    const [published] = await database.all("SELECT COUNT(*) AS count FROM publication WHERE response > 0");
    expect(published).toEqual({ count: wanted.length });
    // A receiver that is killed between storing a notification and answering gets it a second time.
    const notified = await database.all("SELECT DISTINCT source FROM notification ORDER BY source");
    expect(notified.map(({ source }) => source)).toEqual(notifications.map(({ source }) => source).sort());
    expect(killed).toBe(KILLS);
    database.close();
    if (!IS_MEASURED) return;
    tell(
      `${backlog} were still to be verified then, done ${seconds(verifiedMs)} later`,
      `memory: ${memory.text()}`,
    );
    expect(at(0.99)).toBeLessThan(50);
    expect(memory.growth()).toBeLessThan(1.25);

    async function send({ source, sender }: Notification): Promise<void> {
      for (let attempt = 1; ; attempt++) {
        const started = performance.now();
        const status = await post(`${receiverUrl}/webmention`, { source, target }, sender);
        if (status === 201) {
          latencies.push(performance.now() - started);
          return;
        }
        // A sender retries after 5xx, without a response, or when its request took too long.
        if (status !== null && status < 500 && status !== 408) throw new Error(`${status} for ${source}`);
        await sleep(retryMs(source, attempt));
      }
    }

    async function kill(): Promise<void> {
      const ended = new Promise((resolve) => receiver.once("exit", resolve));
      memory.look(receiver);
      receiver.kill("SIGKILL");
      await ended;
      // Release the killed process's leases immediately, so that the test needn't wait two minutes.
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
          RECEIVER_SITE: `${blog.origin}/`,
          RECEIVER_URL: receiverUrl,
          RECEIVER_TOKEN: "0123456789abcdef",
          RECEIVER_MODERATION: "none",
          // On systems with only one loopback address, all senders share it.
          ...(process.platform === "linux"
            ? {}
            : { RECEIVER_MAX_PER_ADDRESS: "1000000", RECEIVER_MAX_PER_HOST: "1000000" }),
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

/** Returns a separate address for each sender, so that limits per address apply as in production. */
function addressOf(number: number): string {
  return process.platform === "linux"
    ? `127.1.${Math.floor(number / 250)}.${1 + (number % 250)}`
    : "127.0.0.1";
}

/** Returns the delay before a sender's retry: one to four seconds, different for each sender. */
function retryMs(source: string, attempt: number): number {
  const hash = createHash("sha256").update(`${source} ${attempt}`).digest();
  return 1000 + (3000 * hash.readUInt32BE()) / 2 ** 32;
}

/** Posts a form. @returns the status, or null when there was no response. */
function post(url: string, fields: Record<string, string>, localAddress: string): Promise<number | null> {
  const body = new URLSearchParams(fields).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded", "content-length": body.length };
  return new Promise((resolve) => {
    const sent = request(url, { method: "POST", headers, localAddress, agent: false }, (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode ?? null));
      response.once("error", () => resolve(null));
    });
    sent.once("error", () => resolve(null));
    sent.end(body);
  });
}

/** Prints figures of a measured run. */
function tell(...lines: readonly string[]): void {
  if (IS_MEASURED) process.stdout.write(`${lines.join("\n")}\n`);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(0)} s`;
}

/** Records the peak memory of each receiver process, and that of the last process over time, in MB. */
function memoryOf() {
  const lives = new Map<number, number[]>();
  const look = ({ pid }: ChildProcess): void => {
    if (pid === undefined || process.platform !== "linux") return;
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    const seen = lives.get(pid) ?? [];
    seen.push(Number(kilobytes ?? 0) / 1024);
    lives.set(pid, seen);
  };
  const last = () => [...lives.values()].at(-1) ?? [];
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return {
    look,
    /** Returns the mean of the last process's last quarter divided by that of its second quarter. */
    growth: () => {
      const seen = last();
      const quarter = Math.floor(seen.length / 4);
      if (quarter === 0) return 1;
      return mean(seen.slice(-quarter)) / mean(seen.slice(quarter, 2 * quarter));
    },
    text: () => {
      const peaks = [...lives.values()].map((seen) => Math.max(...seen).toFixed(0));
      return `${peaks.join(", ")} MB in each life`;
    },
  };
}
