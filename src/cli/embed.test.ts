import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { blogFolder, load, mistakesIn, post } from "../../tests/support/blog-folder.ts";
import { startServer } from "../../tests/support/http-server.ts";
import { runCommand } from "../../tests/support/run-command.ts";
import { readBody } from "../lib/markdown/body-file.ts";
import { exitCodes } from "./responses/exit-codes.ts";
import { command } from "./embed.ts";

const green = { r: 60, g: 160, b: 40 };
const png = await sharp({ create: { width: 1600, height: 900, channels: 3, background: green } })
  .png()
  .toBuffer();

/** One server that imitates a video site, a Mastodon server, Bluesky's AppView and a plain page. */
async function setUp() {
  const server = await startServer(({ url }, response) => {
    const json = (value: unknown): void => void response.end(JSON.stringify(value));
    const page = (head: string): void =>
      void response.writeHead(200, { "content-type": "text/html" }).end(`<!doctype html>${head}`);
    if (url.startsWith("/w/"))
      page(`<link rel="alternate" type="application/json+oembed" href="/oembed?id=1">`);
    else if (url.startsWith("/oembed"))
      json({
        ...{
          type: "video",
          title: "Two dogs <b>at</b> a fence",
          author_name: "Nell",
          provider_name: "PeerTube",
        },
        ...{ thumbnail_url: `${server.origin}/poster.png`, html: "<script>alert(1)</script>" },
      });
    else if (url === "/poster.png") response.end(png);
    else if (url === "/api/v1/statuses/112345678")
      json({
        ...{ id: "112345678", uri: "https://s.example/112345678", visibility: "public" },
        content: "<p>One.</p><p>Two <script>alert(1)</script>&amp; three.</p>",
        created_at: "2026-03-01T10:00:00.000Z",
        account: { id: "1", username: "nell", acct: "nell", display_name: "Nell" },
      });
    else if (url === "/api/v1/statuses/112345679")
      json({
        ...{ id: "112345679", uri: "x", visibility: "private", content: "<p>No.</p>" },
        account: { id: "1", username: "nell", acct: "nell" },
      });
    else if (url.startsWith("/xrpc/com.atproto.identity.resolveHandle")) json({ did: "did:plc:abc" });
    else if (url.startsWith("/xrpc/app.bsky.feed.getPosts"))
      json({
        posts: [
          {
            ...{ uri: "at://did:plc:abc/app.bsky.feed.post/3k", cid: "c" },
            author: { did: "did:plc:abc", handle: "ruth.example", displayName: "Ruth" },
            record: { text: "A fence is a table.", createdAt: "2026-03-02T10:00:00.000Z" },
            indexedAt: "2026-03-02T10:00:00.000Z",
          },
        ],
      });
    else if (url === "/essay")
      page(
        `<title>x</title><meta property="og:title" content="An essay"><meta property="og:site_name" content="A site">`,
      );
    else response.writeHead(404).end();
  });
  const addresses = [
    `${server.origin}/w/kkGMgK9ZtnKfYAgnEtQxbv`,
    `${server.origin}/@nell/112345678`,
    "https://bsky.app/profile/ruth.example/post/3k",
  ];
  const root = blogFolder({
    "content/site.yaml": `title: T\nurl: https://blog.example/\ntimeZone: UTC\nnetworks: { appView: ${server.origin} }\n`,
    "content/posts/a.md": post("", `${addresses.join("\n\n")}\n`),
  });
  return { server, root, addresses, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

async function htmlOf(root: string): Promise<{ html: string; notes: readonly string[] }> {
  const { blog, store, notes } = await load(root);
  return { html: readBody(store.bodies, blog.posts[0]?.body.key ?? "")?.html ?? "", notes };
}

test("a page's data is stored once, and posts show it without further requests", async () => {
  await using blog = await setUp();
  expect((await htmlOf(blog.root)).notes.join("\n")).toContain(`npx backfence embed ${blog.addresses[0]}`);
  const { code, out } = await runCommand(command, blog.root);
  expect(out).toBe(
    "Stored PeerTube: Two dogs <b>at</b> a fence\nStored Mastodon: One.\nStored Bluesky: A fence is a table.\n",
  );
  expect(code).toBe(exitCodes.ok);
  const asked = blog.server.seen.length;
  const { html, notes } = await htmlOf(blog.root);
  expect(notes.join("\n")).not.toContain("embed");
  expect(html).toMatch(/<figure class="video">.*<picture>.*Two dogs &lt;b>at&lt;\/b> a fence.*Nell/s);
  expect(html).toMatch(/<blockquote cite="[^"]*\/@nell\/112345678"><p>One\.<\/p><p>Two &amp; three\.<\/p>/);
  expect(html).toContain(`<bdi class="post-quote-handle">@nell@${new URL(blog.server.origin).host}</bdi>`);
  expect(html).toMatch(/A fence is a table\..*<b>Ruth<\/b>.*@ruth\.example.*<time datetime="2026-03-02/s);
  expect(html).not.toContain("alert");
  expect(blog.server.seen).toHaveLength(asked);
  expect((await runCommand(command, blog.root)).out).toBe("Something is stored of every address.\n");
  const stored = readFileSync(path.join(blog.root, "content/embeds.json"), "utf8");
  const poster = /"poster": "(embeds\/\w+\.jpg)"/.exec(stored)?.[1] ?? "none";
  expect((await sharp(path.join(blog.root, "content", poster)).metadata()).width).toBe(1280);
});

test("any page can be embedded; a failed request leaves the stored embeds unchanged", async () => {
  await using blog = await setUp();
  const essay = `${blog.server.origin}/essay`;
  expect((await runCommand(command, blog.root, essay)).out).toBe("Stored A site: An essay\n");
  const file = path.join(blog.root, "content/embeds.json");
  const before = readFileSync(file, "utf8");
  const { code, out } = await runCommand(
    command,
    blog.root,
    `${blog.server.origin}/@nell/112345679`,
    `${blog.server.origin}/gone`,
    "http://10.0.0.1/x",
  );
  expect(code).toBe(exitCodes.partial);
  expect(out).toContain("/@nell/112345679: its author shows it to followers only");
  expect(out).toContain("/gone: the server says that nothing is there (404)");
  expect(out).toContain("Nothing is stored of http://10.0.0.1/x: ");
  expect(readFileSync(file, "utf8")).toBe(before);
  await expect(runCommand(command, blog.root, "vimeo")).rejects.toThrow("isn't the address of a page");
  writeFileSync(path.join(blog.root, "content/posts/a.md"), post("", `${essay}\n`));
  expect((await htmlOf(blog.root)).html).toMatch(/<blockquote cite="[^"]*\/essay"><p>An essay<\/p>/);
  expect(existsSync(path.join(blog.root, "content/embeds"))).toBe(false);
});

test("an error in embeds.json is reported with its line", async () => {
  const entry = {
    kind: "film",
    title: "x",
    author: null,
    handle: null,
    network: null,
    date: null,
    poster: null,
  };
  const text = JSON.stringify([{ url: "https://a.example/", ...entry }], null, 2);
  expect(await mistakesIn({ "content/embeds.json": text })).toMatch(
    /^content\/embeds\.json:4\n {2}“0\.kind” is wrong: .*\n {4}`npx backfence embed <address>` writes this file/,
  );
});
