/** Hostile and malformed requests: bodies, headers, XML, floods; and failing hooks. */
import { createHmac } from "node:crypto";
import type { ServerResponse } from "node:http";
import { connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anyCharacter } from "./support/any-character.ts";
import { propertyRuns } from "./support/property-runs.ts";
import { openSqlite } from "../src/receiver/store/sqlite.ts";
import { parseCall } from "../src/receiver/xml-rpc.ts";
import { clientAddress } from "../src/receiver/node/client-address.ts";
import { isSafeFailure } from "./receiver-support/answers.ts";
import { HELLO, startReceiver, TOKEN, type TestReceiver } from "./receiver-support/receiver.ts";
import { startServer } from "./support/http-server.ts";

let receiver: TestReceiver;

beforeAll(async () => {
  receiver = await startReceiver({ database: openSqlite(":memory:") });
});
afterAll(() => receiver[Symbol.asyncDispose]());

const PATHS = [
  "/webmention",
  "/pingback",
  "/trackback/hello",
  "/comment",
  "/moderate/sign-in",
  "/moderate/decide",
];
const TYPES = [
  "application/x-www-form-urlencoded",
  "application/x-www-form-urlencoded; charset=utf-16",
  "application/x-www-form-urlencoded; charset=x-none",
  "text/xml",
  "application/json",
  "multipart/form-data",
  "",
];

describe("a receiver with arbitrary requests", () => {
  test("responds with a status from its specification, never with an internal error", async () => {
    const field = fc.constantFrom(
      "source",
      "target",
      "url",
      "post",
      "name",
      "text",
      "confirmation",
      "token",
      "vouch",
    );
    const value = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.webUrl(),
      fc.constant(HELLO),
      fc.constant("hello"),
    );
    const form = fc
      .array(fc.tuple(field, value), { maxLength: 8 })
      .map((pairs) =>
        new URLSearchParams(
          pairs.map(([key, text]): [string, string] => [key, text.toWellFormed()]),
        ).toString(),
      );
    const body = fc.oneof(
      form,
      fc.string({ unit: anyCharacter, maxLength: 400 }),
      fc.base64String({ maxLength: 400 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...PATHS),
        fc.constantFrom(...TYPES),
        body,
        async (path, type, text) => {
          const answer = await fetch(receiver.origin + path, {
            method: "POST",
            body: text,
            redirect: "manual",
            headers: { "content-type": type, accept: "text/html" },
          });
          expect(isSafeFailure(answer.status, await answer.text())).toBe(true);
        },
      ),
      propertyRuns(400),
    );
  });

  test("responds to any query of its API with JSON", async () => {
    const name = fc.constantFrom(
      "target",
      "target[]",
      "since",
      "since_id",
      "page",
      "per-page",
      "sort-by",
      "sort-dir",
      "wm-property[]",
    );
    const query = fc.array(fc.tuple(name, fc.oneof(fc.string(), fc.integer().map(String))), { maxLength: 6 });
    const path = fc.constantFrom("mentions.jf2", "mentions.json", "count", "deleted.jf2");
    await fc.assert(
      fc.asyncProperty(path, query, async (file, pairs) => {
        const search = new URLSearchParams(
          pairs.map(([key, text]): [string, string] => [key, text.toWellFormed()]),
        );
        const answer = await receiver.get(`/api/${file}?${search.toString()}`);
        expect(answer.status).toBe(200);
        await answer.json();
      }),
      propertyRuns(200),
    );
  });

  test("parses any XML in bounded time without throwing", () => {
    const tag = fc.constantFrom("methodCall", "methodName", "params", "param", "value", "string", "int", "a");
    const piece = fc.oneof(
      tag.map((name) => `<${name}>`),
      tag.map((name) => `</${name}>`),
      fc.constantFrom(
        "pingback.ping",
        "&amp;",
        "&x;",
        "<![CDATA[x]]>",
        "<!-- x -->",
        "<?x y?>",
        "<!DOCTYPE a>",
        "\u0000",
      ),
      fc.string({ maxLength: 20 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const call = parseCall(pieces.join(""));
        expect(call === null || typeof call.method === "string").toBe(true);
      }),
      propertyRuns(2000),
    );
    expect(parseCall("<a>".repeat(2700))).toBeNull();
  });

  test("refuses sources in forbidden networks, without requesting them", async () => {
    await using closed = await startReceiver({ database: openSqlite(":memory:") });
    for (const source of [
      "http://10.0.0.1/",
      "http://[fd00::1]/",
      "http://169.254.169.254/latest/",
      "http://intranet.local/",
    ]) {
      const answer = await closed.post("/webmention", { source, target: HELLO });
      const found = await closed.verified(answer.headers.get("location") ?? "");
      expect(found.message).toContain("can't be fetched");
    }
  });

  test("disconnects clients that send headers or the body slowly", async () => {
    const begin = "POST /webmention HTTP/1.1\r\nHost: x\r\n";
    const isCutOff = (bytes: string) =>
      new Promise<boolean>((resolve) => {
        const socket = connect(receiver.running.port, "127.0.0.1", () => socket.write(bytes));
        // Sending a byte every second doesn't prevent it.
        const drip = setInterval(() => socket.write("a"), 1000);
        const end = (isClosed: boolean) => {
          clearInterval(drip);
          resolve(isClosed);
        };
        socket.on("close", () => end(true));
        socket.on("error", () => undefined);
        socket.on("data", () => undefined);
        setTimeout(() => end(false), 40_000);
      });
    const form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\nsource=";
    expect(await Promise.all([isCutOff(`${begin}X: `), isCutOff(begin + form)])).toEqual([true, true]);
  });
});

describe("limits", () => {
  const limited = (env: Readonly<Record<string, string>>) =>
    startReceiver({ database: openSqlite(":memory:") }, { env, hasWorker: false });
  const send = (to: TestReceiver, source: string) => to.post("/webmention", { source, target: HELLO });

  test("of one client: responds with 429 and Retry-After", async () => {
    await using to = await limited({ RECEIVER_MAX_PER_ADDRESS: "3" });
    const answers = await Promise.all([1, 2, 3, 4].map((each) => send(to, `https://a${each}.example/`)));
    const late = answers.find(({ status }) => status === 429);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 429]);
    expect(late?.headers.get("retry-after")).toBe("60");
  });

  test("of one host apply to every sender", async () => {
    await using to = await limited({ RECEIVER_MAX_PER_HOST: "2" });
    const statuses = [];
    for (const page of ["1", "2", "3"]) statuses.push((await send(to, `https://a.example/${page}`)).status);
    expect(statuses).toEqual([201, 201, 429]);
    expect((await send(to, "https://b.example/")).status).toBe(201);
  });

  test("of one pair return the same status page, without another job", async () => {
    await using to = await limited({ RECEIVER_MAX_PER_PAIR: "1" });
    const first = await send(to, "https://a.example/");
    const second = await send(to, "https://a.example/");
    expect(second.headers.get("location")).toBe(first.headers.get("location"));
  });

  test("of the queue: responds with 503", async () => {
    await using to = await limited({ RECEIVER_MAX_QUEUE: "1" });
    expect((await send(to, "https://a.example/")).status).toBe(201);
    expect((await send(to, "https://b.example/")).status).toBe(503);
  });

  test("trust only the configured number of proxies", () => {
    const request = new Request("http://x/", {
      headers: { "x-forwarded-for": "6.6.6.6, 1.2.3.4, 10.0.0.9" },
    });
    expect(clientAddress(request, {}, 0)).toBeNull();
    expect(clientAddress(request, {}, 1)).toBe("10.0.0.9");
    expect(clientAddress(request, {}, 2)).toBe("1.2.3.4");
    const seen = (entry: string) =>
      clientAddress(new Request("http://x/", { headers: { "x-forwarded-for": entry } }), {}, 1);
    expect(seen("1.2.3.4:5678")).toBe("1.2.3.4");
    expect(seen("[2001:db8::1]:5678")).toBe("2001:db8::1");
    expect(seen("2001:db8::1")).toBe("2001:db8::1");
  });
});

describe("vouch", () => {
  test("an unknown site needs a vouch, which is a page of a known site that links to it", async () => {
    await using to = await startReceiver(
      { database: openSqlite(":memory:") },
      { env: { RECEIVER_VOUCH: "required" } },
    );
    const source = to.linking("/unknown");
    const send = (vouch?: string) =>
      to.post("/webmention", { source, target: HELLO, ...(vouch === undefined ? {} : { vouch }) });
    expect((await send()).status).toBe(449);
    expect((await send("https://stranger.example/")).status).toBe(400);
    const { setRule } = await import("../src/receiver/store/rules.ts");
    await setRule(to.running.context.database, "localhost", "approve");
    const port = new URL(source).port;
    to.page("/vouch-bad", `<a rel="nofollow" href="${source}">x</a>`);
    const bad = await to.verified(
      (await send(`http://localhost:${port}/vouch-bad`)).headers.get("location") ?? "",
    );
    expect(bad.outcome).toBe("bad-vouch");
    to.page("/vouch-good", `<a href="${source}">x</a>`);
    const good = await to.verified(
      (await send(`http://localhost:${port}/vouch-good`)).headers.get("location") ?? "",
    );
    expect(good.outcome).toBe("waits");
  });
});

describe("hooks", () => {
  /** Waits until a hook with this many failed attempts is postponed. */
  const putBack = (to: TestReceiver, attempts: number) =>
    expect
      .poll(() =>
        to.running.context.database.all("SELECT attempts FROM job WHERE kind = 'hook' AND lease IS NULL"),
      )
      .toEqual([{ attempts }]);

  test("are signed, retried while they fail, and start one rebuild", async () => {
    let failures = 1;
    await using hook = await startServer((request, response) => {
      response.writeHead(request.url === "/hook" && failures-- > 0 ? 500 : 204).end();
    });
    await using to = await startReceiver(
      { database: openSqlite(":memory:") },
      {
        env: {
          RECEIVER_MODERATION: "none",
          RECEIVER_HOOKS: JSON.stringify([{ url: `${hook.origin}/hook`, secret: "shared" }]),
          RECEIVER_DISPATCH: "me/blog",
          RECEIVER_DISPATCH_TOKEN: "github",
          RECEIVER_DISPATCH_API: hook.origin,
        },
      },
    );
    const source = to.linking("/hooked");
    await to.mention(source);
    const calls = (path: string) => hook.seen.filter(({ url }) => url === path);
    await expect.poll(() => calls("/hook").length).toBe(1);
    await putBack(to, 1);
    to.pass(61_000);
    await expect.poll(() => calls("/hook").length).toBe(2);
    const [, call] = calls("/hook");
    expect(JSON.parse(call?.body ?? "")).toEqual({
      event: "published",
      source,
      target: HELLO,
      slug: "hello",
    });
    const signature = `sha256=${createHmac("sha256", "shared")
      .update(call?.body ?? "")
      .digest("hex")}`;
    expect(call?.headers["x-webmention-signature"]).toBe(signature);
    await expect.poll(() => calls("/repos/me/blog/dispatches").length).toBe(1);
    expect(calls("/repos/me/blog/dispatches")[0]).toMatchObject({
      body: `{"event_type":"backfence-response"}`,
      headers: { authorization: "Bearer github" },
    });
  });

  test("report that an approved response is pending again, and an old failure doesn't delay a new event", async () => {
    let status = 204;
    await using hook = await startServer((_request, response) => void response.writeHead(status).end());
    await using to = await startReceiver(
      { database: openSqlite(":memory:") },
      {
        env: {
          RECEIVER_MODERATION: "none",
          RECEIVER_HOOKS: JSON.stringify([{ url: `${hook.origin}/hook`, secret: "shared" }]),
        },
      },
    );
    const events = () => hook.seen.map(({ body }) => (JSON.parse(body) as { event: string }).event);
    const source = to.linking("/turning", HELLO, "<h1>Thoughts</h1>");
    await to.mention(source);
    await expect.poll(events).toEqual(["published"]);
    status = 503;
    to.linking("/turning", HELLO, `<title>Other thoughts</title>`);
    await to.mention(source);
    await putBack(to, 1);
    to.pass(2 * 60_000);
    await putBack(to, 2);
    to.pass(6 * 60_000);
    await putBack(to, 3);
    // The next attempt is in half an hour.
    status = 204;
    const entry = `<div class="h-entry"><a class="u-in-reply-to" href="${HELLO}">re</a><a class="p-author h-card" href="/x">Cheap Viagra pills</a><p class="e-content">Buy cheap pills, visit our site https://pills.example/ now</p></div>`;
    to.page("/turning", entry);
    await to.mention(source);
    await expect.poll(() => to.responses("approved")).toEqual([]);
    await expect.poll(() => events().at(-1)).toBe("deleted");
    expect(hook.seen).toHaveLength(5);
  });

  test.each([
    [
      "that sends its caller elsewhere",
      (to: ServerResponse) => to.writeHead(307, { location: "/elsewhere" }).end(),
      "failed",
    ],
    ["that is gone", (to: ServerResponse) => to.writeHead(410).end(), "failed"],
    ["whose answer never ends", (to: ServerResponse) => to.writeHead(200).write("x"), "delivered"],
    ["that breaks off", (to: ServerResponse) => to.destroy(), "again"],
    ["that isn't HTTP", (to: ServerResponse) => to.socket?.end("Hello?\r\n\r\n"), "again"],
  ] as const)("a server %s", async (_what, answer, outcome) => {
    await using hook = await startServer((_request, response) => void answer(response));
    await using to = await startReceiver(
      { database: openSqlite(":memory:") },
      {
        env: {
          RECEIVER_MODERATION: "none",
          RECEIVER_HOOKS: JSON.stringify([{ url: `${hook.origin}/hook`, secret: "shared" }]),
        },
      },
    );
    await to.mention(to.linking("/hooked"));
    if (outcome === "again") await putBack(to, 1);
    else {
      const counted = () =>
        to.running.context.database.all("SELECT count FROM metric WHERE name = ?", `hook_${outcome}`);
      await expect.poll(counted).toEqual([{ count: 1 }]);
      expect(await to.running.context.database.all("SELECT id FROM job")).toEqual([]);
    }
    expect(hook.seen.map(({ url }) => url)).toEqual(["/hook"]);
  });

  test("report deletions, are retried for 14 hours and then dropped; refused ones aren't retried", async () => {
    const statuses = [204, 400, 500, 429, 408, 503, 500, 500];
    await using hook = await startServer((_request, response) => {
      response.writeHead(statuses[hook.seen.length - 1] ?? 204).end();
    });
    await using to = await startReceiver(
      { database: openSqlite(":memory:") },
      {
        env: {
          RECEIVER_MODERATION: "none",
          RECEIVER_HOOKS: JSON.stringify([{ url: `${hook.origin}/hook`, secret: "shared" }]),
        },
      },
    );
    const called = (count: number) => expect.poll(() => hook.seen.length).toBe(count);
    const idle = () =>
      expect.poll(async () => (await to.running.context.database.all("SELECT id FROM job")).length).toBe(0);
    const source = to.linking("/hooked");
    await to.mention(source);
    await called(1);
    to.page("/hooked", { status: 410 });
    await to.mention(source);
    await called(2);
    expect(JSON.parse(hook.seen[1]?.body ?? "")).toEqual({
      event: "deleted",
      deleted: true,
      source,
      target: HELLO,
      slug: "hello",
    });
    await idle();
    to.linking("/hooked");
    await to.mention(source);
    await called(3);
    for (const [at, minutes] of [1, 5, 30, 120, 720].entries()) {
      await putBack(to, at + 1);
      to.pass((minutes - 0.5) * 60_000);
      expect(hook.seen.length).toBe(3 + at);
      to.pass(60_000);
      await called(4 + at);
    }
    await idle();
    const metrics = await to.get("/metrics", { headers: { authorization: `Bearer ${TOKEN}` } });
    const text = await metrics.text();
    expect(text).toMatch(/event="hook_failed"\} 2\n/);
    expect(text).toMatch(/event="hook_delivered"\} 1\n/);
  });
});
