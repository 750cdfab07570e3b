import { describe, expect, test } from "vitest";
import {
  sampleBlog,
  samplePost,
  sampleResponse,
  sampleSettings,
} from "../../../tests/fixtures/sample-blog.ts";
import { sampleContext } from "../../../tests/fixtures/sample-views.ts";
import type { Post } from "../content/model.ts";
import type { PostResponse } from "../responses/model.ts";
import { contentPolicy } from "../site/content-policy.ts";
import type { Settings } from "../site/settings.ts";
import { siteUrls } from "../site/urls.ts";
import { indexBlog } from "./blog-index.ts";
import { postConversation } from "./conversation-pages.ts";
import { conversationView, type ConversationView } from "./conversation-view.ts";
import { peoplePages, type PeopleView } from "./people-view.ts";
import { siteView } from "./site-view.ts";

const GISCUS = {
  repo: "me/blog",
  repoId: "R_x",
  category: "Comments",
  categoryId: "DIC_x",
  host: "https://giscus.app",
};
const DISCUSSION = "https://github.com/me/blog/discussions/7";

interface Shown {
  readonly talk: ConversationView;
  readonly people: PeopleView;
}

function shown(
  responses: readonly PostResponse[],
  own: Partial<Settings> = {},
  change: Partial<Post> = {},
): Shown {
  const post = samplePost("x", change);
  const blog = sampleBlog({ settings: sampleSettings(own), posts: [post], responses: { x: responses } });
  const input = { blog, context: sampleContext(siteUrls(blog.settings)) };
  const index = indexBlog(blog, input.context.urls);
  const talk = conversationView(input, index, post, postConversation(input, index, post));
  const [people] = peoplePages(input, index, siteView(input));
  if (talk === null) throw new Error("There is no conversation");
  return { talk, people: people?.view as PeopleView };
}

function fromGitHub(name: string, own: Partial<PostResponse> = {}): PostResponse {
  return sampleResponse(name, {
    "wm-protocol": "giscus",
    "wm-source": `${DISCUSSION}#discussioncomment-1`,
    ...own,
  });
}

const counts = fromGitHub("GitHub", {
  author: { type: "card", name: "GitHub" },
  content: undefined,
  reactions: { "👍": 9, "❤️": 2 },
  "wm-id": "reactions-D_1",
  "wm-source": DISCUSSION,
  "wm-property": "like-of",
});

describe("reactions on GitHub", () => {
  test("are counts: no person named GitHub is among the likes, responses or people", () => {
    const { talk, people } = shown([
      counts,
      sampleResponse("Ann"),
      sampleResponse("Bo", { "wm-property": "like-of" }),
    ]);
    expect(talk.emoji).toEqual([
      { emoji: "👍", count: 9 },
      { emoji: "❤️", count: 2 },
    ]);
    expect(talk.shown.reactions.likes.faces.map(({ author }) => author.name)).toEqual(["Bo"]);
    expect(talk.shown.reactions.likes.total).toBe(1);
    expect([talk.total, talk.responses]).toEqual([2, 1]);
    expect(people.people.map(({ face }) => face.name).sort()).toEqual(["Ann", "Bo"]);
    expect(people.years.map(({ count }) => count)).toEqual([2]);
  });

  test("to a response are counted at the response", () => {
    const { talk } = shown([fromGitHub("Ann", { reactions: { "🎉": 3 } })]);
    expect(talk.shown.threads[0]?.reactions).toEqual([{ emoji: "🎉", count: 3 }]);
  });
});

test("people with deleted GitHub accounts aren't treated as one person", () => {
  const ghost = (): PostResponse => fromGitHub("ghost", { author: { type: "card", name: "ghost" } });
  const { talk, people } = shown([ghost(), ghost(), ghost(), fromGitHub("Ann")]);
  expect(talk.responses).toBe(4);
  expect(people.people.map(({ face }) => face.name)).toEqual(["Ann"]);
});

describe("responding through GitHub", () => {
  test("isn't offered, and its host isn't allowed, unless site.yaml configures it", () => {
    expect(shown([sampleResponse("Ann")]).talk.giscus).toBeNull();
    expect(JSON.stringify(contentPolicy(sampleSettings()))).not.toContain("giscus");
    expect(shown([], { giscus: GISCUS }).talk.giscus?.term).toBe("x");
    expect(JSON.stringify(contentPolicy(sampleSettings({ giscus: GISCUS })))).toContain("https://giscus.app");
  });

  test("links to the post's discussion if one is known, else to a search for it", () => {
    expect(shown([], { giscus: GISCUS }).talk.giscus?.discussionUrl).toBe(
      "https://github.com/me/blog/discussions?discussions_q=%22x%22+in%3Atitle+category%3A%22Comments%22",
    );
    expect(shown([fromGitHub("Ann")], { giscus: GISCUS }).talk.giscus?.discussionUrl).toBe(DISCUSSION);
  });

  test("isn't offered if the conversation is closed", () => {
    const { talk } = shown([fromGitHub("Ann")], { giscus: GISCUS }, { comments: "closed" });
    expect([talk.giscus, talk.webmention, talk.trackback, talk.mail]).toEqual([null, null, null, null]);
  });
});

test("the permalink of a comment published only here includes the page's path, so it works in feeds", () => {
  const comment = sampleResponse("Ann", { "wm-protocol": "comment", anchor: "c123" });
  const { talk } = shown([comment, sampleResponse("Bo")]);
  const [ann, bo] = talk.shown.threads;
  expect([ann?.href, ann?.source]).toEqual(["/posts/x/#c123", null]);
  expect(bo?.source).toMatch(/^https:\/\/bo\.example\//);
});
test("a blog without any way to respond offers none", () => {
  const { talk } = shown([sampleResponse("Ann")]);
  expect(talk.hasWays).toBe(false);
  expect(shown([], { replyEmail: "a@blog.example" }).talk.hasWays).toBe(true);
});

test("a reply names the response it replies to unless that is directly above", () => {
  const chain = ["Ann", "Bo", "Cy", "Di", "Ed"].map((name, at) =>
    sampleResponse(name, {
      "wm-id": at + 1,
      published: `2026-05-0${at + 1}T09:00:00Z`,
      // Ed replies to Cy, with Di's response between them.
      ...(at === 0 ? {} : { "in-reply-to": String(name === "Ed" ? 3 : at) }),
    }),
  );
  const [ann] = shown(chain).talk.shown.threads;
  const [bo] = ann?.replies ?? [];
  expect(bo?.answers).toBeNull();
  expect(bo?.replies.map(({ author, answers }) => [author.name, answers?.name ?? null])).toEqual([
    ["Cy", null],
    ["Di", null],
    ["Ed", "Cy"],
  ]);
});

test("a response names the site it comes from, unless that is this one", () => {
  const { talk } = shown([
    sampleResponse("Ann"),
    sampleResponse("Bo", { "wm-protocol": "comment" }),
    sampleResponse("Nell", {
      url: "https://backfence.example/notes/1/",
      "wm-source": "https://backfence.example/notes/1/",
    }),
  ]);
  expect(talk.shown.threads.map(({ host }) => host)).toEqual(["ann.example", null, null]);
  const posed = sampleResponse("Eve", { url: "https://backfence.example/posts/x/#eve" });
  expect(shown([posed]).talk.shown.threads[0]?.host).toBe("eve.example");
});

test("a long conversation shows its total, links to the next page, and lists its pages if there are at least four", () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) =>
      sampleResponse(`P${at}`, {
        "wm-id": at,
        published: new Date(Date.UTC(2012, 0, 1, 0, at)).toISOString(),
      }),
    );
  const { talk } = shown(many(250));
  expect([talk.responses, talk.more]).toEqual([250, { href: "/posts/x/responses/2/", count: 150 }]);
  expect([talk.map, talk.placesHref]).toEqual([null, "/posts/x/responses/places.json"]);
  expect(shown(many(301)).talk.map?.spans).toHaveLength(4);
  expect(shown(many(100)).talk.more).toBeNull();
});

describe("comments without an account", () => {
  const webmention = {
    endpoint: "https://in.example/webmention",
    api: null,
    pingback: null,
    trackback: null,
    comments: null,
  };
  const ann = sampleResponse("Ann", { url: "https://ann.example/?a=1&b=ä" });

  test("aren't offered unless a receiver's form is configured", () => {
    const { talk } = shown([ann], { webmention });
    expect([talk.comment, talk.shown.threads[0]?.replyHref]).toEqual([null, null]);
  });

  test("have a form at the receiver, whose replies stay in their thread, and the policy allows its host", () => {
    const settings = { webmention: { ...webmention, comments: "https://talk.example/comment" } };
    const { talk } = shown([ann], settings);
    expect(talk.comment).toEqual({ endpoint: "https://talk.example/comment", slug: "x" });
    const reply = new URL(talk.shown.threads[0]?.replyHref ?? "");
    expect(reply.origin + reply.pathname).toBe("https://talk.example/comment");
    expect(Object.fromEntries(reply.searchParams)).toEqual({
      post: "x",
      "reply-to": "https://ann.example/?a=1&b=%C3%A4",
    });
    expect(contentPolicy(sampleSettings(settings)).directives).toContain(
      "form-action 'self' https://duckduckgo.com https://in.example https://talk.example",
    );
  });
});
