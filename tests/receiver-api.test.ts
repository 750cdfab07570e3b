/** webmention.io's API as clients use it: shapes, pagination, `since_id`, deletions. */
import { JSDOM } from "jsdom";
import { mf2 } from "microformats-parser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { ADAPTERS, type TestDatabase } from "./receiver-support/databases.ts";
import { CLOSED, HELLO, startReceiver, type TestReceiver } from "./receiver-support/receiver.ts";

const feedSchema = z.object({
  type: z.literal("feed"),
  name: z.string(),
  children: z.array(z.looseObject({ type: z.literal("entry"), "wm-id": z.int(), "wm-source": z.string() })),
  paging: z.object({ "per-page": z.int(), page: z.int(), total: z.int(), "total-pages": z.int() }).optional(),
});

const KINDS = ["in-reply-to", "like-of", "repost-of", "bookmark-of", "mention-of"] as const;

describe.each(Object.entries(ADAPTERS))("stored in %s", (name, open) => {
  let opened: TestDatabase;
  let receiver: TestReceiver;
  const sources: string[] = [];

  beforeAll(async () => {
    opened = await open();
    receiver = await startReceiver(opened, { env: { RECEIVER_MODERATION: "none" } });
    for (const kind of [...KINDS, ...KINDS.slice(0, 2)])
      sources.push(await received(`/${sources.length}`, kind));
  });
  afterAll(async () => {
    await receiver[Symbol.asyncDispose]();
    if (name === "D1") await opened.close();
  });

  async function received(
    path: string,
    kind: (typeof KINDS)[number],
    text = `Text of ${path}`,
    more = `<time class="dt-published" datetime="2026-05-01T10:00:00+02:00">x</time>`,
  ): Promise<string> {
    const link =
      kind === "mention-of" ? `<a href="${HELLO}">x</a>` : `<a class="u-${kind}" href="${HELLO}">x</a>`;
    const source = receiver.page(
      path,
      `<div class="h-entry"><a class="p-author h-card" href="/ann"><img src="/ann.jpg" alt="Ann"></a>
       ${link}${more}
       <div class="e-content"><p>${text}</p></div></div>`,
    );
    receiver.pass(1000);
    await receiver.mention(source);
    return source;
  }

  /** Removes a response completely. */
  async function removed(source: string): Promise<void> {
    await opened.database.all(
      "DELETE FROM publication WHERE response IN (SELECT id FROM response WHERE source = ?)",
      source,
    );
    await opened.database.all("DELETE FROM response WHERE source = ?", source);
  }

  const feed = async (path: string) => feedSchema.parse(await (await receiver.get(`/api/${path}`)).json());
  const sourcesIn = async (path: string) => (await feed(path)).children.map((child) => child["wm-source"]);

  test("a mention has webmention.io's properties", async () => {
    const { children } = await feed("mentions.jf2?sort-dir=up&per-page=1");
    const origin = new URL(sources[0] ?? "").origin;
    expect(children[0]).toEqual({
      type: "entry",
      author: { type: "card", name: "Ann", url: `${origin}/ann`, photo: `${origin}/ann.jpg` },
      url: sources[0],
      published: "2026-05-01T10:00:00+02:00",
      "wm-received": expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      "wm-id": 1_000_000_001,
      "wm-source": sources[0],
      "wm-target": HELLO,
      "wm-protocol": "webmention",
      "wm-property": "in-reply-to",
      "in-reply-to": HELLO,
      "wm-private": false,
      content: { html: "<p>Text of /0</p>", text: "Text of /0" },
    });
  });

  test("each kind has the property that links to the post", async () => {
    const { children } = await feed("mentions.jf2?per-page=100");
    for (const child of children) expect(child[String(child["wm-property"])]).toBe(HELLO);
    expect(new Set(children.map((child) => child["wm-property"]))).toEqual(new Set(KINDS));
  });

  test("pages contain each mention once, in both sort directions", async () => {
    const paged = [];
    for (const page of [0, 1, 2, 3, 4]) {
      const { children, paging } = await feed(`mentions.jf2?per-page=3&page=${page}&sort-dir=up`);
      expect(paging).toEqual({ "per-page": 3, page, total: 7, "total-pages": 3 });
      paged.push(children.map((child) => child["wm-source"]));
    }
    expect(paged.map(({ length }) => length)).toEqual([3, 3, 1, 0, 0]);
    expect(paged.flat()).toEqual(sources);
    expect(await sourcesIn("mentions.jf2?per-page=100")).toEqual([...sources].reverse());
    expect((await feed("mentions.jf2")).paging?.["per-page"]).toBe(20);
  });

  test("can be filtered by target in any spelling, by several targets, and by kind", async () => {
    const by = async (query: string) => (await sourcesIn(`mentions.jf2?per-page=100&${query}`)).length;
    expect(await by(`target=${encodeURIComponent(HELLO)}`)).toBe(7);
    expect(await by(`target=${encodeURIComponent("http://me.example/posts/hello")}`)).toBe(7);
    expect(await by(`target=${encodeURIComponent("https://me.example/2008/03/hello.html")}`)).toBe(7);
    expect(await by(`target[]=${encodeURIComponent(CLOSED)}&target[]=${encodeURIComponent(HELLO)}`)).toBe(7);
    expect(await by(`target=${encodeURIComponent(CLOSED)}`)).toBe(0);
    expect(await by("wm-property=like-of")).toBe(2);
    expect(await by("wm-property[]=like-of&wm-property[]=repost-of")).toBe(3);
    expect(await by(`target=${encodeURIComponent("//me.example/posts/hello/")}`)).toBe(7);
    expect(await by(`target[0]=${encodeURIComponent(CLOSED)}&target[1]=${encodeURIComponent(HELLO)}`)).toBe(
      7,
    );
    expect(await by(`target[]=${encodeURIComponent(HELLO)}&`.repeat(60))).toBe(7);
    expect(await by("wm-property[0]=like-of&wm-property[1]=repost-of")).toBe(3);
    expect(await by("wm-property[]=nothing")).toBe(0);
    expect((await feed("mentions.jf2?perPage=2")).children.length).toBe(2);
    expect(await by("since=2999-01-01")).toBe(0);
    expect(await by("since=2026-01-01T00:00:00Z")).toBe(7);
  });

  test.each([
    `count?target=${encodeURIComponent(HELLO)}`,
    `count.json?target[]=${encodeURIComponent(HELLO)}&target[]=${encodeURIComponent(CLOSED)}`,
    "count",
  ])("are counted by kind, at %s", async (path) => {
    expect(await (await receiver.get(`/api/${path}`)).json()).toEqual({
      count: 7,
      type: { reply: 2, like: 2, repost: 1, bookmark: 1, mention: 1 },
    });
  });

  test.each(["mentions.html", "links.html"])("are an h-feed at %s", async (path) => {
    const answer = await receiver.get(`/api/${path}?sort-dir=up&per-page=2`);
    expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
    const [parsed] = mf2(await answer.text(), { baseUrl: receiver.origin }).items;
    const entries = (parsed?.children ?? []).map(({ type, properties }) => ({ type, ...properties }));
    expect(entries).toEqual([
      expect.objectContaining({
        type: ["h-entry"],
        url: [sources[0]],
        published: ["2026-05-01T10:00:00+02:00"],
        "in-reply-to": [HELLO],
        author: [expect.objectContaining({ value: "Ann" })],
        content: [expect.objectContaining({ value: "Text of /0" })],
      }),
      expect.objectContaining({ url: [sources[1]] }),
    ]);
  });

  test("can be requested from any page, with any headers", async () => {
    const answer = await receiver.get("/api/mentions.jf2", {
      method: "OPTIONS",
      headers: {
        origin: "https://me.example",
        "access-control-request-method": "GET",
        "access-control-request-headers": "content-type, x-requested-with",
      },
    });
    const { status, headers } = answer;
    expect([status, headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
    expect(headers.get("access-control-allow-headers")).toBe("content-type,x-requested-with");
    expect((await receiver.get("/api/mentions.jf2", { method: "POST" })).status).toBe(405);
  });

  test("are sorted by publication time, in any time zone", async () => {
    const at = (time: string) => `<time class="dt-published" datetime="${time}">x</time>`;
    const early = await received("/early", "like-of", "", at("2026-05-01T10:00:00+14:00"));
    const late = await received("/late", "like-of", "", at("2026-05-01T09:00:00-11:00"));
    try {
      const sorted = async (dir: string) =>
        await sourcesIn(`mentions.jf2?sort-by=published&sort-dir=${dir}&per-page=100`);
      expect((await sorted("up"))[0]).toBe(early);
      expect((await sorted("down"))[0]).toBe(late);
      expect((await sorted("down")).at(-1)).toBe(early);
    } finally {
      for (const source of [early, late]) await removed(source);
    }
  });

  test("are sorted by RSVP value", async () => {
    const guests = [];
    for (const rsvp of ["yes", "maybe", "no"])
      guests.push(
        await received(`/rsvp-${rsvp}`, "in-reply-to", "", `<data class="p-rsvp" value="${rsvp}"></data>`),
      );
    try {
      const query = "mentions.jf2?wm-property=rsvp&sort-by=rsvp&sort-dir=up";
      const { children } = await feed(query);
      expect(children.map(({ rsvp }) => rsvp)).toEqual(["maybe", "no", "yes"]);
    } finally {
      for (const source of guests) await removed(source);
    }
  });

  test("are also available as an Atom feed", async () => {
    const answer = await receiver.get("/api/mentions.atom?sort-dir=up&wm-property=in-reply-to");
    expect(answer.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
    const { document } = new JSDOM(await answer.text(), { contentType: "application/xml" }).window;
    const texts = (name: string) =>
      [...document.querySelectorAll(name)].map(({ textContent }) => textContent);
    expect(texts("feed > id")).toEqual([
      `${receiver.options.url}/api/mentions.atom?sort-dir=up&wm-property=in-reply-to`,
    ]);
    expect(texts("entry > title")).toEqual(["Text of /0", "Text of /5"]);
    expect(texts("entry > author > name")).toEqual(["Ann", "Ann"]);
    expect(texts("entry > content")).toEqual(["<p>Text of /0</p>", "<p>Text of /5</p>"]);
    expect(texts("entry > published")[0]).toBe("2026-05-01T08:00:00.000Z");
    expect(new Set(texts("entry > id")).size).toBe(2);
    expect(document.querySelector("entry > link")?.getAttribute("href")).toBe(sources[0]);
    const empty = await receiver.get(`/api/mentions.atom?target=${encodeURIComponent(CLOSED)}`);
    expect(await empty.text()).toMatch(/<updated>\d{4}-.*Z<\/updated>/);
  });

  test.each(["mentions.json", "mentions", "links.json", "links"])("%s has the legacy shape", async (path) => {
    const { links } = z
      .object({ links: z.array(z.unknown()) })
      .parse(await (await receiver.get(`/api/${path}?sort-dir=up`)).json());
    const origin = new URL(sources[0] ?? "").origin;
    expect(links).toHaveLength(7);
    expect(links[0]).toEqual({
      source: sources[0],
      verified: true,
      verified_date: expect.stringMatching(/Z$/),
      id: 1_000_000_001,
      private: false,
      data: {
        author: { name: "Ann", url: `${origin}/ann`, photo: `${origin}/ann.jpg` },
        url: sources[0],
        name: null,
        content: "<p>Text of /0</p>",
        published: "2026-05-01T10:00:00+02:00",
        published_ts: Date.parse("2026-05-01T08:00:00Z") / 1000,
      },
      activity: { type: "reply" },
      target: HELLO,
    });
  });

  test("a client that continues from the last ID gets new, edited and deleted mentions, and nothing twice", async () => {
    let last = 0;
    /** Fetches all pages after the last ID. */
    const walk = async () => {
      const found: string[] = [];
      for (;;) {
        const { children } = await feed(`mentions.jf2?sort-dir=up&per-page=2&since_id=${last}`);
        if (children.length === 0) return found;
        found.push(...children.map((child) => child["wm-source"]));
        last = children.at(-1)?.["wm-id"] ?? last;
      }
    };
    expect(await walk()).toEqual(sources);
    expect(await walk()).toEqual([]);
    const fresh = await received("/fresh", "like-of");
    await received("/2", "repost-of", "Edited");
    expect(await walk()).toEqual([fresh, sources[2]]);
    const gone = (await feed("deleted.jf2")).children;
    expect(gone).toEqual([]);
    receiver.page("/3", { status: 410 });
    await receiver.mention(sources[3] ?? "");
    expect(await walk()).toEqual([]);
    const deleted = (await feed("deleted.jf2")).children;
    expect(deleted).toEqual([
      { type: "entry", "wm-id": 1_000_000_004, "wm-source": sources[3], "wm-target": HELLO },
    ]);
    expect((await feed("deleted.jf2?since_id=1000000004")).children).toEqual([]);
    expect((await feed(`deleted.jf2?target=${encodeURIComponent(HELLO)}`)).children.length).toBe(1);
    expect((await feed(`deleted.jf2?target=${encodeURIComponent(CLOSED)}`)).children).toEqual([]);
    expect(await sourcesIn("mentions.jf2?per-page=100")).not.toContain(sources[3]);
    // For clients, a response that is pending again is deleted until it's approved again.
    const like = (await receiver.responses("approved")).find(({ record }) => record["wm-source"] === fresh);
    await receiver.decide(like?.id ?? 0, "pending");
    expect((await feed("deleted.jf2")).children.map((child) => child["wm-source"])).toContain(fresh);
    await receiver.decide(like?.id ?? 0, "approved");
    expect(await walk()).toEqual([fresh]);
    expect((await feed("deleted.jf2")).children.map((child) => child["wm-source"])).not.toContain(fresh);
  });
});
