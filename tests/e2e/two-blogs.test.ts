import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { mf2 } from "microformats-parser";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkSource } from "../../src/lib/protocols/check-source.ts";
import { createGuardedClient } from "../../src/lib/protocols/guarded-fetch.ts";
import { command as responses } from "../../src/cli/responses.ts";
import { build, type BuiltSite } from "../support/build.ts";
import { startServer, type TestServer } from "../support/http-server.ts";
import { runCommand } from "../support/run-command.ts";
import { startStandinApi, type Jf2Child, type StandinApi } from "../support/standin-api.ts";
import { buildNew } from "../support/shared-builds.ts";
import { serveStatic, type StaticServer } from "../support/static-server.ts";
import { tempSiteFolder } from "../support/temp-folder.ts";

/** A blog that is built and served on loopback. */
interface Blog extends BuiltSite {
  readonly server: StaticServer;
}

let api: StandinApi;
let receiver: TestServer;
let ours: Blog;
let theirs: Blog;
let question = "";

beforeAll(async () => {
  api = await startStandinApi();
  receiver = await startServer(async ({ body }, response) => {
    const sent = new URLSearchParams(body);
    await receive(sent.get("source") ?? "", sent.get("target") ?? "");
    response.writeHead(202).end();
  });
  theirs = await startBlog(
    (url) =>
      `webmention:\n  endpoint: ${receiver.origin}/webmention\n  api: ${api.api}\nmoderation: none\nurl: ${url}\n`,
  );
  ours = await startBlog((url) => `url: ${url}\n`);
  question = `${theirs.server.url}posts/question/`;
  writePost(theirs, "question", "title: A question", "Who lives on the other side of the fence?");
  await buildNew(theirs);
}, 120_000);

afterAll(async () => {
  for (const { server } of [ours, theirs]) await server.close();
  await receiver[Symbol.asyncDispose]();
  await api.close();
});

test("a reply on another blog appears, is updated when it's corrected, and disappears when it's removed", async () => {
  await answer("I do, and my pear tree hangs over.");
  expect(await pageOfQuestion()).toContain("my pear tree hangs over");

  await answer("I do, and my apple tree hangs over.");
  const corrected = await pageOfQuestion();
  expect(corrected).toContain("my apple tree hangs over");
  expect(corrected).not.toContain("pear tree");

  writePost(ours, "answer", "title: An answer\ndeleted: 2026-11-21", "");
  await tell();
  expect(await pageOfQuestion()).not.toContain("tree hangs over");
}, 240_000);

test("pull fetches the page that a post replies to, and the post quotes it for readers and parsers", async () => {
  const elsewhere = (path: string) => `${theirs.server.url}${path}`;
  const front = [
    "title: All at once",
    `inReplyTo: ${question}`,
    "rsvp: maybe",
    `likeOf: ${elsewhere("?like")}`,
    `repostOf: ${elsewhere("?repost")}`,
    `bookmarkOf: ${elsewhere("?bookmark")}`,
  ].join("\n");
  writePost(ours, "all-at-once", front, "Perhaps.");
  expect(await run(ours, "pull")).toContain("4 pictures and contexts stored");
  await build(ours);
  const address = `${ours.server.url}posts/all-at-once/`;
  const html = await (await fetch(address)).text();
  expect(html).toMatch(/A question<\/a>.*A post<\/blockquote>.*Ada<\/span>/s);
  expect(html).toContain("Maybe</strong>");
  const entry = mf2(html, { baseUrl: address }).items.find(({ properties }) =>
    properties["url"]?.includes(address),
  );
  expect(entry?.type).toEqual(["h-entry"]);
  expect(entry?.properties).toMatchObject({
    rsvp: ["maybe"],
    "in-reply-to": [
      {
        type: ["h-cite"],
        properties: {
          name: ["A question"],
          url: [question],
          content: ["A post"],
          author: [{ type: ["h-card"], properties: { name: ["Ada"] } }],
          published: [expect.stringMatching(/^2026-11-01T/)],
        },
      },
    ],
    "like-of": [{ type: ["h-cite"], properties: { url: [elsewhere("?like")] } }],
    "repost-of": [{ properties: { url: [elsewhere("?repost")] } }],
    "bookmark-of": [{ properties: { url: [elsewhere("?bookmark")] } }],
  });
}, 120_000);

/** Writes the reply on our blog, publishes it and notifies the other blog. */
async function answer(text: string): Promise<void> {
  writePost(ours, "answer", `title: An answer\ninReplyTo: ${question}`, text);
  await tell();
}

async function tell(): Promise<void> {
  await build(ours);
  expect(await run(ours, "send", "--wait", "5")).not.toMatch(/failed/i);
}

/** Runs a `backfence responses` command. @returns its output. */
async function run({ folder }: Blog, ...args: readonly string[]): Promise<string> {
  const { code, out } = await runCommand(responses, folder, ...args, {
    now: () => new Date(),
    sleep: (ms) => sleep(ms),
  });
  expect(code, out).toBe(0);
  return out;
}

/** Pulls responses from the other blog's receiver, builds, and returns the page as served. */
async function pageOfQuestion(): Promise<string> {
  expect(await run(theirs, "pull", "--full")).toBeTruthy();
  await build(theirs);
  return (await fetch(question)).text();
}

/** Handles a notification like webmention.io: fetches the source and adds, updates or deletes the mention. */
async function receive(source: string, target: string): Promise<void> {
  const client = createGuardedClient({ siteUrl: receiver.origin, allowLoopback: true });
  const { state } = await checkSource(source, target, client);
  const known = api.mentions.find((mention) => mention["wm-source"] === source);
  const id = known?.["wm-id"] ?? api.mentions.length + 1;
  api.mentions = api.mentions.filter((mention) => mention !== known);
  if (state !== "linked") {
    if (known !== undefined) api.deleted.push({ "wm-id": id, "wm-source": source, "wm-target": target });
    return;
  }
  api.mentions.push(await mentionOf(source, target, id));
}

async function mentionOf(source: string, target: string, id: number): Promise<Jf2Child> {
  const html = await (await fetch(source)).text();
  const entry = mf2(html, { baseUrl: source }).items.find((item) => item.type?.includes("h-entry"));
  const [content] = entry?.properties["content"] ?? [];
  const text = typeof content === "object" && "value" in content ? String(content.value) : "";
  const now = new Date().toISOString();
  return {
    type: "entry",
    author: { type: "card", name: "Ada", url: ours.server.url, photo: "" },
    url: source,
    published: now,
    "wm-received": now,
    "wm-id": id,
    "wm-source": source,
    "wm-target": target,
    "wm-protocol": "webmention",
    "wm-property": "in-reply-to",
    "wm-private": false,
    content: { text },
  };
}

async function startBlog(settings: (url: string) => string): Promise<Blog> {
  const folder = tempSiteFolder();
  const contentDir = path.join(folder, "content");
  const outDir = path.join(folder, "dist");
  const server = await serveStatic(outDir);
  const blog = { folder, contentDir, outDir, base: "/", server };
  write(blog, "site.yaml", `title: A blog\ntimeZone: UTC\nsocialPictures: false\n${settings(server.url)}`);
  write(blog, "authors/ada.yaml", "name: Ada\n");
  return blog;
}

function writePost(blog: Blog, slug: string, front: string, body: string): void {
  const matter = `${front}\ndescription: A post\ndate: 2026-11-01\nauthors: [ada]`;
  write(blog, `posts/${slug}.mdx`, `---\n${matter}\n---\n\n${body}\n`);
}

function write(blog: Blog, file: string, text: string): void {
  const target = path.join(blog.contentDir, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}
