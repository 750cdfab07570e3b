import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { mention, mentionShapes } from "../../../../tests/support/mentions.ts";
import {
  startStandinApi,
  type Fault,
  type StandinApi,
  type StandinComment,
} from "../../../../tests/support/standin-api.ts";
import { hashOf } from "../../cache/file-cache.ts";
import { createGuardedClient } from "../../protocols/guarded-fetch.ts";
import { defaultSettings } from "../../site/settings-schema.ts";
import type { Settings } from "../../site/settings.ts";
import type { PostResponse } from "../model.ts";
import { withDecision } from "../moderation.ts";
import { readReplyContexts } from "../reply-contexts.ts";
import { writeResponses } from "../store.ts";
import { targetIndex } from "../targets.ts";
import { draftOfMention } from "./jf2-record.ts";
import { pull, type PullOptions, type PullReport } from "./pull.ts";
import { readAllResponses } from "../response-files.ts";

const SITE = "https://me.example/blog/";
const HELLO = `${SITE}posts/hello/`;
const WORLD = `${SITE}posts/world/`;
const DAY_MS = 24 * 60 * 60 * 1000;

let root = "";
let standin: StandinApi;

beforeEach(async () => {
  root = mkdtempSync(path.join(os.tmpdir(), "backfence-pull-"));
  standin = await startStandinApi();
});

afterEach(async () => {
  await standin.close();
  rmSync(root, { recursive: true });
});

type TestBlog = PullOptions["blog"];

function blog(
  changes: Partial<Settings> = {},
  answering: TestBlog["posts"][number]["answering"] = [],
): TestBlog {
  const posts: TestBlog["posts"] = ["hello", "world"].map((slug) => ({
    slug,
    id: slug,
    aliases: [],
    canonical: null,
    answering,
  }));
  const settings: Settings = {
    ...defaultSettings(),
    url: SITE,
    moderation: "none",
    webmention: { endpoint: "https://wm.example/", api: standin.api, pingback: null, trackback: null },
    ...changes,
  };
  return { settings, posts, tombstones: [] };
}

const GISCUS = {
  repo: "me/blog",
  repoId: "R",
  category: "Comments",
  categoryId: "C",
  host: "https://giscus.app",
};

function run(changes: Partial<PullOptions> = {}): Promise<PullReport> {
  return pull({
    contentDir: path.join(root, "content"),
    blog: blog(),
    client: createGuardedClient({ siteUrl: SITE, allowLoopback: true }),
    now: new Date("2026-03-01T12:00:00Z"),
    mentionsToken: null,
    githubToken: "secret",
    githubEndpoint: standin.graphql,
    timeoutMs: 400,
    isFull: false,
    isDryRun: false,
    onProgress: () => {},
    ...changes,
  });
}

function records(slug = "hello"): PostResponse[] {
  return readAllResponses(path.join(root, "content")).get(slug) ?? [];
}

function byId(id: number | string, slug = "hello"): PostResponse | undefined {
  return records(slug).find((record) => record["wm-id"] === id);
}

/** Every stored file with a hash of its bytes. */
function snapshot(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(root, { recursive: true, encoding: "utf8" })) {
    if (statSync(path.join(root, entry)).isFile())
      files[entry] = hashOf(readFileSync(path.join(root, entry)));
  }
  return files;
}

describe("mentions", () => {
  test("2,500 of them over three pages all arrive, once", async () => {
    standin.mentions = Array.from({ length: 2500 }, (_, index) =>
      mention(index + 1, index % 2 === 0 ? HELLO : WORLD),
    );
    const report = await run();
    expect(report.changes).toHaveLength(2500);
    expect(records("hello")).toHaveLength(1250);
    expect(records("world")).toHaveLength(1250);
    expect(standin.requests.filter((request) => request.includes("mentions.jf2"))).toHaveLength(3);
  });

  test.each([
    ["that doesn't know since_id", { knowsSinceId: false }],
    ["that doesn't describe its pages", { tellsPaging: false }],
    ["that knows neither", { knowsSinceId: false, tellsPaging: false }],
    ["that gives fewer on a page than were asked for", { maxPerPage: 7 }],
    ["that gives fewer and tells nothing", { maxPerPage: 7, tellsPaging: false, knowsSinceId: false }],
  ])("arrive from an API %s", async (_name, changes) => {
    Object.assign(standin, changes);
    standin.mentions = Array.from({ length: 40 }, (_, index) => mention(index + 1, HELLO));
    await run();
    expect(records()).toHaveLength(40);
  });

  test("aren't lost when one is deleted between two pages", async () => {
    standin.maxPerPage = 10;
    standin.mentions = Array.from({ length: 30 }, (_, index) => mention(index + 1, HELLO));
    standin.onRequest = (_path, number) => {
      if (number === 2) standin.mentions = standin.mentions.filter((child) => child["wm-id"] > 3);
      return "none";
    };
    await run();
    expect(records().map((record) => record["wm-id"])).toEqual(
      Array.from({ length: 30 }, (_, index) => index + 1),
    );
  });

  test("of every shape become valid records or are said to be left out", async () => {
    standin.mentions = [
      ...mentionShapes(HELLO, 100),
      mention(1, SITE),
      mention(2, HELLO, { "wm-private": true }),
    ];
    const report = await run();
    expect(records()).toHaveLength(standin.mentions.length - 2);
    expect(report.notes).toEqual([
      `${new URL(standin.api).host}: 1 mention of addresses that are no post (${SITE})`,
      `${new URL(standin.api).host}: 1 private mention left where they are`,
    ]);
    const kinds = Map.groupBy(records(), (record) => record["wm-property"]);
    expect(Object.fromEntries([...kinds].map(([kind, list]) => [kind, list.length]))).toMatchObject({
      "like-of": 2,
      "repost-of": 1,
      "bookmark-of": 1,
      rsvp: 1,
    });
    const stored = JSON.stringify(records());
    expect(stored).not.toMatch(/javascript:|<script|onclick|\u202E|2099/);
    expect(stored).toContain("a bomb");
  });

  test("are asked for only from where the last pull ended", async () => {
    standin.mentions = [mention(5, HELLO), mention(9, HELLO)];
    await run();
    standin.requests.length = 0;
    standin.mentions.push(mention(11, HELLO));
    const report = await run();
    expect(standin.requests[0]).toContain("since_id=9");
    expect(report.changes.map(({ what, record }) => [what, record["wm-id"]])).toEqual([["added", 11]]);
  });

  test("pulled twice change nothing, not even a file's time", async () => {
    standin.mentions = mentionShapes(HELLO, 1);
    await run();
    const before = snapshot();
    const report = await run();
    expect(report).toMatchObject({ changes: [], hasChanged: false });
    expect(snapshot()).toEqual(before);
  });

  test("that were edited are noticed by the sweep after a week", async () => {
    standin.mentions = [mention(1, HELLO), mention(2, HELLO)];
    await run();
    standin.mentions[0] = mention(1, HELLO, { content: { text: "Corrected" } });
    await run({ now: new Date(Date.UTC(2026, 2, 1) + 3 * DAY_MS) });
    expect(byId(1)?.content?.text).toBe("Answer number 1");
    const report = await run({ now: new Date(Date.UTC(2026, 2, 1) + 9 * DAY_MS) });
    expect(report.changes.map(({ what }) => what)).toEqual(["updated"]);
    expect(byId(1)?.content).toEqual({ text: "Corrected" });
  });

  test("that were deleted leave a tombstone without a word of theirs", async () => {
    standin.mentions = [mention(1, HELLO), mention(2, HELLO)];
    await run();
    standin.mentions = [mention(2, HELLO)];
    standin.deleted = [{ "wm-id": 1, "wm-source": "https://person1.example/notes/1", "wm-target": HELLO }];
    await run();
    expect(byId(1)).toMatchObject({ status: "deleted", author: { name: "" } });
    expect(JSON.stringify(byId(1))).not.toMatch(/Person 1|Answer/);
    expect(byId(2)?.status).toBe("approved");
  });

  test("that were deleted are noticed by the sweep where the API has no list of deletions", async () => {
    standin.hasDeletedList = false;
    standin.mentions = Array.from({ length: 20 }, (_, index) => mention(index + 1, HELLO));
    await run();
    standin.mentions = standin.mentions.filter((child) => child["wm-id"] !== 7);
    await run({ isFull: true });
    expect(byId(7)?.status).toBe("deleted");
    const before = snapshot();
    standin.mentions = [];
    const report = await run({ isFull: true });
    expect(snapshot()).toEqual(before);
    expect(report.notes.join()).toMatch(/19 of 19 stored mentions aren't there any more/);
  });

  test("that a moderator deleted never come back, also when they are sent again", async () => {
    standin.mentions = [mention(1, HELLO)];
    await run();
    writeResponses(
      path.join(root, "content"),
      "hello",
      records().map((record) => withDecision(record, "deleted")),
    );
    await run({ isFull: true });
    standin.mentions = [
      mention(1, HELLO),
      mention(50, HELLO, { "wm-source": "https://person1.example/notes/1" }),
    ];
    await run({ isFull: true });
    expect(records().map(({ status }) => status)).toEqual(["deleted"]);
  });

  test("that their author took back and sent again are there again", async () => {
    standin.mentions = [mention(1, HELLO)];
    await run();
    standin.mentions = [];
    standin.deleted = [{ "wm-id": 1, "wm-source": "https://person1.example/notes/1", "wm-target": HELLO }];
    await run();
    expect(records().map(({ status }) => status)).toEqual(["deleted"]);
    standin.mentions = [mention(8, HELLO, { "wm-source": "https://person1.example/notes/1" })];
    await run();
    expect(records().map((record) => [record["wm-id"], record.status])).toEqual([[8, "approved"]]);
  });

  test("that became private go without a trace", async () => {
    standin.mentions = [mention(1, HELLO), mention(2, HELLO)];
    await run();
    standin.mentions = [mention(1, HELLO, { "wm-private": true }), mention(2, HELLO)];
    await run({ isFull: true });
    expect(records().map((record) => record["wm-id"])).toEqual([2]);
  });

  test("of the post's address in four spellings are one response, the newest", async () => {
    const spellings = [HELLO, HELLO.replace(/\/$/, ""), HELLO.replace("https", "http"), `${HELLO}?x=1`];
    const source = { "wm-source": "https://person1.example/notes/1" };
    standin.mentions = spellings.map((target, index) => mention(index + 1, target, source));
    await run();
    expect(records().map((record) => record["wm-id"])).toEqual([4]);
    expect((await run({ isFull: true })).hasChanged).toBe(false);
  });
});

describe("moderation", () => {
  const wall = {
    content: { text: "Buy now! Visit our site http://pills.example and http://more.example today." },
  };

  test("all: everything waits, and what was approved stays approved through edits", async () => {
    standin.mentions = [mention(1, HELLO), mention(2, HELLO)];
    await run({ blog: blog({ moderation: "all" }) });
    expect(records().map(({ status }) => status)).toEqual(["pending", "pending"]);
    const [first, second] = records();
    if (first && second)
      writeResponses(path.join(root, "content"), "hello", [withDecision(first, "approved"), second]);
    standin.mentions = [mention(1, HELLO, { content: { text: "Mended" } }), mention(2, HELLO)];
    await run({ blog: blog({ moderation: "all" }), isFull: true });
    expect(byId(1)).toMatchObject({ status: "approved", content: { text: "Mended" } });
    expect(byId(2)?.status).toBe("pending");
  });

  test("first-time: a site that was approved before is shown at once, by the page that links and not by its word", async () => {
    const site = (id: number, host: string, author = host) =>
      mention(id, HELLO, {
        "wm-source": `https://${host}/notes/${id}`,
        author: { type: "card", name: author, url: `https://${author}/` },
      });
    standin.mentions = [site(1, "ada.example")];
    await run({ blog: blog({ moderation: "first-time" }) });
    writeResponses(
      path.join(root, "content"),
      "hello",
      records().map((record) => withDecision(record, "approved")),
    );
    standin.mentions.push(
      site(2, "ada.example"),
      site(3, "bo.example"),
      site(4, "evil.example", "ada.example"),
    );
    await run({ blog: blog({ moderation: "first-time" }) });
    expect([2, 3, 4].map((id) => byId(id)?.status)).toEqual(["approved", "pending", "pending"]);
  });

  test("an approved response that was turned into spam waits again", async () => {
    standin.mentions = [mention(1, HELLO)];
    await run();
    standin.mentions = [mention(1, HELLO, wall)];
    await run({ isFull: true });
    expect(byId(1)?.status).toBe("pending");
    expect(byId(1)?.suspicion?.[0]).toMatch(/offers something/);
  });

  test("what was marked as spam stays spam, and its picture is never fetched", async () => {
    const author = {
      type: "card",
      name: "Cheap Boots",
      url: "https://b.example/",
      photo: `${standin.origin}/a.png`,
    };
    standin.mentions = [mention(1, HELLO, { author, ...wall })];
    await run();
    standin.mentions = [mention(1, HELLO, { content: { text: "Quite harmless." } })];
    await run({ isFull: true });
    expect(byId(1)?.status).toBe("spam");
    expect(standin.requests.some((request) => request.includes("a.png"))).toBe(false);
  });
});

describe("avatars", () => {
  const withPhoto = (id: number, photo: string) =>
    mention(id, HELLO, { author: { type: "card", name: `P${id}`, url: `https://p${id}.example/`, photo } });

  test("are fetched once, drawn anew at 96 px and kept without anything else the file held", async () => {
    const png = await sharp({ create: { width: 300, height: 200, channels: 3, background: "#a33" } })
      .withExif({ IFD0: { Copyright: "hidden words" } })
      .jpeg()
      .toBuffer();
    standin.files.set("/a.jpg", { type: "image/jpeg", body: png });
    standin.mentions = [withPhoto(1, `${standin.origin}/a.jpg`), withPhoto(2, `${standin.origin}/a.jpg`)];
    const report = await run();
    expect(report).toMatchObject({ fetched: 1, missing: 0 });
    const photo = byId(1)?.author.photo ?? "";
    expect(photo).toMatch(/^[0-9a-f]{32}\.webp$/);
    expect(byId(2)?.author.photo).toBe(photo);
    const stored = readFileSync(path.join(root, "content/responses/avatars", photo));
    expect(await sharp(stored).metadata()).toMatchObject({ format: "webp", width: 96, height: 96 });
    expect(stored.includes("hidden words")).toBe(false);
    await run({ isFull: true });
    expect(standin.requests.filter((request) => request === "/a.jpg")).toHaveLength(1);
  });

  test.each([
    ["an SVG", "image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>'],
    [
      "an SVG that calls itself a PNG",
      "image/png",
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    ],
    ["a page", "text/html", "<p>no picture</p>"],
    ["a broken picture", "image/png", "\u0089PNG nonsense"],
    ["something huge", "image/png", "x".repeat(2_000_000)],
  ])("that are %s are refused; the person is drawn by initials", async (_name, type, body) => {
    standin.files.set("/a", { type, body });
    standin.mentions = [withPhoto(1, `${standin.origin}/a`)];
    const report = await run();
    expect(report).toMatchObject({ fetched: 0, missing: 1, faults: [] });
    expect(byId(1)?.author.photo).toBeUndefined();
  });

  test("of people who are gone are removed", async () => {
    const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: "#a33" } })
      .png()
      .toBuffer();
    standin.files.set("/a.png", { type: "image/png", body: png });
    standin.mentions = [withPhoto(1, `${standin.origin}/a.png`)];
    await run();
    expect(readdirSync(path.join(root, "content/responses/avatars"))).toHaveLength(1);
    standin.mentions = [];
    standin.deleted = [{ "wm-id": 1, "wm-source": "https://person1.example/notes/1", "wm-target": HELLO }];
    await run();
    expect(readdirSync(path.join(root, "content/responses/avatars"))).toHaveLength(0);
  });
});

describe("when a service fails", () => {
  const both = () => blog({ giscus: GISCUS });

  test.each<[Fault, string]>([
    ["500", "serverError"],
    ["503", "serverError"],
    ["404", "badAnswer"],
    ["slow", "timeout"],
    ["truncated", "unreachable"],
    ["reset", "unreachable"],
    ["not-json", "badAnswer"],
    ["html", "badAnswer"],
    ["empty-body", "badAnswer"],
    ["wrong-shape", "badAnswer"],
    ["huge", "tooLarge"],
    ["rate-limit", "rateLimit"],
    ["rate-limit-403", "rateLimit"],
    ["revoked", "tokenRefused"],
    ["redirect", "badAnswer"],
    ["graphql-rate-limit", "rateLimit"],
    ["graphql-forbidden", "tokenRefused"],
  ])("with %s the last good state stays and the fault is %s", async (fault, kind) => {
    standin.mentions = [mention(1, HELLO)];
    standin.discussions = [discussion("hello", [comment("DC_1")])];
    standin.maxPerPage = 1;
    await run({ blog: both(), mentionsToken: "t" });
    const before = snapshot();
    standin.mentions = [mention(2, HELLO), mention(3, HELLO)];
    standin.discussions = [];
    const isGraphQl = fault.startsWith("graphql");
    // The fault strikes the second page: the first is good and must not be kept by itself.
    standin.onRequest = (requested) => {
      const asked = standin.requests.filter((request) => request.startsWith("/api/mentions")).length;
      if (requested === "/graphql") return isGraphQl ? fault : "500";
      return !isGraphQl && requested === "/api/mentions.jf2" && asked > 2
        ? fault
        : isGraphQl
          ? "500"
          : "none";
    };
    const report = await run({ blog: both(), isFull: true, mentionsToken: "t" });
    expect(report.faults.map((each) => each.kind)).toContain(kind);
    expect(report.faults.every(({ message }) => !message.includes("\n") && message.length > 10)).toBe(true);
    expect(report.hasChanged).toBe(false);
    expect(snapshot()).toEqual(before);
  });

  test("without a network nothing is lost", async () => {
    const { webmention } = blog().settings;
    const report = await run({
      blog: blog({ webmention: webmention && { ...webmention, api: "http://127.0.0.1:1/" } }),
    });
    expect(report.faults.map(({ kind }) => kind)).toEqual(["unreachable"]);
  });

  test("one of two, the other is still brought in", async () => {
    standin.mentions = [mention(1, HELLO)];
    standin.onRequest = (requested) => (requested === "/graphql" ? "500" : "none");
    const report = await run({ blog: both() });
    expect(report.faults.map(({ kind }) => kind)).toEqual(["serverError"]);
    expect(records()).toHaveLength(1);
  });

  test("for want of a token it says which", async () => {
    standin.token = "right";
    expect((await run()).faults).toMatchObject([{ kind: "notConfigured" }]);
    expect((await run({ mentionsToken: "wrong" })).faults).toMatchObject([{ kind: "tokenRefused" }]);
    expect((await run({ mentionsToken: "right" })).faults).toEqual([]);
    const onlyGiscus = blog({ webmention: null, giscus: GISCUS });
    expect((await run({ blog: onlyGiscus, githubToken: null })).faults).toMatchObject([
      { kind: "notConfigured" },
    ]);
    expect((await run({ blog: blog({ webmention: null }) })).faults).toMatchObject([
      { kind: "notConfigured" },
    ]);
  });
});

function comment(id: string, changes: Partial<StandinComment> = {}): StandinComment {
  return {
    id,
    url: `https://github.com/me/blog/discussions/1#discussioncomment-${id}`,
    author: { login: "ada", url: "https://github.com/ada", avatarUrl: "" },
    bodyHTML: `<p dir="auto">Comment ${id}</p>`,
    createdAt: "2026-02-01T10:00:00Z",
    lastEditedAt: null,
    deletedAt: null,
    isMinimized: false,
    minimizedReason: null,
    reactionGroups: [
      { content: "THUMBS_UP", reactors: { totalCount: 2 } },
      { content: "HEART", reactors: { totalCount: 0 } },
    ],
    replies: [],
    ...changes,
  };
}

function discussion(title: string, comments: StandinComment[]) {
  return {
    id: `D_${title}`,
    url: `https://github.com/me/blog/discussions/${title}`,
    title,
    createdAt: "2026-01-31T10:00:00Z",
    reactionGroups: [{ content: "ROCKET", reactors: { totalCount: 3 } }],
    comments,
  };
}

describe("comments from Discussions", () => {
  const giscus = () => blog({ webmention: null, giscus: GISCUS });

  test("arrive in threads with their reactions as counts, over many pages", async () => {
    standin.graphqlPerPage = 2;
    const replies = Array.from({ length: 5 }, (_, index) => comment(`R${index}`));
    const comments = Array.from({ length: 7 }, (_, index) => comment(`C${index}`));
    standin.discussions = [
      discussion("hello", [comment("A", { replies }), ...comments]),
      discussion("blog/posts/world/", [comment("B")]),
      discussion("something else", [comment("X")]),
    ];
    const report = await run({ blog: giscus() });
    expect(records()).toHaveLength(1 + 5 + 7 + 1);
    expect(byId("R3")).toMatchObject({
      "in-reply-to": "A",
      "wm-protocol": "giscus",
      "wm-target": HELLO,
      reactions: { "👍": 2 },
      content: { html: "<p>Comment R3</p>" },
    });
    expect(byId("reactions-D_hello")).toMatchObject({ status: "approved", reactions: { "🚀": 3 } });
    expect(records("world").map((record) => record["wm-id"])).toEqual(["reactions-D_blog/posts/world/", "B"]);
    expect(report.notes.join()).toMatch(/1 discussions belong to no post \(“something else”\)/);
  });

  test("follow edits and deletions, and the author who deleted the account is a ghost", async () => {
    standin.discussions = [discussion("hello", [comment("A"), comment("B"), comment("C", { author: null })])];
    await run({ blog: giscus() });
    expect(byId("C")?.author).toEqual({ type: "card", name: "ghost" });
    standin.discussions = [
      discussion("hello", [
        comment("A", { bodyHTML: "<p>Mended</p>", lastEditedAt: "2026-02-02T10:00:00Z" }),
        comment("B", { deletedAt: "2026-02-02T10:00:00Z", bodyHTML: "" }),
      ]),
    ];
    const report = await run({ blog: giscus() });
    expect(report.changes.map(({ what }) => what).sort()).toEqual(["deleted", "deleted", "updated"]);
    expect(byId("A")).toMatchObject({ content: { text: "Mended" }, updated: "2026-02-02T10:00:00Z" });
    expect([byId("B")?.status, byId("C")?.status]).toEqual(["deleted", "deleted"]);
    expect((await run({ blog: giscus() })).hasChanged).toBe(false);
  });

  test("that are hidden on GitHub aren't shown here", async () => {
    standin.discussions = [
      discussion("hello", [
        comment("A", { isMinimized: true, minimizedReason: "spam" }),
        comment("B", { isMinimized: true, minimizedReason: "off-topic" }),
        comment("C"),
      ]),
    ];
    await run({ blog: giscus() });
    expect(["A", "B", "C"].map((id) => byId(id)?.status)).toEqual(["spam", "pending", "approved"]);
    standin.discussions[0]?.comments.splice(
      2,
      1,
      comment("C", { isMinimized: true, minimizedReason: "abuse" }),
    );
    await run({ blog: giscus() });
    expect(byId("C")).toMatchObject({ status: "spam", suspicion: ["hidden on GitHub as abuse"] });
    expect((await run({ blog: giscus() })).hasChanged).toBe(false);
  });

  test("aren't all deleted because the category is wrong", async () => {
    standin.discussions = [discussion("hello", [comment("A")])];
    await run({ blog: giscus() });
    const before = snapshot();
    standin.discussions = [];
    expect((await run({ blog: giscus() })).faults).toMatchObject([{ kind: "badAnswer" }]);
    expect(snapshot()).toEqual(before);
  });

  test("whose count of reactions fell to nothing lose it, and get it back", async () => {
    const quiet = { ...discussion("hello", [comment("A")]), reactionGroups: [] };
    for (const [state, expected] of [
      [discussion("hello", [comment("A")]), 2],
      [quiet, 1],
      [discussion("hello", [comment("A")]), 2],
    ] as const) {
      standin.discussions = [state];
      await run({ blog: giscus() });
      expect(records()).toHaveLength(expected);
    }
  });
});

test("a dry run says what would change and writes nothing", async () => {
  standin.mentions = [mention(1, HELLO)];
  const report = await run({ isDryRun: true });
  expect(report).toMatchObject({ hasChanged: true, changes: [{ what: "added" }] });
  expect(snapshot()).toEqual({});
});

test("what a post answers is stored as plain words: title, author, beginning", async () => {
  standin.files.set("/who-still-links", {
    type: "text/html",
    body: `<title>Who still links</title><article class="h-entry"><h1 class="p-name">Who still <b>links</b>?</h1>
      <p class="p-author h-card"><a class="u-url p-name" href="/about">Ada\u202E Lovell</a></p><time class="dt-published">2023-11-01</time>
      <div class="e-content"><p>Nobody does.</p><script>alert(1)</script><p>${"And so on. ".repeat(60)}</p></div></article>`,
  });
  standin.files.set("/plain", {
    type: "text/html",
    body: '<title>Plain &amp; simple</title><meta name="description" content="A page"><p>x',
  });
  const answering = ["/who-still-links", "/plain", "/missing"].map((where) => ({
    kind: "in-reply-to" as const,
    url: standin.origin + where,
    rsvp: null,
  }));
  const report = await run({ blog: blog({}, answering) });
  expect(report).toMatchObject({ fetched: 2, missing: 1, faults: [] });
  const contexts = [...readReplyContexts(path.join(root, "content")).values()];
  expect(contexts).toMatchObject([
    { title: "Plain & simple", author: null, excerpt: "A page", site: "127.0.0.1", fetched: "2026-03-01" },
    {
      title: "Who still links?",
      author: { name: "Ada Lovell", url: `${standin.origin}/about` },
      published: "2023-11-01T00:00:00Z",
    },
  ]);
  expect(contexts[1]?.excerpt).toMatch(/^Nobody does\. And so on/);
  expect(Array.from(contexts[1]?.excerpt ?? "").length).toBeLessThanOrEqual(280);
  expect((await run({ blog: blog({}, answering) })).hasChanged).toBe(false);
  await run({ blog: blog({}, []) });
  expect(readReplyContexts(path.join(root, "content")).size).toBe(0);
});

const FAULTS: Fault[] = [
  "none",
  "none",
  "500",
  "truncated",
  "not-json",
  "reset",
  "rate-limit",
  "wrong-shape",
  "revoked",
];

/** What somebody does at the service, and the pulls in between with the faults that they meet. */
const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant("send" as const), id: fc.nat(), post: fc.nat(1) }),
    fc.record({ do: fc.constant("edit" as const), which: fc.nat(), word: fc.constantFrom("a", "b", "c") }),
    fc.record({ do: fc.constant("delete" as const), which: fc.nat() }),
    fc.record({ do: fc.constant("hide" as const), which: fc.nat() }),
    fc.record({
      do: fc.constant("pull" as const),
      faults: fc.array(fc.constantFrom(...FAULTS), { maxLength: 4 }),
    }),
  ),
  { minLength: 3, maxLength: 14 },
);

/** The state of the service as records, by the same cleaning and none of the merging. */
function expected(slug: string): string[] {
  const targets = targetIndex(blog());
  return standin.mentions
    .map((child) => draftOfMention({ ...child, "wm-target": String(child["wm-target"]) }, targets))
    .filter((draft) => typeof draft !== "string")
    .filter((draft) => draft.slug === slug)
    .map(({ record }) => `${record["wm-id"]} ${record["wm-property"]} ${record.content?.text ?? ""}`)
    .sort();
}

test("whatever fails on the way, and in whatever order, the stored conversation ends equal to the service's", async () => {
  await fc.assert(
    fc.asyncProperty(
      steps,
      fc.constantFrom(1, 3, 1000),
      fc.boolean(),
      async (script, perPage, knowsSinceId) => {
        rmSync(path.join(root, "content"), { recursive: true, force: true });
        Object.assign(standin, { mentions: [], deleted: [], maxPerPage: perPage, knowsSinceId });
        standin.requests.length = 0;
        let nextId = 1;
        for (const step of script) {
          const at =
            "which" in step && standin.mentions.length > 0 ? step.which % standin.mentions.length : -1;
          const chosen = standin.mentions[at];
          if (step.do === "send") standin.mentions.push(mention(nextId++, step.post === 0 ? HELLO : WORLD));
          if (step.do === "pull") await pullWithFaults(step.faults);
          if (chosen === undefined) continue;
          if (step.do === "edit")
            standin.mentions[at] = { ...chosen, content: { text: `edited ${step.word}` } };
          if (step.do === "hide") standin.mentions[at] = { ...chosen, "wm-private": true };
          if (step.do === "delete") {
            standin.mentions.splice(at, 1);
            standin.deleted.push({
              "wm-id": chosen["wm-id"],
              "wm-source": chosen["wm-source"],
              "wm-target": String(chosen["wm-target"]),
            });
          }
        }
        await run({ isFull: true });
        for (const slug of ["hello", "world"]) {
          const alive = records(slug).filter(({ status }) => status !== "deleted");
          const shown = alive.map(
            (record) => `${record["wm-id"]} ${record["wm-property"]} ${record.content?.text ?? ""}`,
          );
          expect(shown.sort()).toEqual(expected(slug));
        }
        expect((await run({ isFull: true })).hasChanged).toBe(false);
      },
    ),
    { numRuns: 80 },
  );
}, 120_000);

/** A pull in which the first requests meet faults; one that fails must not have touched anything. */
async function pullWithFaults(faults: readonly Fault[]): Promise<void> {
  const left = [...faults];
  standin.onRequest = () => left.shift() ?? "none";
  const before = snapshot();
  const report = await run();
  if (report.faults.length > 0) expect(snapshot()).toEqual(before);
  standin.onRequest = () => "none";
}
