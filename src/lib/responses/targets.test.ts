import { describe, expect, test } from "vitest";
import { isSameAddress, targetIndex } from "./targets.ts";

function post(slug: string, aliases: string[] = [], id = slug, canonical: string | null = null) {
  return { slug, id, aliases, canonical };
}

describe("a response is assigned to its post", () => {
  const index = targetIndex({
    settings: { url: "https://me.example/blog/" },
    posts: [
      post("hello", ["/2008/03/hello-there.html", "/?p=12"]),
      post("renamed", ["/posts/first-name/"], "first-id"),
      post("über-uns"),
      post("elsewhere", [], "elsewhere", "https://medium.example/@me/elsewhere-1a2b"),
    ],
    tombstones: [{ slug: "gone", aliases: ["/2009/01/gone.html"] }],
  });

  test.each([
    ["as published", "https://me.example/blog/posts/hello/", "hello"],
    ["without the slash", "https://me.example/blog/posts/hello", "hello"],
    ["over http with www and a fragment", "http://www.me.example/blog/posts/hello/#c12", "hello"],
    ["with a campaign in the query", "https://me.example/blog/posts/hello/?utm_source=x&y", "hello"],
    ["by its file", "https://me.example/blog/posts/hello/index.html", "hello"],
    ["by an alias below the base path", "https://me.example/blog/2008/03/hello-there.html", "hello"],
    ["by an alias from before there was a base path", "https://me.example/2008/03/hello-there.html", "hello"],
    ["by an alias that is a query", "https://me.example/?p=12", "hello"],
    [
      "by an alias on the platform that closed",
      "http://me.typepad.example/2008/03/hello-there.html",
      "hello",
    ],
    ["by an earlier name", "https://me.example/blog/posts/first-name/", "renamed"],
    ["by the id that it kept", "https://me.example/blog/posts/first-id/", "renamed"],
    ["percent-encoded", "https://me.example/blog/posts/%C3%BCber-uns/", "über-uns"],
    ["decomposed", "https://me.example/blog/posts/u%CC%88ber-uns/", "über-uns"],
    ["by its original elsewhere", "https://medium.example/@me/elsewhere-1a2b?source=rss", null],
    ["by its original elsewhere, exactly", "http://medium.example/@me/elsewhere-1a2b", "elsewhere"],
    ["that was taken down", "https://me.example/blog/posts/gone/", "gone"],
  ])("%s", (_name, address, slug) => {
    expect(index.resolve(address)).toBe(slug);
  });

  test.each([
    "https://me.example/blog/",
    "https://me.example/",
    "https://me.example/blog/posts/hello/more/",
    "https://me.example/blog/posts/hell",
    "https://other.example/blog/posts/hello/",
    "https://me.example.evil.example/blog/posts/hello/",
    "https://me.example/?p=13",
    "https://me.example/blog/posts/%E0%A4%A/",
    "javascript:alert(1)",
    "not an address",
    "",
  ])("%j isn't the address of a post", (address) => {
    expect(index.resolve(address)).toBeNull();
  });
});

test("URLs are compared without irrelevant differences", () => {
  expect(isSameAddress("https://a.example/x/", "http://www.a.example/x#y")).toBe(true);
  expect(isSameAddress("https://a.example/x", "https://a.example/x?y")).toBe(false);
  expect(isSameAddress("https://a.example:8080/x", "https://a.example/x")).toBe(false);
  expect(isSameAddress("x", "x")).toBe(true);
});
