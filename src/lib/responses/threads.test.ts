import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { person, prose, record } from "../../../tests/support/records.ts";
import type { PostResponse } from "./model.ts";
import type { ShownResponse } from "./shown-response.ts";
import { initialsOf } from "./shown-response.ts";
import { placesOf, splitConversation } from "./split-conversation.ts";
import { anchorsOf, conversationOf } from "./threads.ts";

const OPTIONS = { siteUrl: "https://backfence.example/" };

/** Formats threads by wm-id, such as `1(2(3) 4)`. */
function shape(responses: readonly ShownResponse[]): string {
  return responses
    .map(({ id, replies }) => `${id.slice(1)}${replies.length === 0 ? "" : `(${shape(replies)})`}`)
    .join(" ");
}

describe("a conversation", () => {
  test("doesn't include pending, spam, deleted or private responses", () => {
    const records = [
      record(1, { status: "pending" }),
      record(2, { status: "spam" }),
      record(3, { status: "deleted" }),
      record(4, { "wm-private": true }),
      record(5),
    ];
    const conversation = conversationOf(records, OPTIONS);
    expect(shape(conversation.threads)).toBe("5");
    expect(conversation.counts.total).toBe(1);
  });

  test("nests replies under their parent, named by id, URL, source or permalink", () => {
    const records = [
      record(1),
      record(2, { "in-reply-to": "1" }),
      record(3, { "in-reply-to": "http://ada.example/notes/2/" }),
      record(4, { "in-reply-to": "https://ada.example/notes/1" }),
      record(5, { "in-reply-to": "gone" }),
      record(6, { "in-reply-to": "https://backfence.example/posts/hello#c5" }),
      record(7, { "in-reply-to": "https://elsewhere.example/#c5" }),
    ];
    expect(shape(conversationOf(records, OPTIONS).threads)).toBe("1(2(3) 4) 5(6) 7");
  });

  test("keeps deep threads readable: replies deeper than two levels name the response they reply to", () => {
    const records = Array.from({ length: 7 }, (_, index) =>
      record(index + 1, {
        author: person(`P${index + 1}`),
        ...(index === 0 ? {} : { "in-reply-to": String(index) }),
      }),
    );
    const { threads, counts } = conversationOf(records, OPTIONS);
    expect(shape(threads)).toBe("1(2(3 4 5 6 7))");
    expect(counts.comments).toBe(7);
    const deepest = threads[0]?.replies[0]?.replies ?? [];
    expect(deepest.map(({ answers }) => answers?.name)).toEqual([undefined, "P3", "P4", "P5", "P6"]);
  });

  test("loses no response if replies form a cycle", () => {
    const records = [
      record(1, { "in-reply-to": "3" }),
      record(2, { "in-reply-to": "1" }),
      record(3, { "in-reply-to": "2" }),
      record(4, { "in-reply-to": "4" }),
      record(5, { "in-reply-to": "2" }),
    ];
    expect(shape(conversationOf(records, OPTIONS).threads)).toBe("1(2(3 5)) 4");
  });

  test("groups responses by kind and counts them", () => {
    const kinds = ["like-of", "repost-of", "bookmark-of", "mention-of", "rsvp", "in-reply-to"] as const;
    const records: PostResponse[] = kinds.map((kind, index) => record(index, { "wm-property": kind }));
    records.push(
      record(10, {
        "wm-protocol": "trackback",
        "wm-property": "mention-of",
        name: "A title",
        site: "A site",
      }),
      record(11, { "wm-protocol": "pingback", "wm-property": "mention-of" }),
      record(12, { "wm-protocol": "giscus", "wm-property": "like-of", reactions: { "❤️": 1, "👍": 3 } }),
    );
    const conversation = conversationOf(records, OPTIONS);
    expect(conversation.counts).toEqual({
      total: 8,
      comments: 1,
      trackbacks: 1,
      mentions: 2,
      likes: 1,
      reposts: 1,
      bookmarks: 1,
      rsvps: 1,
    });
    expect(conversation.trackbacks[0]).toMatchObject({
      title: "A title",
      site: "A site",
      host: "ada.example",
    });
    expect(conversation.reactions).toEqual([
      { emoji: "👍", count: 3 },
      { emoji: "❤️", count: 1 },
    ]);
  });

  test("doesn't depend on the order of the stored records", () => {
    const records = Array.from({ length: 15 }, (_, index) =>
      record(index, {
        published: `2026-05-11T09:0${index % 3}:00Z`,
        ...(index % 4 === 1 ? { "in-reply-to": String(index - 1) } : {}),
      }),
    );
    const expected = conversationOf(records, OPTIONS);
    fc.assert(
      fc.property(fc.shuffledSubarray(records, { minLength: records.length }), (shuffled) => {
        expect(conversationOf(shuffled, OPTIONS)).toEqual(expected);
      }),
    );
  });

  test("marks responses by the blog's own authors", () => {
    const own = record(1, {
      "wm-protocol": "comment",
      author: { type: "card", name: "Nell", uid: "https://backfence.example/authors/nell/" },
    });
    expect(conversationOf([own, record(2)], OPTIONS).threads.map(({ isOwn }) => isOwn)).toEqual([
      true,
      false,
    ]);
  });
});

describe("anchors", () => {
  test("of the previous platform keep working", () => {
    const anchors = anchorsOf([
      record(1, { anchor: "comment-6a00d8341c" }),
      record("IC_kw/x=", {}),
      record(3),
    ]);
    expect([...anchors.values()]).toEqual(["cIC_kw-x-", "comment-6a00d8341c", "c3"]);
  });

  test("are unique, also among the ids of the post's headings", () => {
    const records = [record(1, { anchor: "c2" }), record(2), record(3)];
    const anchors = anchorsOf(records, new Set(["c3"]));
    expect(records.map((each) => anchors.get(each))).toEqual(["c2", "c2-2", "c3-2"]);
  });
});

/** Markup similar to the page's, to measure its size. */
function markup(response: ShownResponse): string {
  const { id, author, url, host, date, html } = response;
  const replies = response.replies.map(markup).join("");
  return `<li id="${id}" class="response h-cite u-comment"><article><header class="response-head">
<a class="p-author h-card u-url" href="${author.url ?? ""}" rel="nofollow ugc noopener"><span class="avatar" aria-hidden="true">${author.initials}</span><span class="p-name">${author.name}</span></a>
<span class="response-host">${host}</span><a class="u-url permalink" href="${url}"><time class="dt-published" datetime="${date}">${date}</time></a></header>
<div class="e-content p-name response-body">${html}</div></article><ol class="replies">${replies}</ol></li>`;
}

describe("a conversation with 1,600 responses", () => {
  const records = Array.from({ length: 1600 }, (_, index) =>
    record(index + 1, {
      author: person(`${prose(index * 7, 12)} ${index}`),
      content: { text: prose(index, 60 + ((index * 37) % 700)) },
      ...(index % 3 === 1 ? { "in-reply-to": String(index) } : {}),
      ...(index % 5 === 0 ? { "wm-property": "like-of" as const } : {}),
    }),
  );
  const pages = splitConversation(conversationOf(records, OPTIONS));
  const all = (page: (typeof pages)[number]) => [...page.threads, ...page.likes];

  test("adds less than 60 KB compressed to the post's page and to each other page", () => {
    for (const page of pages) {
      const compressed = gzipSync(all(page).map(markup).join("\n")).length;
      expect(compressed).toBeLessThan(60 * 1024);
    }
    expect(pages.length).toBeGreaterThan(3);
  });

  test("loses no response and has the oldest ones on the post's page", () => {
    const ids = pages.flatMap(all).flatMap(function idsOf(response): string[] {
      return [response.id, ...response.replies.flatMap(idsOf)];
    });
    expect(ids.length).toBe(1600);
    expect(new Set(ids).size).toBe(1600);
    expect(pages[0]?.from).toBe(records[0]?.published);
    expect(pages.map(({ number }) => number)).toEqual(pages.map((_, index) => index + 1));
    const beginnings = pages.map(({ threads }) => threads[0]?.date ?? "");
    expect(beginnings).toEqual([...beginnings].sort());
  });

  test("links its pages from the oldest to the newest and back", () => {
    const trail: number[] = [];
    for (
      let at: number | null = 1;
      at !== null;
      at = pages.find(({ number }) => number === at)?.later ?? null
    ) {
      trail.push(at);
    }
    expect(trail).toEqual(pages.map(({ number }) => number));
    expect(pages.map(({ earlier }) => earlier)).toEqual([null, ...trail.slice(0, -1)]);
  });

  test("changes only the last page when the next hundred responses arrive", () => {
    const more = Array.from({ length: 100 }, (_, index) =>
      record(5000 + index, { content: { text: prose(index, 300) } }),
    );
    const grown = splitConversation(conversationOf([...records, ...more], OPTIONS));
    expect(pages.length).toBeGreaterThan(3);
    expect(grown.slice(0, pages.length - 1)).toEqual(pages.slice(0, -1));
  });

  test("has the page and anchor of each response, for feeds and people pages", () => {
    const places = placesOf(records, OPTIONS);
    expect(places.size).toBe(1600);
    for (const page of pages) {
      for (const { id } of all(page)) {
        const at = records.find((each) => `c${each["wm-id"]}` === id);
        expect(at && places.get(at)).toEqual({ page: page.number, id });
      }
    }
  });

  test("in a single thread is split, and each piece names the response it replies to and its page", () => {
    const chain = Array.from({ length: 400 }, (_, index) =>
      record(index + 1, {
        content: { text: prose(index, 600) },
        ...(index === 0 ? {} : { "in-reply-to": String(index % 2 === 0 ? 1 : index) }),
      }),
    );
    const split = splitConversation(conversationOf(chain, OPTIONS));
    expect(split.length).toBeGreaterThan(2);
    const pieces = split.flatMap((page) => page.threads);
    expect(pieces.filter(({ answers }) => answers === null).map(({ id }) => id)).toEqual(["c1"]);
    const rootPage = split.find((page) => page.threads.some(({ id }) => id === "c1"))?.number;
    expect(
      pieces.filter(({ answers }) => answers?.id === "c1").every(({ answers }) => answers?.page === rootPage),
    ).toBe(true);
  });
});

const counted = (page: { threads: readonly ShownResponse[] } | undefined): number => {
  const count = (responses: readonly ShownResponse[]): number =>
    responses.reduce((sum, { replies }) => sum + 1 + count(replies), 0);
  return count(page?.threads ?? []);
};

test.each([
  [0, [0]],
  [1, [1]],
  [53, [53]],
  [100, [100]],
  [101, [100, 1]],
  [250, [100, 100, 50]],
])("%i short responses are on pages of %j", (total, expected) => {
  const records = Array.from({ length: total }, (_, at) => record(at + 1, { content: { text: "Yes." } }));
  expect(splitConversation(conversationOf(records, OPTIONS)).map(counted)).toEqual(expected);
});

test("a page has fewer responses if they are long, and a thread that fits isn't split", () => {
  const long = Array.from({ length: 60 }, (_, at) => record(at + 1, { content: { text: prose(at, 4000) } }));
  const [first] = splitConversation(conversationOf(long, OPTIONS));
  expect(counted(first)).toBeLessThan(40);
  expect(counted(first)).toBeGreaterThan(15);
  const thread = Array.from({ length: 80 }, (_, at) =>
    record(at + 1, { content: { text: "Yes." }, ...(at === 0 ? {} : { "in-reply-to": "1" }) }),
  );
  const whole = splitConversation(conversationOf(thread, OPTIONS));
  expect(whole.map(({ threads }) => threads.length)).toEqual([1]);
});

test("up to thirty likes are on the post's page, however many comments there are; the rest follows", () => {
  const likes = Array.from({ length: 45 }, (_, at) => record(at + 1, { "wm-property": "like-of" }));
  const replies = Array.from({ length: 150 }, (_, at) => record(at + 100));
  const pages = splitConversation(conversationOf([...likes, ...replies], OPTIONS));
  expect(pages.map((page) => page.likes.length)).toEqual([30, 15]);
  expect(pages.map(counted)).toEqual([100, 50]);
});

test("an empty conversation is one empty page", () => {
  expect(splitConversation(conversationOf([], OPTIONS))).toMatchObject([
    { number: 1, earlier: null, later: null, from: null, threads: [] },
  ]);
});

test.each([
  ["Ada Lovell", "AL"],
  ["ada", "A"],
  ["Jean-Luc de la Tour", "JT"],
  ["李小龙", "李"],
  ["ada.example", "AE"],
  ["🦊", "🦊"],
  ["مريم الحداد", "م"],
  ["يوسف Quist", "ي"],
  ["Ada الخطيب", "A"],
])("the initials of %s are %s", (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
