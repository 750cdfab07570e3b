import { describe, expect, test } from "vitest";
import { kindOf, rsvpOf } from "./classify.ts";
import { readEntry } from "./mf2-entry.ts";

const PAGE = "https://ada.example/notes/1";
const TARGET = "https://me.example/posts/hello/";

describe("the kind of a response", () => {
  test.each([
    ["rsvp", { rsvp: ["yes"], "in-reply-to": [TARGET] }],
    ["in-reply-to", { rsvp: ["perhaps"], "in-reply-to": [TARGET] }],
    ["repost-of", { "repost-of": [TARGET], "like-of": [TARGET] }],
    ["like-of", { "like-of": [TARGET], "in-reply-to": [TARGET] }],
    ["bookmark-of", { "bookmark-of": [TARGET], "in-reply-to": [TARGET] }],
    ["mention-of", { "like-of": ["https://other.example/"], "in-reply-to": ["not an address"] }],
    ["mention-of", {}],
  ])("is %s for %j", (kind, properties) => {
    expect(kindOf(properties, [TARGET])).toBe(kind);
  });

  test("doesn't depend on slash, scheme or www of the target", () => {
    expect(kindOf({ "like-of": ["http://www.me.example/posts/hello"] }, [TARGET])).toBe("like-of");
  });

  test("is an RSVP only with one of the four values", () => {
    expect(rsvpOf({ rsvp: [" Maybe "] })).toBe("maybe");
    expect(rsvpOf({ rsvp: ["sure"] })).toBeNull();
  });
});

describe("the author of a response", () => {
  const entry = (author: string) => `<div class="h-entry">${author}<p class="e-content">Hi</p></div>`;
  const author = async (html: string, pages: Record<string, string> = {}) =>
    (await readEntry(html, PAGE, async (url) => pages[url] ?? null))?.author;

  test("is the h-card in the entry", async () => {
    const html = entry(
      '<p class="p-author h-card"><a class="u-url p-name" href="/"><img class="u-photo" src="/me.jpg" alt="">Ada Lovell</a></p>',
    );
    expect(await author(html)).toEqual({
      name: "Ada Lovell",
      url: "https://ada.example/",
      photo: "https://ada.example/me.jpg",
    });
  });

  test("has only a name if the entry has only a name", async () => {
    expect(await author(entry('<b class="p-author">Ada</b>'))).toEqual({
      name: "Ada",
      url: null,
      photo: null,
    });
  });

  test("is the author of the feed around the entry", async () => {
    const html = `<div class="h-feed"><a class="p-author h-card" href="https://ada.example/">Ada</a>${entry("")}</div>`;
    expect(await author(html)).toMatchObject({ name: "Ada" });
  });

  test("is looked up on the author page that the entry links to", async () => {
    const pages = {
      "https://ada.example/about":
        '<div class="h-card"><a class="u-url" href="https://bo.example/">Bo</a></div><div class="h-card"><a class="p-name u-url u-uid" href="https://ada.example/about">Ada Lovell</a></div>',
    };
    expect(await author(entry('<a class="u-author" href="/about">me</a>'), pages)).toEqual({
      name: "Ada Lovell",
      url: "https://ada.example/about",
      photo: null,
    });
    expect(await author(`<link rel="author" href="/about">${entry("")}`, pages)).toMatchObject({
      name: "Ada Lovell",
    });
  });

  test("is named by the host if that page can't be fetched, and null without a link", async () => {
    expect(await author(entry('<a class="u-author" href="/about">me</a>'))).toEqual({
      name: "ada.example",
      url: "https://ada.example/about",
      photo: null,
    });
    expect(await author(entry(""))).toBeNull();
  });

  test("never has a `javascript:` URL", async () => {
    const html = entry(
      '<a class="p-author h-card" href="javascript:alert(1)"><img class="u-photo" src="javascript:x">A</a>',
    );
    expect(await author(html)).toEqual({ name: expect.any(String), url: null, photo: null });
  });
});

describe("the entry of a page", () => {
  test("is the one with the page's URL", async () => {
    const html = `<div class="h-entry"><a class="u-url p-name" href="/notes/0">Older</a></div>
      <div class="h-entry"><a class="u-url p-name" href="/notes/1">This one</a></div>`;
    expect((await readEntry(html, PAGE))?.title).toBe("This one");
  });

  test("has no title if its name only repeats the content", async () => {
    const html = '<div class="h-entry"><p class="p-name e-content">Just a note</p></div>';
    expect(await readEntry(html, PAGE)).toMatchObject({ title: null, content: { text: "Just a note" } });
  });

  test("is null for a page without microformats and for an HTML bomb", async () => {
    expect(await readEntry("<p>hello</p>", PAGE)).toBeNull();
    expect(await readEntry("<div class=h-entry>".repeat(20_000), PAGE)).toBeNull();
  });

  test("has its reply target, even in a nested citation", async () => {
    const html = `<div class="h-entry"><div class="u-in-reply-to h-cite"><a class="u-url" href="${TARGET}">x</a></div></div>`;
    const entry = await readEntry(html, PAGE);
    expect(kindOf(entry?.properties ?? {}, [TARGET])).toBe("in-reply-to");
  });
});
