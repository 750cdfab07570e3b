/** Which personal data the receiver stores, and for how long: searches the whole database after using every feature. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tidyUp } from "../src/receiver/housekeeping.ts";
import { backUpSqlite, openSqlite } from "../src/receiver/store/sqlite.ts";
import type { Database } from "../src/receiver/store/database.ts";
import { ADAPTERS, type TestDatabase } from "./receiver-support/databases.ts";
import { HELLO, startReceiver, TOKEN, type TestReceiver } from "./receiver-support/receiver.ts";
import { tempFolder } from "./support/temp-folder.ts";

const DAY_MS = 24 * 60 * 60_000;
/** Client addresses in the proxy's header. */
const CLIENTS = ["203.0.113.77", "2001:db8:1234:5678:9abc:def0:1234:5678"];
const AGENT = "Peculiar-Agent/47.11";
const REFERRER = "https://where-they-came-from.example/page";

/** Returns all rows of all tables. */
async function dumpOf(database: Database): Promise<string> {
  const tables = await database.all(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
  );
  expect(tables.length).toBeGreaterThan(10);
  const rows = [];
  for (const { name } of tables) rows.push(name, await database.all(`SELECT * FROM "${String(name)}"`));
  return JSON.stringify(rows);
}

describe.each(Object.entries(ADAPTERS))("stored in %s", (name, open) => {
  let opened: TestDatabase;
  let receiver: TestReceiver;
  const log: string[] = [];
  const cookies: string[] = [];

  beforeAll(async () => {
    opened = await open();
    receiver = await startReceiver(opened, {
      env: { RECEIVER_PROXIES: "1", RECEIVER_KEEP_DAYS: "30", RECEIVER_MAX_COMMENTS: "2" },
      log: (line) => log.push(line),
    });
  });
  afterAll(async () => {
    await receiver[Symbol.asyncDispose]();
    if (name === "D1") await opened.close();
  });

  /** Sends a request as a client behind the proxy. */
  async function as(client: string, path: string, fields?: Readonly<Record<string, string>>) {
    const answer = await fetch(receiver.origin + path, {
      redirect: "manual",
      headers: { "x-forwarded-for": client, "user-agent": AGENT, referer: REFERRER, accept: "text/html" },
      ...(fields === undefined ? {} : { method: "POST", body: new URLSearchParams(fields) }),
    });
    cookies.push(...answer.headers.getSetCookie().map((cookie) => `${path}: ${cookie}`));
    return {
      status: answer.status,
      text: await answer.text(),
      location: answer.headers.get("location") ?? "",
    };
  }

  async function comment(client: string, text: string) {
    const fields = { post: "hello", name: "Ann", text, url: "", "reply-to": "" };
    const preview = await as(client, "/comment", fields);
    const confirmation = /name="confirmation" value="([^"]+)"/.exec(preview.text)?.[1] ?? "";
    receiver.pass(3000);
    const stored = await as(client, "/comment", { ...fields, confirmation });
    const edit = /href="[^"]*(\/comment\/[^"]*\/edit\?key=[^"]*)"/.exec(stored.text)?.[1] ?? "";
    return { ...stored, edit: edit.replaceAll("&amp;", "&") };
  }

  test("no client's IP address, user agent or referrer is stored, logged or put into a cookie, whatever they do", async () => {
    for (const [at, client] of CLIENTS.entries()) {
      const mention = await as(client, "/webmention", {
        source: receiver.linking(`/m/${at}`),
        target: HELLO,
      });
      expect(mention.status).toBe(201);
      await receiver.verified(mention.location);
      await as(client, new URL(mention.location).pathname);
      await as(client, "/webmention", { source: "nonsense", target: HELLO });
      await as(client, "/trackback/hello", { url: receiver.linking(`/t/${at}`), title: "T" });
      const body = `<methodCall><methodName>pingback.ping</methodName><params><param><value>${receiver.linking(`/p/${at}`)}</value></param><param><value>${HELLO}</value></param></params></methodCall>`;
      await fetch(`${receiver.origin}/pingback`, {
        method: "POST",
        body,
        headers: { "x-forwarded-for": client, "user-agent": AGENT, referer: REFERRER },
      });
      const first = await comment(client, "First");
      expect(first.status).toBe(201);
      await as(client, first.edit, { name: "Ann", text: "Second" });
      // Changes have a separate rate limit of the same size.
      const changes = [];
      for (const text of ["Third", "Fourth", "Fifth"])
        changes.push((await as(client, first.edit, { name: "Ann", text })).status);
      expect(changes.at(-1)).toBe(429);
      await as(client, first.edit, { withdraw: "yes" });
      expect((await comment(client, "One more")).status).toBe(201);
      expect((await comment(client, "Too many")).status).toBe(429);
      for (const path of ["/", "/comment?post=hello", "/api/mentions.jf2", "/api/count", "/health", "/none"])
        await as(client, path);
      await as(client, "/moderate/sign-in", { token: "wrong" });
    }
    expect(cookies).toEqual([]);
    const signedIn = await as(CLIENTS[0] ?? "", "/moderate/sign-in", { token: TOKEN });
    expect(signedIn.status).toBe(303);
    await expect.poll(async () => (await opened.database.all("SELECT id FROM job")).length).toBe(0);

    const dump = await dumpOf(opened.database);
    expect(dump).toContain("One more");
    expect(dump).toMatch(/comment [\da-f]{32}/);
    for (const trace of ["203.0.113", "2001:db8", "9abc", AGENT, "Peculiar", "where-they-came-from", TOKEN])
      for (const text of [dump, log.join("\n")]) expect(text).not.toContain(trace);
    if (name !== "SQLite") return;
    // Also in the file, including unused pages.
    const copy = `${tempFolder("dump")}/copy.db`;
    const { file } = (await opened.database.all("PRAGMA database_list"))[0] ?? {};
    backUpSqlite(String(file), copy);
    for (const each of [copy, String(file), `${String(file)}-wal`])
      expect(readFileSync(each).toString("latin1")).not.toMatch(
        /203\.0\.113|2001:db8|Peculiar|where-they-came/,
      );
  });

  test("nothing of a withdrawn comment is left", async () => {
    const { edit } = await comment("198.51.100.1", "Regretted words");
    expect(await dumpOf(opened.database)).toContain("Regretted words");
    await as("198.51.100.1", edit, { withdraw: "yes" });
    expect(await dumpOf(opened.database)).not.toContain("Regretted words");
    if (name !== "SQLite") return;
    const { file } = (await opened.database.all("PRAGMA database_list"))[0] ?? {};
    await opened.database.all("PRAGMA wal_checkpoint(TRUNCATE)");
    expect(readFileSync(String(file)).toString("latin1")).not.toContain("Regretted words");
  });

  test("status pages and spam are deleted after RECEIVER_KEEP_DAYS; pending and approved responses stay", async () => {
    const mention = async (path: string) => {
      const source = receiver.linking(path);
      const answer = await receiver.post("/webmention", { source, target: HELLO });
      await receiver.verified(answer.headers.get("location") ?? "");
      const all = await receiver.responses();
      return {
        source,
        page: answer.headers.get("location") ?? "",
        id: all.find(({ record }) => record["wm-source"] === source)?.id ?? 0,
      };
    };
    const spam = await mention("/forget/spam");
    await receiver.decide(spam.id, "spam");
    const once = await mention("/forget/once");
    await receiver.decide(once.id, "approved");
    await receiver.decide(once.id, "spam");
    const shown = await mention("/forget/shown");
    await receiver.decide(shown.id, "approved");
    const waiting = await mention("/forget/waiting");
    receiver.pass(29 * DAY_MS);
    await tidyUp(receiver.running.context);
    expect(await dumpOf(opened.database)).toContain(spam.source);
    expect((await receiver.get(new URL(spam.page).pathname)).status).toBe(200);
    receiver.pass(2 * DAY_MS);
    await tidyUp(receiver.running.context);
    const dump = await dumpOf(opened.database);
    expect(dump).not.toContain(spam.source);
    expect((await receiver.get(new URL(spam.page).pathname)).status).toBe(404);
    // Of spam that was once shown, only what clients need to delete it is left.
    const [left] = await opened.database.all("SELECT status, data FROM response WHERE id = ?", once.id);
    expect(left?.["status"]).toBe("deleted");
    expect(JSON.parse(String(left?.["data"]))).not.toHaveProperty("content");
    const gone = await (await receiver.get("/api/deleted.jf2")).text();
    expect(gone).toContain(once.source);
    expect(dump).toContain(shown.source);
    expect(dump).toContain(waiting.source);
  });
});

describe("only the operator can access the export and the metrics", () => {
  let receiver: TestReceiver;
  beforeAll(async () => {
    receiver = await startReceiver({ database: openSqlite(":memory:") });
  });
  afterAll(() => receiver[Symbol.asyncDispose]());

  const cookie = async () =>
    ((await receiver.post("/moderate/sign-in", { token: TOKEN })).headers.get("set-cookie") ?? "").split(
      ";",
    )[0];

  test.each(["/api/export.jf2", "/metrics"])("%s", async (path) => {
    const refused: RequestInit[] = [
      {},
      { headers: { authorization: TOKEN } },
      { headers: { authorization: `Bearer ${TOKEN}x` } },
      { headers: { authorization: `Bearer ${TOKEN.slice(0, -1)}` } },
      { headers: { authorization: `Bearer ${TOKEN.toUpperCase()}` } },
      { headers: { authorization: `Bearer ${TOKEN}, Bearer x` } },
      { headers: { authorization: `Basic ${Buffer.from(`operator:${TOKEN}`).toString("base64")}` } },
      // Pages of other sites can make a browser send the cookie.
      { headers: { cookie: (await cookie()) ?? "" } },
    ];
    for (const init of refused) {
      const answer = await receiver.get(path, init);
      expect([init, answer.status, answer.headers.get("www-authenticate")]).toEqual([init, 401, "Bearer"]);
    }
    expect((await receiver.get(`${path}?access_token=${TOKEN}&token=${TOKEN}`)).status).toBe(401);
    for (const scheme of ["Bearer", "bearer", "BEARER  "])
      expect((await receiver.get(path, { headers: { authorization: `${scheme} ${TOKEN}` } })).status).toBe(
        200,
      );
  });

  test("the export has each response with its status, without keys and deleted content", async () => {
    const ids = new Map<string, number>();
    for (const status of ["pending", "approved", "spam", "deleted"] as const) {
      const { outcome } = await receiver.mention(receiver.linking(`/export/${status}`));
      expect(outcome).toBe("waits");
      const found = (await receiver.responses()).find(({ record }) => record["wm-source"].endsWith(status));
      ids.set(status, found?.id ?? 0);
    }
    for (const status of ["approved", "spam", "deleted"] as const)
      await receiver.decide(ids.get(status) ?? 0, status);
    const answer = await receiver.get("/api/export.jf2", { headers: { authorization: `Bearer ${TOKEN}` } });
    const { children } = (await answer.json()) as {
      readonly children: readonly Readonly<Record<string, unknown>>[];
    };
    expect(children.map(({ status }) => status)).toEqual(["pending", "approved", "spam", "deleted"]);
    expect(JSON.stringify(children)).not.toMatch(/edit|key/i);
    expect(children[3]).not.toHaveProperty("content");
    const metrics = await receiver.get("/metrics", { headers: { authorization: `Bearer ${TOKEN}` } });
    const text = await metrics.text();
    for (const status of ids.keys())
      expect(text).toContain(`backfence_receiver_responses{status="${status}"} 1\n`);
  });
});

test("a receiver with the comment form turned off has none", async () => {
  await using receiver = await startReceiver(
    { database: openSqlite(":memory:") },
    { env: { RECEIVER_COMMENTS: "off" } },
  );
  expect((await receiver.get("/comment?post=hello")).status).toBe(404);
  expect((await receiver.post("/comment", { post: "hello", name: "A", text: "B" })).status).toBe(404);
});

test("health reports when the queue isn't processed, and metrics count it", async () => {
  await using receiver = await startReceiver({ database: openSqlite(":memory:") }, { hasWorker: false });
  await receiver.post("/webmention", { source: "https://a.example/", target: HELLO });
  expect(await (await receiver.get("/health")).json()).toEqual({ status: "ok", queue: 1 });
  receiver.pass(16 * 60_000);
  const late = await receiver.get("/health");
  expect([late.status, await late.json()]).toEqual([503, { status: "stalled", queue: 1 }]);
  const metrics = await (
    await receiver.get("/metrics", { headers: { authorization: `Bearer ${TOKEN}` } })
  ).text();
  expect(metrics).toMatch(/^backfence_receiver_queue_jobs 1$/m);
  expect(metrics).toMatch(/^backfence_receiver_events_total\{event="received_webmention"\} 1$/m);
  // Prometheus's text format: comments, and names with numbers.
  for (const line of metrics.trim().split("\n"))
    expect(line).toMatch(/^(?:# HELP \w+ .+|# TYPE \w+ (?:gauge|counter)|\w+(?:\{\w+="[\w-]+"\})? \d+)$/);
});
