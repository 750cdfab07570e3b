/** Checks the demo conversation against the code that displays and moderates it. */
import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { readAllResponses } from "./response-files.ts";
import { readReplyContexts } from "./reply-contexts.ts";
import type { ShownResponse } from "./shown-response.ts";
import { sanitizeHtml } from "./sanitize.ts";
import { spamMarks, spamMemory, SUSPECT, weightOf } from "./spam.ts";
import { conversationOf } from "./threads.ts";

const CONTENT = path.resolve("content");
const all = readAllResponses(CONTENT);
const records = [...all.values()].flat();

describe("the twelve comments on the post of 2008", () => {
  const comments = (all.get("virtual-backyard-fence") ?? []).filter(
    (each) => each["wm-protocol"] === "comment",
  );
  const spam = comments.filter(({ status }) => status === "spam");

  test("are eight by people and four spam: a trade, a product, generic praise and a sales pitch", () => {
    expect(comments).toHaveLength(12);
    expect(spam.map(({ author }) => author.name)).toEqual([
      "Java Developers Outsourcing",
      "Quilted Handbag Outlet",
      "Jenny",
      "Marcus Tull",
    ]);
  });

  test.each(spam.map((each) => [each.author.name, each] as const))(
    "the spam by %s is caught without any memory",
    (_name, each) => {
      expect(weightOf(spamMarks(each))).toBeGreaterThanOrEqual(SUSPECT);
    },
  );

  test("comments by people aren't held back, even with the whole conversation as memory", () => {
    const memory = spamMemory(records);
    for (const each of comments.filter(({ status }) => status === "approved")) {
      expect(spamMarks(each, memory)).toEqual([]);
    }
  });
});

describe("the demo conversation", () => {
  test("is already sanitized: sanitizing its HTML changes nothing", () => {
    for (const { content } of records) {
      if (content?.html !== undefined) expect(sanitizeHtml(content.html)?.html).toBe(content.html);
    }
  });

  test("has only people on example domains", () => {
    const hosts = records.flatMap(({ author, url, ...record }) => [
      author.url ?? url,
      url,
      record["wm-source"],
    ]);
    // All Bluesky profiles are on one host; the account's own domain is an example domain.
    const onBluesky = /^https:\/\/bsky\.app\/profile\/did:web:[\w-]+\.example(?:\/|$)/;
    for (const address of hosts.filter((each) => !onBluesky.test(each)))
      expect(new URL(address).hostname).toMatch(/\.example$|^(?:.+\.)?example\.(?:com|org|net|social)$/);
  });

  test("has every kind, protocol and status of a response, and a file for each picture", () => {
    const kinds = new Set(records.map((record) => record["wm-property"]));
    const protocols = new Set(records.map((record) => record["wm-protocol"]));
    const statuses = new Set(records.map(({ status }) => status));
    expect([...kinds].sort()).toEqual([
      "bookmark-of",
      "in-reply-to",
      "like-of",
      "mention-of",
      "repost-of",
      "rsvp",
    ]);
    expect([...protocols].sort()).toEqual([
      "bluesky",
      "comment",
      "giscus",
      "mastodon",
      "pingback",
      "trackback",
      "webmention",
    ]);
    for (const status of ["approved", "pending", "spam"]) expect(statuses).toContain(status);
    for (const { author } of records) {
      if (author.photo !== undefined)
        expect(existsSync(path.join(CONTENT, "responses/avatars", author.photo))).toBe(true);
    }
  });

  test("has a thread at least three levels deep and a post with at least sixty responses", () => {
    const conversations = [...all.values()].map((each) =>
      conversationOf(each, { siteUrl: "https://backfence.example/" }),
    );
    expect(conversations.some(({ counts }) => counts.total >= 60)).toBe(true);
    const isDeep = (thread: ShownResponse) => thread.replies.some(({ replies }) => replies.length > 0);
    expect(conversations.some(({ threads }) => threads.some(isDeep))).toBe(true);
  });

  test("has statuses that agree with the spam rules", () => {
    const memory = spamMemory(records.filter(({ status }) => status === "approved"));
    for (const each of records.filter(({ status }) => status === "approved" || status === "spam")) {
      const isHeld = weightOf(spamMarks(each, memory)) >= SUSPECT;
      expect([each["wm-id"], isHeld]).toEqual([each["wm-id"], each.status === "spam"]);
    }
  });

  test("has the reply context of a post", () => {
    const context = readReplyContexts(CONTENT).get("https://fieldnotes.example/2023/who-still-links");
    expect(context).toMatchObject({ title: "Who still links?", author: { name: "Gwen Tarrant" } });
  });
});
