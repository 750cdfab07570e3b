import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import * as fc from "fast-check";
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import jsonFeedSchema from "jsonfeed-schema/schema-v1.1.json" with { type: "json" };
import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { anyCharacter } from "../../../tests/support/any-character.ts";
import type { Blog, Post } from "../content/model.ts";
import { wholeFile } from "../site/outputs.ts";
import { outputFile } from "../site/urls.ts";
import { feedFiles } from "./feed-files.ts";
import {
  makeAuthor,
  makeBlog,
  makePost,
  makePosts,
  makeResponse,
  makeSettings,
} from "../../../tests/fixtures/small-blog.ts";
import { contextOf, keysOf, made, textsOf } from "../../../tests/support/feed-tools.ts";
import { propertyRuns } from "../../../tests/support/property-runs.ts";

const richPost = makePost({
  slug: "größe",
  title: 'Is 1 < 2 & "so"?',
  date: "2024-05-01T08:00:00.000Z",
  updated: "2024-06-01T08:00:00.000Z",
  authors: ["nell", "tomas"],
  tags: ["listening", "日本"],
  contentNote: "Mentions a death.",
  question: "And you?",
  lang: "en-GB",
  answering: [{ kind: "in-reply-to", url: "https://other.example/?a=1&b=2", rsvp: null }],
});

const richBlog = makeBlog({
  settings: makeSettings({
    url: "https://fence.example/blog/",
    hub: "https://hub.example/",
    licence: { name: "CC BY 4.0", url: "https://creativecommons.org/licenses/by/4.0/" },
  }),
  posts: [richPost],
  authors: [makeAuthor(), makeAuthor({ id: "tomas", name: "007" })],
  series: [{ id: "home", file: "content/series/home.yaml", title: "Home", description: "Coming home" }],
  responses: { größe: [makeResponse()] },
});

const cover = {
  url: "https://fence.example/blog/pictures/fence.png",
  width: 1200,
  height: 630,
  alt: "A fence",
  credit: "Drawn here",
};

test("the site, every tag, author and series have feeds in RSS, Atom and JSON Feed", () => {
  const paths = [...keysOf(richBlog).keys()];
  for (const scope of [
    "/",
    "/tags/listening/",
    "/tags/%E6%97%A5%E6%9C%AC/",
    "/authors/tomas/",
    "/series/home/",
  ]) {
    expect(paths).toEqual(
      expect.arrayContaining([`${scope}rss.xml`, `${scope}atom.xml`, `${scope}feed.json`]),
    );
  }
});

test("an RSS item has the full article, its authors, tags, dates and comments URL", async () => {
  const feed = parseRssFeed(await made(richBlog, "/rss.xml", { cover: () => cover }));
  expect(feed).toMatchObject({
    title: "Over the fence",
    link: "https://fence.example/blog/",
    language: "en",
    generator: "Backfence",
    copyright: "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)",
  });
  expect(feed.atom?.links).toEqual(
    expect.arrayContaining([
      { rel: "self", type: "application/rss+xml", href: "https://fence.example/blog/rss.xml" },
      { rel: "hub", href: "https://hub.example/" },
    ]),
  );
  const item = feed.items?.[0];
  expect(item).toMatchObject({
    title: 'Is 1 < 2 & "so"?',
    link: "https://fence.example/blog/posts/gr%C3%B6%C3%9Fe/",
    description: "What it is about.",
    pubDate: "Wed, 01 May 2024 08:00:00 GMT",
    comments: "https://fence.example/blog/posts/gr%C3%B6%C3%9Fe/#responses",
    categories: [{ name: "listening" }, { name: "日本" }],
    dc: { creators: ["Nell Harrow", "007"], languages: ["en-GB"] },
    slash: { comments: 1 },
    wfw: { commentRss: "https://fence.example/blog/posts/gr%C3%B6%C3%9Fe/responses.xml" },
    atom: { updated: "2024-06-01T08:00:00Z" },
  });
  expect(item?.guid?.isPermaLink).toBe(false);
  expect(item?.content?.encoded).toBe(
    [
      "<p><em>Mentions a death.</em></p>",
      '<figure><img src="https://fence.example/blog/pictures/fence.png" alt="A fence" width="1200" height="630">' +
        "<figcaption>Drawn here</figcaption></figure>",
      "<p>Body of größe</p>",
      "<p><strong>And you?</strong></p>",
    ].join("\n"),
  );
});

test("an Atom entry has the same content, and the language, license and replies", async () => {
  const feed = parseAtomFeed(await made(richBlog, "/atom.xml"));
  const rss = parseRssFeed(await made(richBlog, "/rss.xml"));
  expect(feed.links).toEqual(
    expect.arrayContaining([
      { rel: "self", type: "application/atom+xml", href: "https://fence.example/blog/atom.xml" },
      { rel: "license", href: "https://creativecommons.org/licenses/by/4.0/" },
    ]),
  );
  const entry = feed.entries?.[0];
  expect(entry).toMatchObject({
    id: rss.items?.[0]?.guid?.value,
    published: "2024-05-01T08:00:00Z",
    updated: "2024-06-01T08:00:00Z",
    authors: [
      { name: "Nell Harrow", uri: "https://fence.example/blog/authors/nell/" },
      { name: "007", uri: "https://fence.example/blog/authors/tomas/" },
    ],
    categories: [{ term: "listening" }, { term: "日本" }],
    thr: { inReplyTos: [{ ref: "https://other.example/?a=1&b=2" }], total: 1 },
  });
  expect(entry?.links).toContainEqual(
    expect.objectContaining({
      rel: "replies",
      href: "https://fence.example/blog/posts/gr%C3%B6%C3%9Fe/responses.xml",
      thr: { count: 1, updated: "2024-05-02T08:01:00Z" },
    }),
  );
  expect(await made(richBlog, "/atom.xml")).toContain('<entry xml:lang="en-GB">');
});

test("the JSON Feed is valid against its schema and has the same content", async () => {
  const validate = addFormats.default(new Ajv({ strict: false })).compile(jsonFeedSchema);
  for (const path of ["/feed.json", "/tags/listening/feed.json"]) {
    const text = await made(richBlog, path, { cover: () => cover });
    expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
  }
  const feed = parseJsonFeed(await made(richBlog, "/feed.json"));
  const atom = parseAtomFeed(await made(richBlog, "/atom.xml"));
  expect(feed).toMatchObject({ language: "en", hubs: [{ type: "WebSub", url: "https://hub.example/" }] });
  expect(feed.items?.[0]).toMatchObject({
    id: atom.entries?.[0]?.id,
    title: 'Is 1 < 2 & "so"?',
    tags: ["listening", "日本"],
    language: "en-GB",
    content_html: expect.stringContaining("<p>Body of größe</p>"),
  });
});

test("ids don't change with title, text, slug or domain, and an edit changes only the updated date", async () => {
  const before = parseAtomFeed(await made(richBlog, "/atom.xml"));
  const moved = makeBlog({
    ...richBlog,
    settings: makeSettings({ url: "https://elsewhere.example/", title: "Renamed" }),
    posts: [{ ...richPost, slug: "renamed", title: "Renamed", updated: "2025-01-01T00:00:00.000Z" }],
  });
  const after = parseAtomFeed(await made(moved, "/atom.xml", { bodyHtml: () => "<p>New</p>" }));
  expect(after.id).toBe(before.id);
  expect(after.entries?.[0]?.id).toBe(before.entries?.[0]?.id);
  expect(after.entries?.[0]?.published).toBe(before.entries?.[0]?.published);
  expect(after.entries?.[0]?.updated).toBe("2025-01-01T00:00:00Z");
});

test("two blogs with different `id` settings share no feed ids; without it the ids stay as they were", async () => {
  const idsOf = async (id: string | null): Promise<string[]> => {
    const blog = makeBlog({ settings: makeSettings({ id }), responses: { hello: [makeResponse()] } });
    const feeds = [
      "/rss.xml",
      "/atom.xml",
      "/responses.xml",
      "/posts/hello/responses.xml",
      "/authors/nell/atom.xml",
    ];
    const texts = await Promise.all(feeds.map((path) => made(blog, path)));
    const json = parseJsonFeed(await made(blog, "/feed.json")).items ?? [];
    const ids = texts.flatMap((text) => [...textsOf(text, "id"), ...textsOf(text, "guid")]);
    return [...new Set([...ids, ...json.map((item) => item.id ?? "")])];
  };
  const none = await idsOf(null);
  const [one, two] = [await idsOf("one.example,2026"), await idsOf("two.example,2026")];
  expect(one.length).toBe(none.length);
  expect(none.length).toBeGreaterThan(4);
  expect(one.filter((id) => two.includes(id) || none.includes(id))).toEqual([]);
  expect(none).toContain("urn:uuid:14065226-00f3-52de-925e-69e41d9e9c7a");
  expect(none).toContain("urn:uuid:3650fe23-ff93-5c85-a64c-cc9e0863fd2e");
});

test("subscribers of an old Blogger feed don't see its posts again", async () => {
  const id = "tag:blogger.com,1999:blog-1.post-2";
  const feed = parseRssFeed(await made(makeBlog({ posts: [makePost({ id })] }), "/rss.xml"));
  expect(feed.items?.[0]?.guid?.value).toBe(id);
});

/** Collects post slugs by following `prev-archive` (`next_url` in JSON Feed) from the newest document. */
async function walk(
  blog: Blog,
  newest: string,
  linkOf: (text: string) => string | undefined,
): Promise<string[]> {
  const seen: string[] = [];
  let path: string | undefined = newest;
  while (path !== undefined) {
    const text: string = await made(blog, path);
    seen.push(...(text.match(/post-\d+\/(?="|<)/g) ?? []));
    const next: string | undefined = linkOf(text);
    path = next === undefined ? undefined : new URL(next).pathname;
  }
  return seen;
}

test("every post can be reached from the newest feed document, in each format", async () => {
  for (const count of [0, 1, 49, 50, 51, 100, 101, 130]) {
    const blog = makeBlog({ posts: makePosts(count) });
    const xmlLink = (text: string) => /rel="prev-archive"[^>]*href="([^"]+)"/.exec(text)?.[1];
    const jsonLink = (text: string) => /"next_url":"([^"]+)"/.exec(text)?.[1];
    expect(new Set(await walk(blog, "/rss.xml", xmlLink)).size).toBe(count);
    expect(new Set(await walk(blog, "/atom.xml", xmlLink)).size).toBe(count);
    expect(new Set(await walk(blog, "/feed.json", jsonLink)).size).toBe(count);
  }
});

test("an archive is marked as one, and a new post doesn't change it", async () => {
  const posts = makePosts(130);
  const archive = await made(makeBlog({ posts }), "/atom-2.xml");
  expect(archive).toContain("<fh:archive/>");
  expect(archive).toMatch(/rel="current"[^>]*href="https:\/\/fence\.example\/atom\.xml"/);
  expect(textsOf(archive, "title")).toHaveLength(51);
  const another = makePost({ slug: "post-131", date: "2024-01-01T00:00:00.000Z" });
  expect(await made(makeBlog({ posts: [another, ...posts] }), "/atom-2.xml")).toBe(archive);
});

test("a conversation feed has the text and author of each response and what it replies to", async () => {
  const responses = [
    makeResponse({ "wm-id": 1 }),
    makeResponse({
      "wm-id": 2,
      author: { type: "card", name: "Bo" },
      "in-reply-to": "1",
      published: "2024-05-03T00:00:00Z",
    }),
    makeResponse({ "wm-id": 3, "wm-property": "like-of", content: { text: "likes this" } }),
    makeResponse({ "wm-id": 4, status: "pending", content: { text: "secretpending" } }),
    makeResponse({ "wm-id": 5, "wm-private": true, content: { text: "secretprivate" } }),
  ];
  const blog = makeBlog({ responses: { hello: responses } });
  const post = parseAtomFeed(await made(blog, "/atom.xml")).entries?.[0];
  for (const path of ["/posts/hello/responses.xml", "/responses.xml"]) {
    const text = await made(blog, path);
    const { entries = [] } = parseAtomFeed(text);
    expect(entries.map(({ title }) => title?.value)).toEqual([
      "Bo: I had the same with our choir.",
      "Ada: I had the same with our choir.",
    ]);
    expect(entries[0]?.thr?.inReplyTos?.[0]?.ref).toBe(entries[1]?.id);
    expect(entries[1]?.thr?.inReplyTos?.[0]?.ref).toBe(post?.id);
    expect(entries[1]?.links).toContainEqual(
      expect.objectContaining({ rel: "alternate", href: "https://fence.example/posts/hello/#response-1" }),
    );
    expect(text).not.toMatch(/secret|likes this/);
  }
  expect(post?.thr?.total).toBe(2);
});

test("posts without a conversation have no conversation feed and link to none", async () => {
  const off = makePost({ slug: "off", comments: "off" });
  const closed = makePost({ slug: "closed", comments: "closed" });
  const blog = makeBlog({ posts: [off, closed], responses: { off: [makeResponse()] } });
  expect([...keysOf(blog).keys()].filter((path) => path.startsWith("/posts/"))).toEqual([]);
  expect(await made(blog, "/atom.xml")).not.toContain("replies");
  expect(await made(blog, "/rss.xml")).not.toContain("comments");
});

test("drafts and scheduled posts are in no feed, not even in dev", async () => {
  const posts = (["draft", "scheduled"] as const).map((visibility) =>
    makePost({ slug: visibility, visibility }),
  );
  for (const file of feedFiles(makeBlog({ posts }), contextOf(makeBlog()))) {
    expect(String(wholeFile(await file.make()))).not.toMatch(/post draft|post scheduled/);
  }
});

const AWKWARD = [
  "]]>",
  "<![CDATA[",
  "&amp;",
  "\u0000",
  "\u000b",
  "\ud800",
  "\ufffe",
  "\r\n",
  "</title>",
  "<slot>1</slot>",
];
const anyText = fc
  .array(fc.oneof(fc.string({ unit: anyCharacter }), fc.constantFrom(...AWKWARD, "שלום", "日本語", "👩‍👧")))
  .map((parts) => parts.join(""));

test("feeds are well-formed and keep the title, whatever authors and strangers write", async () => {
  await fc.assert(
    fc.asyncProperty(anyText, anyText, async (text, tag) => {
      const post: Post = makePost({
        title: `x${text}`,
        description: text,
        tags: [`t${tag}`],
        question: text,
      });
      const blog = makeBlog({
        settings: makeSettings({ title: `y${text}`, description: text }),
        posts: [post],
        authors: [makeAuthor({ name: `z${text}` })],
        responses: { hello: [makeResponse({ content: { text }, author: { type: "card", name: text } })] },
      });
      for (const file of feedFiles(blog, contextOf(blog, { bodyHtml: () => text }))) {
        const output = String(wholeFile(await file.make()));
        if (file.path.endsWith(".json")) JSON.parse(output);
        else if (file.path.endsWith(".xml")) textsOf(output, "title");
      }
      const atom = await made(blog, "/atom.xml");
      const clean = text.toWellFormed().replaceAll(/[^\t\n\r\x20-\uFFFD\u{10000}-\u{10FFFF}]/gu, "");
      expect(textsOf(atom, "title")[1]).toBe(`x${clean}`);
    }),
    propertyRuns(60),
  );
});

test("a feed's key changes when its content changes, and only then", () => {
  const bodies: string[] = [];
  const own = { bodyHtml: (post: Post) => (bodies.push(post.slug), "") };
  const before = keysOf(richBlog, own);
  const changed = (blog: Blog): string[] => {
    const after = keysOf(blog, own);
    return [...after].filter(([path, key]) => before.get(path) !== key).map(([path]) => path);
  };
  const withPost = (change: Partial<Post>) => ({ ...richBlog, posts: [{ ...richPost, ...change }] });
  expect(changed(structuredClone(richBlog))).toEqual([]);
  for (const change of [
    { title: "New" },
    { body: { ...richPost.body, key: "other" } },
    { updated: "2025-01-01T00:00:00.000Z" },
  ]) {
    expect(changed(withPost(change))).toEqual(
      expect.arrayContaining(["/rss.xml", "/atom.xml", "/feed.json", "/tags/listening/rss.xml"]),
    );
  }
  expect(changed({ ...richBlog, responses: {} })).toEqual(
    expect.arrayContaining(["/rss.xml", "/responses.xml", "/posts/gr%C3%B6%C3%9Fe/responses.xml"]),
  );
  expect(
    changed({ ...richBlog, authors: [makeAuthor(), makeAuthor({ id: "tomas", name: "Tomas" })] }),
  ).toContain("/authors/tomas/atom.xml");
  expect(changed(withPost({ kicker: "Not shown in a feed" }))).toEqual([]);
  expect(bodies).toEqual([]);
});

test("readers that parse titles as HTML show a title with markup in full; other titles aren't escaped", async () => {
  const title = "The <b> tag, &lt; and AT&T, 1 < 2";
  const posts = [
    makePost({ slug: "a", title, description: "Use <script>alert(1)</script> & co" }),
    makePost({ slug: "b", title: "AT&T, 1 < 2" }),
  ];
  const settings = makeSettings({ title: "<i> & me", description: "On <b> & co" });
  const xml = await made(makeBlog({ settings, posts }), "/rss.xml");
  const titles = textsOf(xml, "title");
  expect(titles.map(htmlText)).toEqual(["<i> & me", title, "AT&T, 1 < 2"]);
  expect(titles[2]).toBe("AT&T, 1 < 2");
  const descriptions = textsOf(xml, "description").map(htmlText);
  expect(descriptions.slice(0, 2)).toEqual(["On <b> & co", "Use <script>alert(1)</script> & co"]);
  expect(xml).not.toMatch(/&lt;(?:script|b|i)>/);
});

/** Text shown by a feed reader that parses the title as HTML. */
function htmlText(html: string): string {
  return new JSDOM(html).window.document.body.textContent;
}

test("all URLs in a feed are valid, whatever strangers send", async () => {
  const bad = "https://h.example/[k](vbscript:msgbox(1))?a={b}|c^d`#x y[z]";
  const responses = [
    makeResponse({ "wm-id": 1, url: bad, author: { type: "card", name: "Eve", url: bad } }),
    makeResponse({ "wm-id": 2, url: "javascript:alert(1)", author: { type: "card", name: "Mal" } }),
    makeResponse({ "wm-id": 3, author: { type: "card", name: "Nil", url: "not an address" } }),
  ];
  const post = makePost({ answering: [{ kind: "in-reply-to", url: bad, rsvp: null }] });
  const blog = makeBlog({ posts: [post], responses: { hello: responses } });
  const files = feedFiles(blog, contextOf(blog)).filter(({ path }) => path.endsWith(".xml"));
  for (const file of files) {
    const text = String(await file.make());
    const addresses = [
      ...[...text.matchAll(/ (?:href|ref)="([^"]*)"/g)].map(([, address]) => address ?? ""),
      ...["uri", "link", "comments", "wfw:commentRss"].flatMap((name) => textsOf(text, name)),
    ].filter((address) => address !== "" && !address.startsWith("/"));
    expect(
      addresses.filter((address) => !/^(?:https?:\/\/|urn:)[\w\-.~:/?#@!$&'()*+,;=%]+$/.test(address)),
    ).toEqual([]);
  }
  const feed = await made(blog, "/responses.xml");
  expect(feed).toContain("https://h.example/%5Bk%5D(vbscript:msgbox(1))?a=%7Bb%7D%7Cc%5Ed%60#x%20y%5Bz%5D");
  expect(feed).not.toContain("javascript:");
});

test("a note has no title in RSS and JSON Feed, and its first words as title in Atom, which requires one", async () => {
  const excerpt =
    "Saw the first swallow of the year over the allotments this morning, and the neighbors did too.";
  // As in loaded content, where an untitled post's first words are its title in lists.
  const note = makePost({ title: "Saw the first swallow", isTitled: false, description: "" });
  const blog = makeBlog({ posts: [{ ...note, body: { ...note.body, excerpt } }] });
  const rss = parseRssFeed(await made(blog, "/rss.xml")).items?.[0];
  expect(rss).not.toHaveProperty("title");
  expect(rss?.description).toBe(excerpt);
  expect(rss?.content?.encoded).toBe("<p>Body of hello</p>");
  const json = parseJsonFeed(await made(blog, "/feed.json")).items?.[0];
  expect(json).not.toHaveProperty("title");
  expect(parseAtomFeed(await made(blog, "/atom.xml")).entries?.[0]?.title?.value).toBe(
    "Saw the first swallow of the year over the allotments this…",
  );
  expect(await made(blog, "/posts/hello/responses.xml")).toContain("<title>Saw the first swallow");
});

test("a post's audio is an enclosure in every format, for podcast apps", async () => {
  const audio = { url: "https://fence.example/posts/hello/talk.mp3", bytes: 12_345, type: "audio/mpeg" };
  const own = { enclosures: () => [audio] };
  const rss = parseRssFeed(await made(makeBlog(), "/rss.xml", own));
  expect(rss.items?.[0]?.enclosures).toEqual([{ url: audio.url, length: 12_345, type: "audio/mpeg" }]);
  const atom = parseAtomFeed(await made(makeBlog(), "/atom.xml", own));
  expect(atom.entries?.[0]?.links).toContainEqual({
    rel: "enclosure",
    href: audio.url,
    length: 12_345,
    type: "audio/mpeg",
  });
  const json = parseJsonFeed(await made(makeBlog(), "/feed.json", own));
  expect(json.items?.[0]?.attachments).toEqual([
    { url: audio.url, mime_type: "audio/mpeg", size_in_bytes: 12_345 },
  ]);
  expect(keysOf(makeBlog(), own).get("/rss.xml")).not.toBe(keysOf(makeBlog()).get("/rss.xml"));
});

test("subscribers of the previous platform's feeds get the feed at its old address", async () => {
  const old = [
    { path: "/feed/", feed: "/rss.xml" },
    { path: "/feed/atom/", feed: "/atom.xml" },
    { path: "/index.xml", feed: "/rss.xml" },
    { path: "/atom.xml", feed: "/atom.xml" },
  ];
  const blog = makeBlog({ settings: makeSettings({ oldFeeds: old }) });
  const rss = await made(blog, "/rss.xml");
  for (const path of ["/feed/", "/feed/index.xml", "/index.xml"]) expect(await made(blog, path)).toBe(rss);
  expect(await made(blog, "/feed/atom/")).toBe(await made(blog, "/atom.xml"));
  const paths = feedFiles(blog, contextOf(blog)).map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
  expect(outputFile("/feed/")).toBe("feed/index.html");
});

test.each([
  ...["007", "1e5", "0x1F", "1.0", "-0", "+1", ".5", "0b11", "12 monkeys", "1".repeat(60)],
  ...["true", "null", "Infinity", "NaN", "&amp;", "&#48;", "a]]>b", "__proto__", "constructor"],
])("an author called %s keeps that name in every format", async (name) => {
  const blog = makeBlog({ authors: [makeAuthor({ name })] });
  expect(textsOf(await made(blog, "/rss.xml"), "dc:creator")).toEqual([name]);
  expect(parseJsonFeed(await made(blog, "/feed.json")).items?.[0]?.authors?.[0]?.name).toBe(name);
  expect(textsOf(await made(blog, "/atom.xml"), "name")).toContain(name);
});

test("each language of a blog has its own feeds, with only the posts in that language", async () => {
  const blog = makeBlog({
    posts: [
      makePost({ slug: "hello", tags: ["fences"] }),
      makePost({ slug: "hallo", lang: "de", translationOf: "hello", tags: ["zäune"] }),
    ],
  });
  const [own, german] = [await made(blog, "/atom.xml"), await made(blog, "/de/atom.xml")];
  expect([own, german].map((xml) => /xml:lang="(\w+)"/.exec(xml)?.[1])).toEqual(["en", "de"]);
  expect(parseAtomFeed(own).entries).toHaveLength(1);
  expect(parseAtomFeed(german).entries?.[0]?.links?.[0]?.href).toContain("/posts/hallo/");
  expect(parseAtomFeed(own).id).not.toBe(parseAtomFeed(german).id);
  expect(await made(blog, "/de/rss.xml")).toContain("<language>de</language>");
  expect(JSON.parse(await made(blog, "/de/feed.json"))).toMatchObject({ language: "de" });
  expect([...keysOf(blog).keys()]).toContain("/de/tags/z%C3%A4une/atom.xml");
  // The tag's former feed address keeps working for its subscribers.
  expect(await made(blog, "/tags/z%C3%A4une/atom.xml")).toBe(
    await made(blog, "/de/tags/z%C3%A4une/atom.xml"),
  );
});
