/** W3C Webmention, receiver: R1 to R13 in docs/receiver.md, over HTTP, on each database. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GuardedClient } from "../src/lib/protocols/guarded-fetch.ts";
import { moderate } from "../src/receiver/moderate.ts";
import type { Database } from "../src/receiver/store/database.ts";
import { openSqlite } from "../src/receiver/store/sqlite.ts";
import { workUntilIdle } from "../src/receiver/worker.ts";
import { ADAPTERS, type TestDatabase } from "./receiver-support/databases.ts";
import { CLOSED, HELLO, SITE, startReceiver, type TestReceiver } from "./receiver-support/receiver.ts";

describe.each(Object.entries(ADAPTERS))("a webmention, stored in %s", (_name, open) => {
  let opened: TestDatabase;
  let receiver: TestReceiver;

  beforeAll(async () => {
    opened = await open();
    receiver = await startReceiver(opened, { env: { RECEIVER_MODERATION: "none" } });
  });
  afterAll(async () => {
    await receiver[Symbol.asyncDispose]();
    if (_name === "D1") await opened.close();
  });

  const stored = async (source: string) =>
    (
      await Promise.all(
        (["approved", "pending", "spam", "deleted"] as const).map((status) => receiver.responses(status)),
      )
    )
      .flat()
      .find(({ record }) => record["wm-source"] === source);

  describe.each([
    ["source", "ftp://a.example/x"],
    ["source", "javascript:alert(1)"],
    ["source", "not an address"],
    ["source", "https://user:word@a.example/"],
    ["source", ""],
    ["target", "mailto:a@me.example"],
    ["target", "https://me.example:pass@evil.example/"],
    ["target", ""],
  ])("R1: whose %s is %j", (name, value) => {
    test("gets a 400 response", async () => {
      const fields = { source: "https://a.example/1", target: HELLO, [name]: value };
      const answer = await receiver.post("/webmention", fields);
      expect(answer.status).toBe(400);
      expect(await answer.text()).not.toMatch(/\n\s+at /);
    });
  });

  test("R1: whose source and target are both invalid gets a 400 response", async () => {
    expect((await receiver.post("/webmention", { source: "nonsense", target: "nonsense" })).status).toBe(400);
  });

  test.each([HELLO, `${HELLO}#x`, HELLO.replace("https", "http"), "https://ME.example:443/posts/hello/"])(
    "R2: whose source %j is the target gets a 400 response",
    async (source) => {
      const answer = await receiver.post("/webmention", { source, target: HELLO });
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining("same page")]);
    },
  );

  test.each([
    ["another site", "https://other.example/posts/hello/"],
    ["no post", `${SITE}posts/none/`],
    ["a closed post", CLOSED],
  ])("R3: for %s gets a 400 response immediately", async (_what, target) => {
    const answer = await receiver.post("/webmention", { source: receiver.linking("/r3", target), target });
    expect(answer.status).toBe(400);
    expect(receiver.seen.filter(({ url }) => url === "/r3")).toEqual([]);
  });

  test("R3: finds the post, with any fragment in the target", async () => {
    expect(
      await receiver.mention(receiver.linking("/r3-fragment", `${HELLO}#part`), `${HELLO}#part`),
    ).toMatchObject({
      outcome: "shown",
    });
  });

  test("R4: gets a 201 response with the URL of a status page, for programs and people", async () => {
    const source = receiver.linking("/r4");
    const answer = await receiver.post("/webmention", { source, target: HELLO });
    expect(answer.status).toBe(201);
    const location = answer.headers.get("location") ?? "";
    expect(location).toMatch(/^http:\/\/127\.0\.0\.1:1\/status\/[\da-f]{32}$/);
    await receiver.verified(location);
    const path = new URL(location).pathname;
    expect(await (await receiver.get(path)).json()).toMatchObject({ status: "shown", source, target: HELLO });
    const page = await receiver.get(path, { headers: { accept: "text/html" } });
    expect(await page.text()).toContain("shown with the next update");
    expect((await receiver.get("/status/none")).status).toBe(404);
  });

  test("R5: gets a response before its source responds", async () => {
    const source = receiver.page("/r5", { isSilent: true });
    const answer = await receiver.post("/webmention", { source, target: HELLO });
    expect(answer.status).toBe(201);
    const status = await receiver.get(new URL(answer.headers.get("location") ?? "").pathname);
    expect(await status.json()).toMatchObject({ status: "queued" });
  });

  test("R6: follows redirects of the source, up to a limit", async () => {
    receiver.linking("/r6-end");
    const source = receiver.page("/r6", { status: 302, headers: { location: "/r6-mid" } });
    receiver.page("/r6-mid", { status: 301, headers: { location: "/r6-end" } });
    expect(await receiver.mention(source)).toMatchObject({ outcome: "shown" });
    expect((await stored(source))?.record["wm-source"]).toBe(source);
    const loop = receiver.page("/r6-loop", { status: 302, headers: { location: "/r6-loop" } });
    expect(await receiver.mention(loop)).toMatchObject({
      isDone: false,
      message: expect.stringContaining("can't be fetched"),
    });
    expect(receiver.seen.filter(({ url }) => url === "/r6-loop").length).toBeLessThan(21);
  });

  describe("R7: counts when its source", () => {
    test.each([
      ["links", "text/html", `<a href="${HELLO}">x</a>`, "shown"],
      ["shows a picture", "text/html", `<img src="${HELLO}">`, "shown"],
      ["plays a film", "text/html", `<video src="${HELLO}"></video>`, "shown"],
      ["plays a sound", "text/html", `<audio src="${HELLO}"></audio>`, "shown"],
      ["doesn't name it", "text/html", "<p>Nothing</p>", "no-link"],
      ["names it in JSON", "application/json", JSON.stringify({ a: [{ b: HELLO }] }), "shown"],
      ["names it in text", "text/plain", `see ${HELLO}.`, "shown"],
      ["only names it in the text of a page", "text/html", `<p>${HELLO}</p>`, "no-link"],
      ["only names it in a comment", "text/html", `<!-- <a href="${HELLO}">x</a> -->`, "no-link"],
      ["links to a longer address", "text/html", `<a href="${HELLO}more">x</a>`, "no-link"],
      ["links to a shorter address", "text/html", `<a href="${SITE}posts/">x</a>`, "no-link"],
      ["names a longer one in JSON", "application/json", JSON.stringify({ a: `${HELLO}?x` }), "no-link"],
      ["names a longer one in text", "text/plain", `see ${HELLO}more`, "no-link"],
      ["is a picture", "image/png", HELLO, "unreadable"],
    ])("%s", async (what, type, body, outcome) => {
      const source = receiver.page(`/r7/${encodeURIComponent(what)}`, { type, body });
      expect(await receiver.mention(source)).toMatchObject({ outcome });
      expect((await stored(source)) !== undefined).toBe(outcome === "shown");
    });
  });

  test.each([
    ["twice the source", "source=https://a.example/&source=https://b.example/&target=x", undefined, 400],
    ["JSON", `{"source":"x"}`, "application/json", 400],
    ["a form with files", "x", "multipart/form-data; boundary=x", 400],
    ["nothing", "", undefined, 400],
    ["a body that is too large", `source=${"x".repeat(70_000)}`, undefined, 413],
  ])("R8: with %s is refused with a 4xx status", async (_what, body, type, status) => {
    const headers = { "content-type": type ?? "application/x-www-form-urlencoded" };
    const answer = await fetch(`${receiver.origin}/webmention`, { method: "POST", body, headers });
    expect(answer.status).toBe(status);
  });

  test("R8: with another method gets a 405 response", async () => {
    const answer = await receiver.get("/webmention");
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
  });

  test("R8: while the database fails gets a 500 response, without details", async () => {
    const log: string[] = [];
    const database: Database = {
      all: () => Promise.reject(new Error("secret of the database\u001B[31m")),
      batch: () => Promise.reject(new Error("secret of the database")),
      close: () => undefined,
    };
    await using failing = await startReceiver(
      { database },
      { hasWorker: false, log: (line) => log.push(line) },
    );
    const answer = await failing.post("/webmention", { source: "https://a.example/", target: HELLO });
    expect([answer.status, await answer.text()]).toEqual([
      500,
      "The receiver had an error of its own; please try again later.\n",
    ]);
    expect(log).toEqual(['POST failed: Error: "secret of the database\\u001b[31m"']);
  });

  test("R9: sent again updates the response, or nothing if the source is unchanged", async () => {
    const entry = (text: string) =>
      `<div class="h-entry"><a class="p-author h-card" href="/">Ann</a>
       <a class="u-in-reply-to" href="${HELLO}">re</a><p class="e-content">${text}</p></div>`;
    const source = receiver.page("/r9", entry("First"));
    expect(await receiver.mention(source)).toMatchObject({ outcome: "shown" });
    const first = await stored(source);
    expect(first?.record).toMatchObject({ "wm-property": "in-reply-to", author: { name: "Ann" } });
    expect(await receiver.mention(source)).toMatchObject({ outcome: "same" });
    expect((await stored(source))?.record).toEqual(first?.record);
    receiver.page("/r9", entry("Second"));
    expect(await receiver.mention(source)).toMatchObject({ outcome: "updated" });
    const second = await stored(source);
    expect(second?.id).toBe(first?.id);
    expect(second?.record.content?.text).toBe("Second");
    expect(second?.record["wm-received"]).toBe(first?.record["wm-received"]);
  });

  test.each([
    ["answers 410", { status: 410 }],
    ["no longer links", "<p>Never mind"],
    ["declares that it's gone", `<meta http-equiv="Status" content="410 Gone"><a href="${HELLO}">x</a>`],
  ] as const)("R10: whose source %s deletes the response", async (what, page) => {
    const path = `/r10/${encodeURIComponent(what)}`;
    const source = receiver.linking(path);
    await receiver.mention(source);
    receiver.page(path, page);
    expect(await receiver.mention(source)).toMatchObject({ outcome: "deleted" });
    const deleted = await stored(source);
    expect(deleted).toMatchObject({
      status: "deleted",
      record: { author: { name: "" }, "deleted-by": "source" },
    });
    receiver.linking(path);
    expect(await receiver.mention(source)).toMatchObject({ outcome: "shown" });
  });

  test("R10: whose source has an error deletes nothing; a 404 only when it persists", async () => {
    const source = receiver.linking("/r10-404");
    await receiver.mention(source);
    receiver.page("/r10-404", { status: 503 });
    await receiver.mention(source);
    expect((await stored(source))?.status).toBe("approved");
    receiver.page("/r10-404", { status: 404 });
    receiver.pass(61_000);
    await expect.poll(async () => (await stored(source))?.misses).toBe(1);
    expect((await stored(source))?.status).toBe("approved");
    receiver.pass(11 * 60_000);
    await expect.poll(async () => (await stored(source))?.misses).toBe(2);
    receiver.pass(61 * 60_000);
    await expect.poll(async () => (await stored(source))?.status).toBe("deleted");
  });

  test("R11: reads no more than a megabyte of its source", async () => {
    const source = receiver.page("/r11", `${"<p>x</p>".repeat(200_000)}<a href="${HELLO}">x</a>`);
    expect(await receiver.mention(source)).toMatchObject({ outcome: "unreadable" });
  });

  test("R12: with hostile markup is stored and shown without the markup", async () => {
    const source = receiver.page(
      "/r12",
      `<div class="h-entry"><a class="p-author h-card" href="javascript:alert(1)"><img src=x onerror=alert(1)>
       <span class="p-name">&lt;script>alert(1)&lt;/script>Eve\u202E</span></a><a class="u-in-reply-to" href="${HELLO}">x</a>
       <div class="e-content"><script>alert(1)</script><b onclick="alert(1)">hi</b><a href="data:text/html,x">y</a></div></div>`,
    );
    await receiver.mention(source);
    const shown = JSON.stringify((await stored(source))?.record);
    expect(shown).not.toMatch(/onclick|onerror|javascript:|data:|\u202E/);
    const page = await receiver.get("/api/mentions.jf2?per-page=1000");
    expect(page.headers.get("content-type")).toMatch(/^application\/json/);
  });

  test("R13: is accepted without cookies, and no cookie is ever set", async () => {
    const answer = await receiver.post("/webmention", { source: receiver.linking("/r13"), target: HELLO });
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  test("that is private is refused", async () => {
    const fields = { source: receiver.linking("/private"), target: HELLO, code: "abc" };
    expect((await receiver.post("/webmention", fields)).status).toBe(400);
  });

  test("from a source without an h-entry has the page's title and host", async () => {
    const source = receiver.linking("/plain", HELLO, "<title>A page</title>");
    await receiver.mention(source);
    expect((await stored(source))?.record).toMatchObject({
      name: "A page",
      "wm-property": "mention-of",
      author: { name: "127.0.0.1" },
    });
  });

  test.each(["like-of", "repost-of", "bookmark-of"])("has the kind %s", async (kind) => {
    const source = receiver.page(
      `/kind/${kind}`,
      `<div class="h-entry"><a class="u-${kind}" href="${HELLO}">x</a></div>`,
    );
    await receiver.mention(source);
    expect((await stored(source))?.record["wm-property"]).toBe(kind);
  });

  test("with an impossible date is stored without the date", async () => {
    const source = receiver.page(
      "/date",
      `<div class="h-entry"><time class="dt-published" datetime="2025-02-30">x</time><a class="u-like-of" href="${HELLO}">x</a></div>`,
    );
    await receiver.mention(source);
    expect((await stored(source))?.record.published).toBeUndefined();
  });
});

test("a moderation decision made while an update is fetched is kept", async () => {
  await using receiver = await startReceiver(
    { database: openSqlite(":memory:") },
    { hasWorker: false, env: { RECEIVER_MODERATION: "none" } },
  );
  const { context } = receiver.running;
  const page = (words: string) =>
    `<div class="h-entry"><a class="u-in-reply-to" href="${HELLO}">re</a> <p class="e-content">${words}</p></div>`;
  const source = receiver.page("/decided", page("Words"));
  await receiver.post("/webmention", { source, target: HELLO });
  await workUntilIdle(context, 1);
  const [first] = await receiver.responses("approved");
  if (first === undefined) throw new Error("It's shown");
  receiver.page("/decided", page("More words"));
  await receiver.post("/webmention", { source, target: HELLO });
  const client: GuardedClient = {
    fetch: async (...request) => {
      const answer = await context.client.fetch(...request);
      await moderate(context, first.id, "spam");
      return answer;
    },
  };
  await workUntilIdle({ ...context, client }, 1);
  expect((await receiver.responses("spam")).map(({ id }) => id)).toEqual([first.id]);
});
