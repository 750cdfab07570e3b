import { describe, expect, test } from "vitest";
import { mention, mentionShapes } from "../../../../tests/support/mentions.ts";
import { HELLO, setUpPulling, SITE, WORLD } from "../../../../tests/support/pulling.ts";
import { withDecision } from "../moderation.ts";
import { writeResponses } from "../store.ts";

const pulling = setUpPulling();
const { run, records, byId, snapshot } = pulling;

const DAY_MS = 24 * 60 * 60 * 1000;

describe("mentions", () => {
  test("arrive completely and once each: 2,500 over three pages", async () => {
    pulling.standin.mentions = Array.from({ length: 2500 }, (_, index) =>
      mention(index + 1, index % 2 === 0 ? HELLO : WORLD),
    );
    const report = await run();
    expect(report.changes).toHaveLength(2500);
    expect(records("hello")).toHaveLength(1250);
    expect(records("world")).toHaveLength(1250);
    expect(pulling.standin.requests.filter((request) => request.includes("mentions.jf2"))).toHaveLength(3);
  });

  test.each([
    ["that doesn't know since_id", { knowsSinceId: false }],
    ["that doesn't describe its pages", { tellsPaging: false }],
    ["that knows neither", { knowsSinceId: false, tellsPaging: false }],
    ["that gives fewer on a page than were asked for", { maxPerPage: 7 }],
    ["that gives fewer and tells nothing", { maxPerPage: 7, tellsPaging: false, knowsSinceId: false }],
  ])("arrive from an API %s", async (_name, changes) => {
    Object.assign(pulling.standin, changes);
    pulling.standin.mentions = Array.from({ length: 40 }, (_, index) => mention(index + 1, HELLO));
    await run();
    expect(records()).toHaveLength(40);
  });

  test("aren't lost if one is deleted between two page requests", async () => {
    pulling.standin.maxPerPage = 10;
    pulling.standin.mentions = Array.from({ length: 30 }, (_, index) => mention(index + 1, HELLO));
    pulling.standin.onRequest = (_path, number) => {
      if (number === 2)
        pulling.standin.mentions = pulling.standin.mentions.filter((child) => child["wm-id"] > 3);
      return "none";
    };
    await run();
    expect(records().map((record) => record["wm-id"])).toEqual(
      Array.from({ length: 30 }, (_, index) => index + 1),
    );
  });

  test("of every shape become valid records or are reported as skipped", async () => {
    pulling.standin.mentions = [
      ...mentionShapes(HELLO, 100),
      mention(1, SITE),
      mention(2, HELLO, { "wm-private": true }),
    ];
    const report = await run();
    expect(records()).toHaveLength(pulling.standin.mentions.length - 2);
    expect(report.notes).toEqual([
      `${new URL(pulling.standin.api).host}: 1 mention of addresses that aren't posts (${SITE})`,
      `${new URL(pulling.standin.api).host}: 1 private mention skipped`,
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

  test("are requested only from where the last pull ended", async () => {
    pulling.standin.mentions = [mention(5, HELLO), mention(9, HELLO)];
    await run();
    pulling.standin.requests.length = 0;
    pulling.standin.mentions.push(mention(11, HELLO));
    const report = await run();
    expect(pulling.standin.requests[0]).toContain("since_id=9");
    expect(report.changes.map(({ what, record }) => [what, record["wm-id"]])).toEqual([["added", 11]]);
  });

  test("pulled twice change nothing, not even a file's modification time", async () => {
    pulling.standin.mentions = mentionShapes(HELLO, 1);
    await run();
    const before = snapshot();
    const report = await run();
    expect(report).toMatchObject({ changes: [], hasChanged: false });
    expect(snapshot()).toEqual(before);
  });

  test("that were edited are updated by the sweep after a week", async () => {
    pulling.standin.mentions = [mention(1, HELLO), mention(2, HELLO)];
    await run();
    pulling.standin.mentions[0] = mention(1, HELLO, { content: { text: "Corrected" } });
    await run({ now: new Date(Date.UTC(2026, 2, 1) + 3 * DAY_MS) });
    expect(byId(1)?.content?.text).toBe("Answer number 1");
    const report = await run({ now: new Date(Date.UTC(2026, 2, 1) + 9 * DAY_MS) });
    expect(report.changes.map(({ what }) => what)).toEqual(["updated"]);
    expect(byId(1)?.content).toEqual({ text: "Corrected" });
  });

  test("that were deleted leave a tombstone without their text", async () => {
    pulling.standin.mentions = [mention(1, HELLO), mention(2, HELLO)];
    await run();
    pulling.standin.mentions = [mention(2, HELLO)];
    pulling.standin.deleted = [
      { "wm-id": 1, "wm-source": "https://person1.example/notes/1", "wm-target": HELLO },
    ];
    await run();
    expect(byId(1)).toMatchObject({ status: "deleted", author: { name: "" } });
    expect(JSON.stringify(byId(1))).not.toMatch(/Person 1|Answer/);
    expect(byId(2)?.status).toBe("approved");
  });

  test("that were deleted are detected by the sweep if the API has no list of deletions", async () => {
    pulling.standin.hasDeletedList = false;
    pulling.standin.mentions = Array.from({ length: 20 }, (_, index) => mention(index + 1, HELLO));
    await run();
    pulling.standin.mentions = pulling.standin.mentions.filter((child) => child["wm-id"] !== 7);
    await run({ isFull: true });
    expect(byId(7)?.status).toBe("deleted");
    const before = snapshot();
    pulling.standin.mentions = [];
    const report = await run({ isFull: true });
    expect(snapshot()).toEqual(before);
    expect(report.notes.join()).toMatch(/19 of 19 stored mentions are missing from the response/);
  });

  test("that a moderator deleted never come back, even if sent again", async () => {
    pulling.standin.mentions = [mention(1, HELLO)];
    await run();
    writeResponses(
      pulling.contentDir,
      "hello",
      records().map((record) => withDecision(record, "deleted")),
    );
    await run({ isFull: true });
    pulling.standin.mentions = [
      mention(1, HELLO),
      mention(50, HELLO, { "wm-source": "https://person1.example/notes/1" }),
    ];
    await run({ isFull: true });
    expect(records().map(({ status }) => status)).toEqual(["deleted"]);
  });

  test("that their author deleted and sent again come back", async () => {
    pulling.standin.mentions = [mention(1, HELLO)];
    await run();
    pulling.standin.mentions = [];
    pulling.standin.deleted = [
      { "wm-id": 1, "wm-source": "https://person1.example/notes/1", "wm-target": HELLO },
    ];
    await run();
    expect(records().map(({ status }) => status)).toEqual(["deleted"]);
    pulling.standin.mentions = [mention(8, HELLO, { "wm-source": "https://person1.example/notes/1" })];
    await run();
    expect(records().map((record) => [record["wm-id"], record.status])).toEqual([[8, "approved"]]);
  });

  test("that became private are removed without a tombstone", async () => {
    pulling.standin.mentions = [mention(1, HELLO), mention(2, HELLO)];
    await run();
    pulling.standin.mentions = [mention(1, HELLO, { "wm-private": true }), mention(2, HELLO)];
    await run({ isFull: true });
    expect(records().map((record) => record["wm-id"])).toEqual([2]);
  });

  test("of the post's URL in four spellings are one response, the newest", async () => {
    const spellings = [HELLO, HELLO.replace(/\/$/, ""), HELLO.replace("https", "http"), `${HELLO}?x=1`];
    const source = { "wm-source": "https://person1.example/notes/1" };
    pulling.standin.mentions = spellings.map((target, index) => mention(index + 1, target, source));
    await run();
    expect(records().map((record) => record["wm-id"])).toEqual([4]);
    expect((await run({ isFull: true })).hasChanged).toBe(false);
  });
});

test("a dry run reports what would change and writes nothing", async () => {
  pulling.standin.mentions = [mention(1, HELLO)];
  const report = await run({ isDryRun: true });
  expect(report).toMatchObject({ hasChanged: true, changes: [{ what: "added" }] });
  expect(snapshot()).toEqual({});
});
