import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sampleResponse } from "../../../tests/fixtures/sample-blog.ts";
import type { PostResponse } from "../responses/model.ts";
import { conversationParts, REACTIONS, type ConversationPart } from "./conversation-parts.ts";
import { countAnswers, threadsOf, type Thread } from "./threads.ts";

function all(parts: readonly ConversationPart[]): PostResponse[] {
  const inThread = ({ response, replies }: Thread): PostResponse[] => [
    response,
    ...replies.flatMap(inThread),
  ];
  return parts.flatMap((part) => [
    ...part.threads.flatMap(inThread),
    ...part.trackbacks,
    ...part.mentions,
    ...REACTIONS.flatMap((kind) => part.reactions[kind]),
  ]);
}

function comments(count: number, answers: (at: number) => number | null = () => null): PostResponse[] {
  const made: PostResponse[] = [];
  for (let at = 0; at < count; at += 1) {
    const parent = answers(at);
    const url = `https://x.example/${at}`;
    const text = "Something that takes a line or two to say, as people do.";
    made.push(
      sampleResponse("Ann", {
        url,
        "wm-id": at,
        "wm-source": url,
        content: { text },
        ...(parent === null ? {} : { "in-reply-to": `https://x.example/${parent}` }),
      }),
    );
  }
  return made;
}

const anyConversation = fc
  .array(
    fc.record({
      kind: fc.constantFrom("in-reply-to", "like-of", "repost-of", "bookmark-of", "mention-of", "rsvp"),
      protocol: fc.constantFrom("webmention", "trackback", "comment", "pingback", "giscus"),
      parent: fc.option(fc.nat(150)),
      length: fc.nat(3000),
    }),
    { maxLength: 150 },
  )
  .map((records) =>
    records.map(({ kind, protocol, parent, length }, at): PostResponse =>
      sampleResponse("Ann", {
        url: `https://x.example/${at}`,
        "wm-id": at,
        "wm-source": `https://x.example/${at}`,
        "wm-property": kind,
        "wm-protocol": protocol,
        content: { text: "x".repeat(length) },
        ...(parent === null ? {} : { "in-reply-to": `https://x.example/${parent}` }),
      }),
    ),
  );

describe("a conversation in pages", () => {
  test("loses nobody and shows nobody twice, whoever answers whom", () => {
    fc.assert(
      fc.property(anyConversation, fc.nat(3000), (responses, words) => {
        const shown = all(conversationParts(responses, words)).map((response) => response["wm-id"]);
        expect(shown.toSorted()).toEqual(responses.map((response) => response["wm-id"]).toSorted());
      }),
      { numRuns: 40 },
    );
  });

  test("keeps the post's own page light, with the newest answers on it", () => {
    const parts = conversationParts(comments(1600), 1200);
    expect(parts.length).toBeGreaterThan(2);
    expect(countAnswers(parts[0]?.threads ?? [])).toBeLessThan(50);
    expect(parts[0]?.threads.at(-1)?.response["wm-id"]).toBe(1599);
  });

  test("a single thread of 1,600 answers is spread over pages, too", () => {
    const parts = conversationParts(
      comments(1600, (at) => (at === 0 ? null : 0)),
      1200,
    );
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) expect(countAnswers(part.threads)).toBeLessThan(400);
  });

  test("1,600 likes are counted on the post and shown on further pages", () => {
    const likes = comments(1600).map((response): PostResponse => ({ ...response, "wm-property": "like-of" }));
    const parts = conversationParts(likes, 500);
    expect(parts[0]?.reactions.likes).toHaveLength(16);
    expect(all(parts)).toHaveLength(1600);
  });

  test("a long text leaves less room, but never none", () => {
    const short = conversationParts(comments(100), 200)[0];
    const long = conversationParts(comments(100), 5000)[0];
    expect(countAnswers(long?.threads ?? [])).toBeGreaterThan(3);
    expect(countAnswers(short?.threads ?? [])).toBeGreaterThan(countAnswers(long?.threads ?? []));
  });
});

describe("threads", () => {
  test("an answer stands under what it answers", () => {
    const [root] = threadsOf(comments(3, (at) => (at === 0 ? null : at - 1)));
    expect(root?.replies[0]?.replies[0]?.response["wm-id"]).toBe(2);
    expect(root?.replies[0]?.parent?.["wm-id"]).toBe(0);
  });

  test("answers that answer each other in a circle are still shown", () => {
    const threads = threadsOf(comments(4, (at) => (at + 1) % 4));
    expect(countAnswers(threads)).toBe(4);
  });

  test("an exchange of a thousand doesn't run off the page", () => {
    const depthOf = ({ replies }: Thread): number => 1 + Math.max(0, ...replies.map(depthOf));
    const [root] = threadsOf(comments(1000, (at) => (at === 0 ? null : at - 1)));
    expect(root === undefined ? 0 : depthOf(root)).toBeLessThanOrEqual(5);
    expect(countAnswers(root === undefined ? [] : [root])).toBe(1000);
  });
});
