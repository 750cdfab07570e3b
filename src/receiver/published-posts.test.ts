import { expect, test } from "vitest";
import { startServer } from "../../tests/support/http-server.ts";
import { createGuardedClient } from "../lib/protocols/guarded-fetch.ts";
import { publishedPosts } from "./published-posts.ts";
import { SiteUnavailableError } from "./site-unavailable.ts";

const ENDPOINT = "https://receiver.example/webmention";

/** A blog whose page `/posts/hello/` has a status that a test sets, and a receiver that asks it. */
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

test("a post is looked up once for all who ask at the same time, and again after five minutes", async () => {
  const { site, server, posts, hello } = await blog();
  await using _ = server;
  const found = await Promise.all(Array.from({ length: 50 }, () => posts.byUrl(hello)));
  expect(found.every((post) => post?.slug === "hello" && post.isOpen)).toBe(true);
  expect(server.seen).toHaveLength(1);
  site.now += 5 * 60_000;
  await posts.byUrl(hello);
  expect(server.seen).toHaveLength(2);
});

test("while the blog gives no answer nobody hears that there is no such post", async () => {
  const { site, server, posts, hello } = await blog();
  await using _ = server;
  site.status = 503;
  await expect(posts.byUrl(hello)).rejects.toThrow(SiteUnavailableError);
  site.status = 200;
  expect(await posts.byUrl(hello)).not.toBeNull();
  // What is known counts while the blog is down.
  site.status = 500;
  site.now += 10 * 60_000;
  expect(await posts.byUrl(hello)).not.toBeNull();
  await server[Symbol.asyncDispose]();
  site.now += 60_000;
  expect(await posts.bySlug("hello")).not.toBeNull();
  await expect(posts.bySlug("other")).rejects.toThrow("doesn't answer");
});

test("a post that is published a little later is found soon", async () => {
  const { site, server, posts, hello } = await blog();
  await using _ = server;
  site.status = 404;
  expect(await posts.byUrl(hello)).toBeNull();
  site.status = 200;
  expect(await posts.byUrl(hello)).toBeNull();
  site.now += 31_000;
  expect(await posts.byUrl(hello)).not.toBeNull();
});

test("tags are those that the published list names, as it writes them", async () => {
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

test("a post has the language that its page names, if that is one", async () => {
  const { site, server, posts, hello } = await blog();
  await using _ = server;
  expect(await posts.byUrl(hello)).toMatchObject({ lang: "de-AT" });
  site.now += 5 * 60_000;
  site.lang = "no language";
  expect(await posts.byUrl(hello)).toMatchObject({ lang: null });
});
