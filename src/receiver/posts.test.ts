import { describe, expect, test } from "vitest";
import { changingPosts, postsOf, type PostsSource } from "./posts.ts";
import { optionsFrom } from "./options.ts";
import { hmacHex, isSameSecret } from "./secrets.ts";
import { ruleFor } from "./store/rules.ts";

const post = (slug: string, comments: "open" | "closed" = "open") => ({
  slug,
  id: slug,
  path: `/posts/${slug}/`,
  aliases: [`/2008/03/${slug}.html`],
  canonical: null,
  lang: "en",
  title: slug,
  comments,
  tags: [],
});

const blog = (...slugs: readonly string[]): PostsSource => ({
  settings: { url: "https://me.example/blog/" },
  tombstones: [],
  posts: slugs.map((slug) => post(slug)),
});

test("a post is found by any spelling of its URL, and returned with the canonical one", () => {
  const posts = postsOf(blog("a"));
  for (const address of [
    "https://me.example/blog/posts/a/",
    "http://www.me.example/blog/posts/a?utm=1#x",
    "https://me.example/2008/03/a.html",
  ])
    expect(posts.byUrl(address)?.url).toBe("https://me.example/blog/posts/a/");
  expect(posts.byUrl("https://me.example/blog/")).toBeNull();
});

describe("a changing blog", () => {
  test("is reloaded for an unknown post, but not for each of many requests", async () => {
    let now = 0;
    let loads = 0;
    const slugs = ["a"];
    const posts = changingPosts(
      () => {
        loads++;
        return Promise.resolve(blog(...slugs));
      },
      () => now,
    );
    expect(await posts.bySlug("a")).not.toBeNull();
    slugs.push("b");
    for (let tries = 0; tries < 10; tries++) expect(await posts.bySlug("b")).toBeNull();
    expect(loads).toBe(1);
    now += 6000;
    expect(await posts.bySlug("b")).not.toBeNull();
    expect(loads).toBe(2);
  });

  test("keeps its posts while it has an error", async () => {
    let now = 0;
    let isBroken = false;
    const posts = changingPosts(
      () => (isBroken ? Promise.reject(new Error("content/ has an error")) : Promise.resolve(blog("a"))),
      () => now,
    );
    await posts.bySlug("a");
    isBroken = true;
    now += 120_000;
    expect(await posts.bySlug("a")).not.toBeNull();
    now += 120_000;
    expect(await posts.bySlug("none")).toBeNull();
  });
});

test("the rule of the most specific domain applies", () => {
  const rules = new Map([
    ["example.com", "block"],
    ["good.example.com", "approve"],
  ] as const);
  expect(ruleFor(rules, "www.good.example.com")).toBe("approve");
  expect(ruleFor(rules, "BAD.example.com.")).toBe("block");
  expect(ruleFor(rules, "notexample.com")).toBeNull();
});

test("signatures match a test vector of RFC 4231, and secrets are compared by value", async () => {
  expect(await hmacHex("Jefe", "what do ya want for nothing?")).toBe(
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  );
  expect([await isSameSecret("a", "a"), await isSameSecret("a", "b"), await isSameSecret("", "b")]).toEqual([
    true,
    false,
    false,
  ]);
});

test("options have the trailing slashes that other code relies on", () => {
  const options = optionsFrom({
    RECEIVER_SITE: "https://me.example",
    RECEIVER_URL: "https://r.me.example//",
    RECEIVER_TOKEN: "0123456789abcdef",
  });
  expect([options.site, options.url, options.moderation]).toEqual([
    "https://me.example/",
    "https://r.me.example",
    "all",
  ]);
});
