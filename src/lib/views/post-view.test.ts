import { describe, expect, test } from "vitest";
import {
  sampleAuthor,
  sampleBlog,
  sampleBody,
  samplePost,
  sampleResponse,
  sampleSeries,
  sampleSettings,
} from "../../../tests/fixtures/sample-blog.ts";
import { sampleContext } from "../../../tests/fixtures/sample-views.ts";
import { authorAccount } from "../content/author-accounts.ts";
import type { Blog, Heading, Post } from "../content/model.ts";
import { siteUrls } from "../site/urls.ts";
import { indexBlog } from "./blog-index.ts";
import { postConversation } from "./conversation-pages.ts";
import { postView, shareLinks, tocOf, type PostView } from "./post-view.ts";
import { siteView } from "./site-view.ts";

function viewOf(blog: Blog, post: Post): PostView {
  const context = sampleContext(siteUrls(blog.settings));
  const input = { blog, context };
  const index = indexBlog(blog, context.urls);
  return postView(input, index, siteView(input), post, postConversation(input, index, post));
}

const sections: Heading[] = ["one", "two", "three"].map((id) => ({ depth: 2, id, text: id }));

describe("the table of contents", () => {
  test("lists the sections of a long post, with subsections nested", () => {
    const headings = [...sections, { depth: 3, id: "sub", text: "sub" }];
    const toc = tocOf({ body: sampleBody("x", { headings, words: 1200 }) });
    expect(toc.map((entry) => entry.id)).toEqual(["one", "two", "three"]);
    expect(toc[2]?.children).toEqual([{ id: "sub", text: "sub" }]);
  });

  test("is left out of a short post", () => {
    expect(tocOf({ body: sampleBody("x", { headings: sections, words: 500 }) })).toEqual([]);
    expect(tocOf({ body: sampleBody("x", { headings: sections.slice(1), words: 5000 }) })).toEqual([]);
  });
});

describe("a post", () => {
  const series = sampleSeries("s", "A series");
  const posts = Array.from({ length: 12 }, (_, at) => samplePost(`p${12 - at}`, { series: "s" }));
  const blog = sampleBlog({ posts, series: [series] });

  test("links to the posts before and after it", () => {
    const view = viewOf(blog, posts[3] ?? samplePost("x"));
    expect(view.next?.href).toBe("/posts/p10/");
    expect(view.previous?.href).toBe("/posts/p8/");
    expect(viewOf(blog, posts[0] ?? samplePost("x")).next).toBeNull();
    expect(viewOf(blog, posts[11] ?? samplePost("x")).previous).toBeNull();
  });

  test.each([1, 6, 12])("shows at most seven parts of its series around part %i", (part) => {
    const view = viewOf(blog, posts[12 - part] ?? samplePost("x"));
    expect(view.series?.part).toBe(part);
    expect(view.series?.total).toBe(12);
    expect(view.series?.parts).toHaveLength(7);
    expect(view.series?.parts.find((other) => other.href === null)?.part).toBe(part);
  });

  test("has the author's kicker, else its series, else its first tag", () => {
    const [own, inSeries, tagged] = [
      samplePost("a", { kicker: "Field notes", series: "s" }),
      samplePost("b", { series: "s" }),
      samplePost("c", { tags: ["feeds"] }),
    ];
    const all = sampleBlog({ posts: [own, inSeries, tagged], series: [series] });
    expect(viewOf(all, own).kicker).toEqual({ label: "Field notes", href: null });
    expect(viewOf(all, inSeries).kicker).toEqual({ label: "A series", href: "/series/s/" });
    expect(viewOf(all, tagged).kicker).toEqual({ label: "feeds", href: "/tags/feeds/" });
  });

  test("offers the quick exit only if it's marked as sensitive", () => {
    const sensitive = samplePost("a", { isSensitive: true });
    expect(viewOf(sampleBlog({ posts: [sensitive] }), sensitive).quickExit).toMatch(/^https:/);
    expect(viewOf(sampleBlog(), samplePost("b")).quickExit).toBeNull();
  });

  test("that is a draft isn't listed by search engines", () => {
    const draft = samplePost("a", { visibility: "draft" });
    expect(viewOf(sampleBlog({ posts: [draft] }), draft).meta.isListed).toBe(false);
  });

  test("with comments off has no conversation and no feed for it", () => {
    const quiet = samplePost("a", { comments: "off" });
    const view = viewOf(sampleBlog({ posts: [quiet] }), quiet);
    expect(view.conversation).toBeNull();
    expect(view.meta.feeds.map((feed) => feed.href)).not.toContain("/posts/a/responses.xml");
  });

  test("without responses and ways to respond has no conversation section", () => {
    const post = samplePost("a");
    expect(viewOf(sampleBlog({ posts: [post] }), post).conversation).toBeNull();
    const closed = samplePost("a", { comments: "closed" });
    const settings = sampleSettings({ replyEmail: "me@me.example" });
    expect(viewOf(sampleBlog({ settings, posts: [closed] }), closed).conversation).toBeNull();
    expect(viewOf(sampleBlog({ settings, posts: [post] }), post).conversation?.hasWays).toBe(true);
  });

  test("with comments closed keeps its responses and offers no way to add one", () => {
    const closed = samplePost("a", { comments: "closed" });
    const settings = sampleSettings({
      replyEmail: "me@me.example",
      webmention: {
        endpoint: "https://hook.example/",
        api: null,
        pingback: null,
        trackback: "https://t.example/{slug}",
        comments: "https://hook.example/comment",
      },
      giscus: { repo: "a/b", repoId: "1", category: "C", categoryId: "2", host: "https://giscus.app" },
    });
    const responses = { a: [sampleResponse("Ann")] };
    const talk = viewOf(sampleBlog({ settings, posts: [closed], responses }), closed).conversation;
    expect(talk).toMatchObject({
      state: "closed",
      comment: null,
      giscus: null,
      webmention: null,
      trackback: null,
      mail: null,
    });
    expect(talk?.shown.threads[0]?.replyHref).toBeNull();
  });
});

test("links to copies of a post have different labels", () => {
  const namesFor = (...syndication: string[]) => {
    const post = samplePost("x", { syndication });
    return viewOf(sampleBlog({ posts: [post] }), post).conversation?.copies?.map(({ network }) => network);
  };
  const bluesky = "https://bsky.app/profile/me.example/post/3k";
  expect(namesFor("https://social.example/@me/1100", bluesky)).toEqual(["Mastodon", "Bluesky"]);
  expect(namesFor("https://social.example/@me/1100", "https://other.example/@me/1200")).toEqual([
    "Mastodon (social.example)",
    "Mastodon (other.example)",
  ]);
});

test("Mastodon's link preview names each author with a Mastodon account", () => {
  const post = samplePost("x", { authors: ["nell", "tom", "ines"] });
  const accounts = (name: string) => [
    authorAccount({ bluesky: "x.example" }),
    authorAccount({ mastodon: name }),
  ];
  const authors = [
    sampleAuthor("nell", "Nell", { accounts: accounts("@nell@social.example") }),
    sampleAuthor("tom", "Tom"),
    sampleAuthor("ines", "Ines", { accounts: accounts("https://other.example/@ines") }),
  ];
  const { article } = viewOf({ ...sampleBlog({ posts: [post] }), authors }, post).meta;
  expect(article?.fediverseCreators).toEqual(["@nell@social.example", "@ines@other.example"]);
});

test("a post links to its Markdown copy if copies are switched on", () => {
  const post = samplePost("x");
  const linkOf = (markdownCopies: boolean) =>
    viewOf(sampleBlog({ settings: sampleSettings({ markdownCopies }), posts: [post] }), post).meta.feeds.find(
      ({ type }) => type === "text/markdown",
    );
  expect(linkOf(true)?.href).toBe("/posts/x/index.md");
  expect(linkOf(false)).toBeUndefined();
});

test("special characters in a title survive in share links", () => {
  const { mail, mastodon } = shareLinks("Tea & talk? 100%", "https://me.example/posts/ä/");
  expect(new URL(mail).searchParams.get("subject")).toBe("Tea & talk? 100%");
  expect(decodeURIComponent(new URL(mastodon).hash)).toBe(
    "#text=Tea & talk? 100% https://me.example/posts/ä/",
  );
});
