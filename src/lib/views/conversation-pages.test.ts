import { describe, expect, test } from "vitest";
import { sampleBlog, sampleBody, samplePost, sampleResponse } from "../../../tests/fixtures/sample-blog.ts";
import { sampleContext } from "../../../tests/fixtures/sample-views.ts";
import type { PostResponse } from "../responses/model.ts";
import type { ShownResponse } from "../responses/shown-response.ts";
import type { ConversationPage } from "../responses/split-conversation.ts";
import { siteUrls } from "../site/urls.ts";
import { indexBlog } from "./blog-index.ts";
import type { ViewContext } from "./context.ts";
import { conversationPlaces, postConversation, type PostConversation } from "./conversation-pages.ts";

function comments(count: number, own: (at: number) => Partial<PostResponse> = () => ({})): PostResponse[] {
  return Array.from({ length: count }, (_, at) =>
    sampleResponse(`Person ${at}`, {
      "wm-id": at,
      "wm-source": `https://person.example/${at}`,
      "wm-received": "2013-01-01T00:00:00Z",
      url: `https://person.example/${at}`,
      published: new Date(Date.UTC(2012, 0, 1, 0, at)).toISOString(),
      content: { text: "Something that takes a line or two to say, as people do over a fence." },
      ...own(at),
    }),
  );
}

function conversationFor(
  responses: readonly PostResponse[],
  words: number,
  own: Partial<ViewContext> = {},
): { conversation: PostConversation; pathOf: (record: PostResponse) => string } {
  const post = samplePost("x", { body: sampleBody("x", { words }) });
  const blog = sampleBlog({ posts: [post], responses: { x: responses } });
  const input = { blog, context: sampleContext(siteUrls(blog.settings), own) };
  const index = indexBlog(blog, input.context.urls);
  const places = conversationPlaces(input, index);
  return {
    conversation: postConversation(input, index, post),
    pathOf: (record) => places(post, { record }),
  };
}

function idsOn(page: ConversationPage | undefined): string[] {
  const idsIn = (response: ShownResponse): string[] => [response.id, ...response.replies.flatMap(idsIn)];
  if (page === undefined) return [];
  return [...page.threads, ...page.trackbacks, ...page.mentions, ...page.likes, ...page.reposts].flatMap(
    idsIn,
  );
}

describe("the conversation on a post's own page", () => {
  test("has all of up to 100 responses, however long the post is", () => {
    for (const words of [300, 1800, 20_000]) {
      expect(conversationFor(comments(100), words).conversation.pages).toHaveLength(1);
      const { pages } = conversationFor(comments(101), words).conversation;
      expect(pages.map((page) => idsOn(page).length)).toEqual([100, 1]);
    }
  });

  test("begins with the oldest response, and every response is on some page", () => {
    const { pages } = conversationFor(comments(1600), 1200).conversation;
    expect(idsOn(pages[0])).toContain("c0");
    expect(new Set(pages.flatMap(idsOn)).size).toBe(1600);
    expect(pages.length).toBeLessThan(20);
  });

  test("is split even if it's a single thread", () => {
    const thread = comments(1600, (at) => (at === 0 ? {} : { "in-reply-to": "0" }));
    const { pages } = conversationFor(thread, 1200).conversation;
    expect(idsOn(pages[0])).toHaveLength(100);
    expect(new Set(pages.flatMap(idsOn)).size).toBe(1600);
  });
});

test("full pages don't change when new responses arrive", () => {
  const before = conversationFor(comments(1000), 1200).conversation.pages;
  const after = conversationFor(comments(1030), 1200).conversation.pages;
  const settled = before.slice(0, -1);
  expect(settled.length).toBeGreaterThan(2);
  for (const page of settled) {
    expect(idsOn(after.find((other) => other.number === page.number))).toEqual(idsOn(page));
  }
});

test("links from feeds and people pages lead to the page with the response", () => {
  const responses = comments(600);
  const { conversation, pathOf } = conversationFor(responses, 1200);
  for (const page of conversation.pages) {
    const [id] = idsOn(page);
    const record = responses.find((response) => `c${response["wm-id"]}` === id);
    const folder = page.number === 1 ? "/posts/x/" : `/posts/x/responses/${page.number}/`;
    expect(record && pathOf(record)).toBe(`${folder}#${id}`);
  }
});

test("a cached conversation is used until a response changes", () => {
  const store = new Map<string, string>();
  const kept = {
    readText: (key: string) => store.get(key) ?? null,
    write: (key: string, value: string) => void store.set(key, value),
  };
  const first = conversationFor(comments(70), 500, { kept }).conversation;
  expect(store.size).toBe(1);
  expect(conversationFor(comments(70), 500, { kept }).conversation).toEqual(first);
  expect(store.size).toBe(1);
  const edited = comments(70, (at) => (at === 3 ? { content: { text: "Mended." } } : {}));
  expect(JSON.stringify(conversationFor(edited, 500, { kept }).conversation)).toContain("Mended.");
  expect(store.size).toBe(2);
});
