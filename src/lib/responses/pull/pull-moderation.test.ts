import { describe, expect, test } from "vitest";
import { mention } from "../../../../tests/support/mentions.ts";
import { HELLO, setUpPulling } from "../../../../tests/support/pulling.ts";
import { record } from "../../../../tests/support/records.ts";
import { decide, decideAgain, moderationOf, withDecision } from "../moderation.ts";
import { writeResponses } from "../store.ts";

const pulling = setUpPulling();
const { blog, run, records, byId } = pulling;

test("a pull without new responses doesn't read the whole conversation", () => {
  let read = 0;
  function* stored() {
    read += 1;
    yield record(1);
  }
  const moderation = moderationOf("first-time", stored(), [], new Set());
  decideAgain(record(2, { status: "pending" }), record(2, { status: "pending" }), moderation);
  expect(read).toBe(0);
  expect(decide(record(3, { content: { text: "The reeds are back." } }), moderation).status).toBe("approved");
  decide(record(4), moderation);
  expect(read).toBe(1);
});

describe("moderation", () => {
  const wall = {
    content: { text: "Buy now! Visit our site http://pills.example and http://more.example today." },
  };

  test("all: every new response is held, and approved ones stay approved after edits", async () => {
    pulling.standin.mentions = [mention(1, HELLO), mention(2, HELLO)];
    await run({ blog: blog({ moderation: "all" }) });
    expect(records().map(({ status }) => status)).toEqual(["pending", "pending"]);
    const [first, second] = records();
    if (first && second)
      writeResponses(pulling.contentDir, "hello", [withDecision(first, "approved"), second]);
    pulling.standin.mentions = [mention(1, HELLO, { content: { text: "Mended" } }), mention(2, HELLO)];
    await run({ blog: blog({ moderation: "all" }), isFull: true });
    expect(byId(1)).toMatchObject({ status: "approved", content: { text: "Mended" } });
    expect(byId(2)?.status).toBe("pending");
  });

  test("first-time: an approved site is published at once, by source URL and not by author URL", async () => {
    const site = (id: number, host: string, author = host) =>
      mention(id, HELLO, {
        "wm-source": `https://${host}/notes/${id}`,
        author: { type: "card", name: author, url: `https://${author}/` },
      });
    pulling.standin.mentions = [site(1, "ada.example")];
    await run({ blog: blog({ moderation: "first-time" }) });
    writeResponses(
      pulling.contentDir,
      "hello",
      records().map((record) => withDecision(record, "approved")),
    );
    pulling.standin.mentions.push(
      site(2, "ada.example"),
      site(3, "bo.example"),
      site(4, "evil.example", "ada.example"),
    );
    await run({ blog: blog({ moderation: "first-time" }) });
    expect([2, 3, 4].map((id) => byId(id)?.status)).toEqual(["approved", "pending", "pending"]);
  });

  test("an approved response that is edited into spam is held again", async () => {
    pulling.standin.mentions = [mention(1, HELLO)];
    await run();
    pulling.standin.mentions = [mention(1, HELLO, wall)];
    await run({ isFull: true });
    expect(byId(1)?.status).toBe("pending");
    expect(byId(1)?.suspicion?.[0]).toMatch(/offers something/);
  });

  test("a response marked as spam stays spam, and its picture is never fetched", async () => {
    const author = {
      type: "card",
      name: "Cheap Boots",
      url: "https://b.example/",
      photo: `${pulling.standin.origin}/a.png`,
    };
    pulling.standin.mentions = [mention(1, HELLO, { author, ...wall })];
    await run();
    pulling.standin.mentions = [mention(1, HELLO, { content: { text: "Quite harmless." } })];
    await run({ isFull: true });
    expect(byId(1)?.status).toBe("spam");
    expect(pulling.standin.requests.some((request) => request.includes("a.png"))).toBe(false);
  });
});
