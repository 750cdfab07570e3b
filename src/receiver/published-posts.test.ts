import { expect, test } from "vitest";
import { startServer } from "../../tests/support/http-server.ts";
import { createGuardedClient } from "../lib/protocols/guarded-fetch.ts";
import { publishedPosts } from "./published-posts.ts";
import { SiteUnavailableError } from "./site-unavailable.ts";

const ENDPOINT = "https://receiver.example/webmention";

/** Starts a blog whose page `/posts/hello/` has a configurable status, and looks up its posts. */
async function blog() {
  const site = { status: 200, now: 0, lang: "de-AT" };
  const server = await startServer((request, response) => {
    const status = request.url === "/posts/hello/" ? site.status : 404;
    response.writeHead(status, { "content-type": "text/html" });
    response.end(`<html lang="${site.lang}"><title>Hello</title><link rel="webmention" href="${ENDPOINT}">`);
  });
  const root = `${server.origin}/`;
  const client = createGuardedClient({ siteUrl: root, allowLoopback: true });
  const posts = publishedPosts(root, ENDPOINT, client, () => site.now);
  return { site, server, posts, hello: `${root}posts/hello/` };
}

test("concurrent lookups of a post share a request, and it's fetched again after five minutes", async () => {
  const { site, server, posts, hello } = await blog();
  await using _ = server;
  const found = await Promise.all(Array.from({ length: 50 }, () => posts.byUrl(hello)));
  expect(found.every((post) => post?.slug === "hello" && post.isOpen)).toBe(true);
  expect(server.seen).toHaveLength(1);
  site.now += 5 * 60_000;
  await posts.byUrl(hello);
  expect(server.seen).toHaveLength(2);
});

test("an unknown post isn't reported as missing while the blog doesn't respond", async () => {
  const { site, server, posts, hello } = await blog();
  await using _ = server;
  site.status = 503;
  await expect(posts.byUrl(hello)).rejects.toThrow(SiteUnavailableError);
  site.status = 200;
  expect(await posts.byUrl(hello)).not.toBeNull();
  // Known posts stay valid while the blog is down.
  site.status = 500;
  site.now += 10 * 60_000;
  expect(await posts.byUrl(hello)).not.toBeNull();
  await server[Symbol.asyncDispose]();
  site.now += 60_000;
  expect(await posts.bySlug("hello")).not.toBeNull();
  await expect(posts.bySlug("other")).rejects.toThrow("doesn't answer");
});

test("a post published after a failed lookup is found within 31 seconds", async () => {
  const { site, server, posts, hello } = await blog();
  await using _ = server;
  site.status = 404;
  expect(await posts.byUrl(hello)).toBeNull();
  site.status = 200;
  expect(await posts.byUrl(hello)).toBeNull();
  site.now += 31_000;
  expect(await posts.byUrl(hello)).not.toBeNull();
});

test("tags come from the published list of tags, in its spelling", async () => {
  await using server = await startServer((request, response) => {
    response.writeHead(request.url === "/tags/" ? 200 : 404, { "content-type": "text/html" });
    response.end(
      `<a href="/tags/new-gate/"> New\n gate </a> <a href="/posts/x/">A post</a> <a href="/tags/fences/">fences</a> <a href="/tags/fences/"><img></a>`,
    );
  });
  const root = `${server.origin}/`;
  const client = createGuardedClient({ siteUrl: root, allowLoopback: true });
  expect(await publishedPosts(root, ENDPOINT, client, () => 0).tags()).toEqual(["New gate", "fences"]);
});

test("a post has the language declared by its page, if it's valid", async () => {
  const { site, server, posts, hello } = await blog();
  await using _ = server;
  expect(await posts.byUrl(hello)).toMatchObject({ lang: "de-AT" });
  site.now += 5 * 60_000;
  site.lang = "no language";
  expect(await posts.byUrl(hello)).toMatchObject({ lang: null });
});
