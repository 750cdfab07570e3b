import { describe, expect, test } from "vitest";
import { startServer } from "../../../tests/support/http-server.ts";
import { actor } from "../../../tests/support/networks/app-view.ts";
import type { NetworkFault } from "../../../tests/support/networks/faults.ts";
import { account } from "../../../tests/support/networks/mastodon-server.ts";
import { COPY_ID, ROOT, setUpReading } from "../../../tests/support/networks/reading.ts";
import { authorAccount } from "../content/author-accounts.ts";
import { isOwnResponse } from "../responses/own-responses.ts";
import { conversationOf } from "../responses/threads.ts";

const reading = setUpReading();
const { pulling, pull, reply, answer } = reading;
const { records } = pulling;

const texts = () => records().map((record) => record.content?.text ?? record["wm-property"]);
const alive = () => records().filter(({ status }) => status !== "deleted");
const byText = (text: string) => records().find((record) => record.content?.text === text);

describe("a thread on Mastodon", () => {
  test("is imported with parents, likes and boosts, and a second pull changes nothing", async () => {
    reply("2000", "ann");
    reply("2001", "bo", { parent: "2000" });
    reading.mastodon.favourites.set(COPY_ID, [account("cy"), account("di")]);
    reading.mastodon.boosts.set(COPY_ID, [account("ed")]);
    const report = await pull();
    expect(report.faults).toEqual([]);
    expect(byText("Reply 2001")?.["in-reply-to"]).toBe(byText("Reply 2000")?.["wm-id"]);
    expect(byText("Reply 2000")).toMatchObject({
      "wm-protocol": "mastodon",
      author: {
        name: "Person ann",
        uid: `${reading.mastodon.origin}/users/ann`,
        nickname: `@ann@${new URL(reading.mastodon.origin).host}`,
      },
      status: "approved",
    });
    const { counts, threads } = conversationOf(records(), { siteUrl: "https://me.example/blog/" });
    expect(counts).toMatchObject({ comments: 2, likes: 2, reposts: 1, total: 5 });
    expect(threads[0]?.replies).toHaveLength(1);
    const before = pulling.snapshot();
    expect(await pull()).toMatchObject({ changes: [], hasChanged: false });
    const stored = Object.entries(pulling.snapshot()).filter(([name]) => name.startsWith("content"));
    expect(Object.fromEntries(stored)).toEqual(
      Object.fromEntries(Object.entries(before).filter(([name]) => name.startsWith("content"))),
    );
  });

  test("is updated after edits, deletions and un-likes, and keeps replies to a deleted reply", async () => {
    reply("2000", "ann");
    reply("2001", "bo", { parent: "2000" });
    reading.mastodon.favourites.set(COPY_ID, [account("cy"), account("di")]);
    await pull();
    const parent = byText("Reply 2000");
    reading.mastodon.statuses.delete("2000");
    // A real server sets the parent to null, and the reply leaves the thread but keeps its URL.
    reply("2001", "bo", { parent: null, content: "<p>Edited</p>", edited: "2026-02-03T10:00:00.000Z" });
    reading.mastodon.favourites.set(COPY_ID, [account("di")]);
    await pull();
    expect(records().find((record) => record["wm-id"] === parent?.["wm-id"])).toMatchObject({
      status: "deleted",
      "deleted-by": "source",
      author: { name: "" },
    });
    expect(alive().filter((record) => record["wm-property"] === "like-of")).toHaveLength(1);
    expect(alive().filter((record) => record["wm-property"] === "in-reply-to")).toHaveLength(1);
    reply("2001", "bo", { content: "<p>Edited</p>", edited: "2026-02-03T10:00:00.000Z" });
    await pull();
    expect(byText("Edited")).toMatchObject({ updated: "2026-02-03T10:00:00.000Z" });
  });

  test("includes all pages of likes, only from the copy's server, whatever the Link header says", async () => {
    reading.mastodon.perPage = 7;
    const people = Array.from({ length: 30 }, (_, index) =>
      account(`p${String.fromCharCode(97 + (index % 26))}${index}`),
    );
    reading.mastodon.favourites.set(COPY_ID, people);
    await pull();
    expect(alive()).toHaveLength(30);
    reading.mastodon.favourites.set(COPY_ID, [account("new"), ...people]);
    reading.mastodon.headers = { link: '<https://evil.example/steal>; rel="next"' };
    const report = await pull();
    expect(report.faults.map(({ kind }) => kind)).toEqual(["badAnswer"]);
    expect(alive()).toHaveLength(30);
  });

  test("that the server truncates without a token is complete with one; without, a note says so", async () => {
    reading.mastodon.anonymousLimit = 60;
    for (let number = 0; number < 61; number++) reply(String(3000 + number), "ann");
    expect((await pull()).notes.join()).toContain("shows only a part of the thread");
    expect(alive()).toHaveLength(60);
    reading.mastodon.token = "secret";
    const host = new URL(reading.mastodon.origin).host;
    reading.mastodon.quotes.set(COPY_ID, [
      { id: "9000", parent: null, account: account("q"), content: "<p>Quote</p>" },
    ]);
    await pull({}, { mastodonTokens: new Map([[host, "secret"]]) });
    expect(alive()).toHaveLength(62);
    expect(byText("Quote")?.["wm-property"]).toBe("mention-of");
  });

  test("never shows followers-only, direct or local statuses", async () => {
    for (const [index, visibility] of ["private", "direct", "local", "unlisted"].entries())
      reply(String(2000 + index), "ann", { changes: { visibility } });
    await pull();
    expect(texts()).toEqual(["Reply 2003"]);
    reply("2003", "ann", { changes: { visibility: "private" } });
    await pull();
    expect(records()).toEqual([]);
  });
});

describe("a thread on Bluesky", () => {
  test("is imported at any depth, with all pages of likes, reposts and quotes", async () => {
    reading.appView.perPage = 10;
    let parent = ROOT;
    for (let depth = 0; depth < 20; depth++) parent = answer(`3r${depth}`, "ann", { parent }).uri;
    reading.appView.likes.set(
      ROOT,
      Array.from({ length: 101 }, (_, index) => actor(`l${index}`)),
    );
    reading.appView.reposts.set(ROOT, [actor("ed")]);
    reading.appView.quotes.set(ROOT, [
      {
        uri: "at://did:plc:q/app.bsky.feed.post/3q",
        parent: null,
        root: ROOT,
        author: actor("q"),
        text: "Look",
      },
    ]);
    expect((await pull()).faults).toEqual([]);
    const { counts } = conversationOf(records(), { siteUrl: "https://me.example/blog/" });
    expect(counts).toMatchObject({ comments: 20, likes: 101, reposts: 1, mentions: 1 });
    expect(byText("Reply 3r7")?.["in-reply-to"]).toBe(byText("Reply 3r6")?.["wm-id"]);
    expect((await pull()).hasChanged).toBe(false);
  });

  test("is updated after edits and deletions, and keeps replies to a deleted reply", async () => {
    const first = answer("3a", "ann");
    answer("3b", "bo", { parent: first.uri });
    await pull();
    reading.appView.posts.delete(first.uri);
    await pull();
    expect(records().find((record) => record["wm-id"] === first.uri)?.status).toBe("deleted");
    expect(byText("Reply 3b")?.status).toBe("approved");
    first.text = "Back, and edited";
    reading.appView.posts.set(first.uri, first);
    await pull();
    expect(byText("Back, and edited")?.status).toBe("approved");
  });

  test("leaves replies that its author has hidden there to a moderator", async () => {
    const { uri } = answer("3a", "ann");
    const copy = reading.appView.posts.get(ROOT);
    if (copy !== undefined)
      reading.appView.posts.set(ROOT, {
        ...copy,
        changes: { threadgate: { record: { hiddenReplies: [uri] } } },
      });
    await pull();
    expect(byText("Reply 3a")).toMatchObject({ status: "pending" });
  });

  test("turns facets into links by byte offsets, for http and https only", async () => {
    const link = (byteStart: number, byteEnd: number, uri: string) => ({
      index: { byteStart, byteEnd },
      features: [{ $type: "app.bsky.richtext.facet#link", uri }],
    });
    const facets = [
      link(5, 9, "https://a.example/"),
      link(7, 12, "https://overlap.example/"),
      link(10, 14, "javascript:alert(1)"),
      link(1, 3, "https://inside.example/"),
      link(15, 999, "https://end.example/"),
    ];
    answer("3a", "ann", { text: "🌻 link <b>js</b>", record: { facets } });
    await pull();
    expect(records()[0]?.content?.html).toBe(
      '<p>🌻 <a href="https://a.example/" rel="nofollow ugc noopener">link</a> &#x3C;b>js<a href="https://end.example/" rel="nofollow ugc noopener">&#x3C;/b></a></p>',
    );
  });
});

describe("people who have opted out of being shown", () => {
  const optedOut = () => {
    reply("2000", "ann", { account: account("ann", { indexable: false }) });
    reply("2001", "bo", {
      account: account("bo", { note: '<p>No <a href="#">#<span>nobots</span></a></p>' }),
    });
    reply("2002", "cy", { account: account("cy", { noindex: true }) });
    answer("3a", "di", { author: actor("di", { changes: { labels: [{ val: "!no-unauthenticated" }] } }) });
    answer("3b", "ed", { author: actor("ed", { bio: "Hello #nobridge" }) });
    reply("2003", "fay");
  };

  test("aren't stored at all unless the settings say otherwise", async () => {
    optedOut();
    await pull();
    expect(texts()).toEqual(["Reply 2003"]);
  });

  test("are only counted, or shown, if the settings say so", async () => {
    optedOut();
    const privacy = { signals: ["noindex", "indexable", "nobots", "loggedOut"] as const, block: [] };
    await pull({ privacy: { ...privacy, optedOut: "count" } });
    const { counts, reactions } = conversationOf(records(), { siteUrl: "https://me.example/blog/" });
    expect(counts.comments).toBe(1);
    expect(reactions).toEqual([{ emoji: "💬", count: 5 }]);
    expect(JSON.stringify(records())).not.toMatch(/ann|bo\b|cy|did:plc:di|did:plc:ed/);
    await pull({ privacy: { ...privacy, optedOut: "show" } });
    expect(alive().filter((record) => record["wm-property"] === "in-reply-to")).toHaveLength(6);
    await pull();
    expect(texts()).toEqual(["Reply 2003"]);
  });

  test("are removed by the next pull once they are blocked or suspended", async () => {
    reply("2000", "ann");
    reply("2001", "bo");
    answer("3a", "cy");
    await pull();
    expect(alive()).toHaveLength(3);
    reply("2001", "bo", { account: account("bo", { suspended: true, display_name: "" }) });
    const host = new URL(reading.mastodon.origin).host;
    const block = [`@ann@${host}`, "did:plc:cy"];
    await pull({ privacy: { signals: [], optedOut: "hide", block } });
    expect(records()).toEqual([]);
  });

  test("are removed once they are blocked, even if the thread can no longer be read", async () => {
    reply("2000", "ann");
    reply("2001", "bo");
    answer("3a", "cy");
    await pull();
    reading.mastodon.statuses.delete(COPY_ID);
    reading.appView.onRequest = () => "503";
    const block = [`@ann@${new URL(reading.mastodon.origin).host}`, "did:plc:cy"];
    await pull({ privacy: { signals: [], optedOut: "hide", block } });
    expect(texts()).toEqual(["Reply 2001"]);
  });

  test("never include the blog's authors, whose replies are marked and published without moderation", async () => {
    reply("2000", "me", { account: account("me", { indexable: false }) });
    const host = new URL(reading.mastodon.origin).host;
    const accounts = [authorAccount({ mastodon: `@me@${host}`, id: `${reading.mastodon.origin}/users/me` })];
    const networks = { mastodon: true, bluesky: true, appView: reading.appView.origin, search: false };
    const blog = { ...pulling.blog({ networks, moderation: "all" }), authors: [{ accounts, links: [] }] };
    await pulling.run({ blog });
    const [own] = records();
    expect(own?.status).toBe("approved");
    expect(own !== undefined && isOwnResponse(own, { siteUrl: "https://me.example/", accounts })).toBe(true);
  });
});

describe("a message says what to fix", () => {
  const host = () => new URL(reading.mastodon.origin).host;
  const messages = async (...options: Parameters<typeof pull>) => {
    const { faults, notes } = await pull(...options);
    return [...faults.map(({ message }) => message), ...notes];
  };

  test("when a server requires a token, or refuses the configured one", async () => {
    reading.mastodon.onRequest = () => "401";
    expect(await messages()).toEqual([
      `${host()} needs a token (401), and none is set: add "${host()}=token" to MASTODON_TOKENS`,
    ]);
    const mastodonTokens = new Map([[host(), "secret"]]);
    const [refused] = await messages({}, { mastodonTokens });
    expect(refused).toMatch(/refuses the token \(401\), which is wrong, revoked, or lacks a scope: add/);
    expect(refused).not.toContain("secret");
  });

  test("when a network without tokens refuses a request", async () => {
    reading.appView.onRequest = () => "401";
    expect(await messages()).toEqual(["Bluesky refuses requests without a login (401)"]);
  });

  test("when a copy's account or post doesn't exist", async () => {
    pulling.syndication = {
      hello: [
        reading.mastodon.address("404"),
        "https://bsky.app/profile/old.example/post/3copy",
        "https://bsky.app/profile/did:plc:me/post/3none",
      ],
    };
    const notes = await messages();
    expect(notes).toHaveLength(3);
    expect(notes.join("\n")).toMatch(
      /\/404 \(`syndication` of "hello"\) is deleted, or isn't public, or the address is wrong\. Stored responses are unchanged\./,
    );
    expect(notes.join("\n")).toMatch(
      /old\.example\/post\/3copy \(`syndication` of "hello"\) names an account that Bluesky doesn't know, "old\.example".*did:plc:…\/post\/3copy/,
    );
    expect(notes.join("\n")).toMatch(/3none \(`syndication` of "hello"\) is deleted/);
  });

  test("when a server has moved and a token is set", async () => {
    const moved = await startServer((_, response) => {
      response.writeHead(301, { location: "https://new.example/api/v1/statuses/1000" }).end();
    });
    pulling.syndication = { hello: [`${moved.origin}/@me/1000`] };
    const mastodonTokens = new Map([[new URL(moved.origin).host, "secret"]]);
    expect((await messages({}, { mastodonTokens })).join()).toContain("is not redirected to new.example");
    await moved[Symbol.asyncDispose]();
  });

  test("when a token is for a server without a copy, and when an account has no id", async () => {
    const mastodonTokens = new Map([["socal.example", "secret"]]);
    expect(await messages({}, { mastodonTokens })).toEqual([
      "MASTODON_TOKENS has a token for socal.example, where no post has a copy",
    ]);
    const networks = { mastodon: true, bluesky: true, appView: reading.appView.origin, search: false };
    const accounts = [
      authorAccount({ bluesky: "me.example" }),
      authorAccount({ mastodon: "@me@home.example" }),
    ];
    const blog = { ...pulling.blog({ networks }), authors: [{ accounts, links: [] }] };
    expect((await pulling.run({ blog })).notes).toEqual([
      expect.stringMatching(/^Replies by @me\.example on Bluesky .* verify-accounts prints it$/),
    ]);
  });

  test("when a copy is on an unsupported network", async () => {
    pulling.syndication = { hello: ["https://lemmy.example/post/12"] };
    expect(await messages({ webmention: null })).toEqual([
      expect.stringContaining("https://lemmy.example/post/12 isn't a post on a supported network"),
    ]);
  });
});

describe("failing or limiting servers", () => {
  const FAULTS: [NetworkFault, string][] = [
    ["500", "serverError"],
    ["503", "serverError"],
    ["401", "notConfigured"],
    ["reset", "unreachable"],
    ["html", "badAnswer"],
    ["cut", "badAnswer"],
    ["wrong-shape", "badAnswer"],
    ["empty", "badAnswer"],
    ["429-long", "rateLimit"],
  ];

  test.each(FAULTS)(
    "after the error %s, stored responses are unchanged and the fault is %s",
    async (fault, kind) => {
      reply("2000", "ann");
      reading.mastodon.favourites.set(COPY_ID, [account("cy")]);
      answer("3a", "bo");
      reading.appView.likes.set(ROOT, [actor("di")]);
      await pull();
      const before = records();
      for (const part of ["/statuses/1000", "favourited_by"]) {
        reading.mastodon.onRequest = (path) => (path.includes(part) ? fault : "none");
        reading.appView.onRequest = (path) =>
          path.includes(part === "favourited_by" ? "getLikes" : "getPostThread") ? fault : "none";
        const report = await pull();
        expect(report.faults.map((each) => each.kind)).toContain(kind);
        expect(records()).toEqual(before);
      }
    },
  );

  test("a rate-limited request is retried after a short wait, and the next pull is conditional", async () => {
    reply("2000", "ann");
    let limited = 2;
    reading.mastodon.onRequest = () => (limited-- > 0 ? "429" : "none");
    const waits: number[] = [];
    const sleep = (ms: number) => {
      waits.push(ms);
      return Promise.resolve();
    };
    expect((await pull({}, { sleep })).faults).toEqual([]);
    expect(waits.every((ms) => ms > 0 && ms <= 1000)).toBe(true);
    expect(alive()).toHaveLength(1);
    await pull();
    const conditional = reading.mastodon.server.seen.filter(
      ({ headers }) => headers["if-none-match"] !== undefined,
    );
    expect(conditional.length).toBeGreaterThan(0);
  });

  test("the next pull starts with the threads that a rate limit left out", async () => {
    const [first, second] = [reading.mastodon.address(COPY_ID), reading.mastodon.address("1001")];
    const copy = reading.mastodon.statuses.get(COPY_ID);
    if (copy !== undefined) reading.mastodon.statuses.set("1001", { ...copy, id: "1001" });
    pulling.syndication = { hello: [first], world: [second] };
    reply("2000", "ann");
    reply("2001", "bo", { parent: "1001" });
    const threads: string[] = [];
    // The server allows one thread for each pull.
    const pullOne = async () => {
      let allowed: string | null = null;
      reading.mastodon.onRequest = (path) => {
        const id = /statuses\/(100\d)/.exec(path)?.[1] ?? null;
        allowed ??= id;
        return id === null || id === allowed ? "none" : "429-long";
      };
      const report = await pull();
      threads.push(allowed ?? "");
      return report.faults.map(({ kind }) => kind);
    };
    expect(await pullOne()).toEqual(["rateLimit"]);
    expect(await pullOne()).toEqual(["rateLimit"]);
    expect(threads.toSorted()).toEqual([COPY_ID, "1001"]);
    expect([pulling.records("hello").length, pulling.records("world").length]).toEqual([1, 1]);
  });

  test("a server that is down doesn't prevent reading the other one", async () => {
    answer("3a", "bo");
    reading.mastodon.onRequest = () => "503";
    const report = await pull();
    expect(report.faults).toHaveLength(1);
    expect(texts()).toEqual(["Reply 3a"]);
  });

  test("a deleted copy doesn't delete its replies here", async () => {
    reply("2000", "ann");
    await pull();
    reading.mastodon.statuses.delete(COPY_ID);
    const report = await pull();
    expect(report.notes.join()).toContain("isn't public");
    expect(alive()).toHaveLength(1);
  });
});
