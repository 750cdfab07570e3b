import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { sendText, startServer } from "../../tests/support/http-server.ts";
import { tempFolder } from "../../tests/support/temp-folder.ts";
import { exitCodes } from "./responses/exit-codes.ts";
import { command } from "./websub.ts";

/** A blog, a server for its deployed feeds, and a hub on the same server. */
async function setUp() {
  const root = tempFolder("ping");
  const live = new Map<string, string>();
  let hubStatus = 202;
  const server = await startServer(({ url, method }, response) => {
    if (method === "POST") sendText(response, "", hubStatus);
    else sendText(response, live.get(url) ?? "", live.has(url) ? 200 : 404);
  });
  const hub = `${server.origin}/hub`;
  mkdirSync(path.join(root, "content"), { recursive: true });
  mkdirSync(path.join(root, "dist/tags/a"), { recursive: true });
  writeFileSync(path.join(root, "content/site.yaml"), `title: T\nurl: ${server.origin}/blog/\nhub: ${hub}\n`);
  const build = (name: string, text: string) =>
    writeFileSync(path.join(root, "dist", name), `${text} ${hub}`);
  return {
    build,
    deploy: (name: string) => live.set(`/blog/${name}`, readFileSync(path.join(root, "dist", name), "utf8")),
    refuse: () => (hubStatus = 500),
    pings: () => server.seen.filter(({ method }) => method === "POST").map(({ body }) => body),
    origin: server.origin,
    run: async (...args: readonly string[]) => {
      let out = "";
      const code = await command.run(args, {
        root,
        env: { BACKFENCE_ALLOW_LOOPBACK: "1" },
        now: () => new Date("2026-06-01T00:00:00Z"),
        out: (text) => (out += text),
        err: (text) => (out += text),
        isInteractive: false,
        sleep: () => Promise.resolve(),
      });
      return { code, out };
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

test("the hub is notified once for each change of a feed, and only when the change is live", async () => {
  await using blog = await setUp();
  blog.build("rss.xml", "one");
  blog.build("atom.xml", "one");
  blog.build("tags/a/rss.xml", "one");
  expect((await blog.run()).code).toBe(exitCodes.notLive);
  expect(blog.pings()).toEqual([]);
  for (const name of ["rss.xml", "atom.xml", "tags/a/rss.xml"]) blog.deploy(name);
  expect((await blog.run()).code).toBe(exitCodes.ok);
  const ping = (name: string) =>
    `hub.mode=publish&hub.url=${encodeURIComponent(`${blog.origin}/blog/${name}`)}`;
  expect(blog.pings()).toEqual([ping("atom.xml"), ping("rss.xml")]);
  expect((await blog.run()).code).toBe(exitCodes.ok);
  expect(blog.pings()).toHaveLength(2);
  blog.build("rss.xml", "two");
  blog.deploy("rss.xml");
  await blog.run("--dry-run");
  expect(blog.pings()).toHaveLength(2);
  await blog.run("--all");
  expect(blog.pings().slice(2)).toEqual([ping("rss.xml"), ping("tags/a/rss.xml")]);
});

test("a hub that fails is notified again in the next run", async () => {
  await using blog = await setUp();
  blog.build("rss.xml", "one");
  blog.deploy("rss.xml");
  blog.refuse();
  expect((await blog.run()).code).toBe(exitCodes.partial);
  expect((await blog.run()).code).toBe(exitCodes.partial);
  expect(blog.pings()).toHaveLength(2);
});

test("without built feeds nothing is sent, and the message says why", async () => {
  await using blog = await setUp();
  expect(await blog.run()).toEqual({
    code: exitCodes.notConfigured,
    out: expect.stringContaining("no feed"),
  });
});
