import { afterEach, beforeEach, expect, test } from "vitest";
import { blogFolder, post } from "../../../tests/support/blog-folder.ts";
import { startServer, type TestServer } from "../../../tests/support/http-server.ts";
import { noStore } from "../../lib/networks/http-store.ts";
import { networkSession } from "../../lib/networks/session.ts";
import { verifyAccount } from "../../lib/networks/verify-accounts.ts";
import { createGuardedClient } from "../../lib/protocols/guarded-fetch.ts";
import { runResponses } from "../responses.ts";
import { exitCodes } from "./exit-codes.ts";

let server: TestServer;
let profile = "";
beforeEach(async () => {
  profile = "";
  server = await startServer(({ url }, response) => {
    if (url.includes("/accounts/lookup?acct=nell")) {
      const account = {
        id: "1",
        username: "nell",
        acct: "nell",
        url: `${server.origin}/@nell`,
        uri: `${server.origin}/users/nell`,
      };
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify({ ...account, fields: [] }));
    } else if (url === "/@nell") response.writeHead(200, { "content-type": "text/html" }).end(profile);
    else if (url.includes("resolveHandle?handle=blog.example"))
      response.writeHead(200, { "content-type": "application/json" }).end('{"did": "did:plc:nell"}');
    else response.writeHead(404, { "content-type": "application/json" }).end("{}");
  });
});
afterEach(() => server[Symbol.asyncDispose]());

function check(account: Parameters<typeof verifyAccount>[0]) {
  const client = createGuardedClient({ siteUrl: "https://blog.example/", allowLoopback: true });
  const session = networkSession({
    client,
    store: noStore,
    now: Date.now,
    sleep: () => Promise.resolve(),
    maxWaitMs: 0,
  });
  return verifyAccount(account, {
    client,
    session,
    appView: server.origin,
    ownAddresses: ["https://blog.example/"],
  });
}

const mastodon = (id: string | null) => ({
  network: "mastodon" as const,
  name: "@nell@social.example",
  url: `${server.origin}/@nell`,
  id,
});

test("a Mastodon account is verified only by a rel=me link back to the blog", async () => {
  profile = '<a rel="me nofollow" href="https://blog.example">my blog</a>';
  expect(await check(mastodon(null))).toMatchObject({
    id: `${server.origin}/users/nell`,
    isRight: true,
    proof: "rel-me",
  });
  profile =
    '<a href="https://blog.example/">my blog</a><a rel="me" href="https://blog.example.evil.example/">x</a>';
  expect(await check(mastodon("https://other.example/users/nell"))).toMatchObject({
    isRight: false,
    proof: null,
  });
});

test("a Bluesky account is verified by a handle of the blog's own domain", async () => {
  const account = {
    network: "bluesky" as const,
    name: "@blog.example",
    url: "https://bsky.app/profile/blog.example",
    id: null,
  };
  expect(await check(account)).toMatchObject({ id: "did:plc:nell", proof: "domain" });
  expect(await check({ ...account, name: "@nobody.example" })).toMatchObject({ id: null, isRight: false });
});

/** Runs the command in a blog. */
async function verifyIn(root: string): Promise<{ readonly code: number; readonly out: string }> {
  let out = "";
  const code = await runResponses(["verify-accounts"], {
    root,
    env: { BACKFENCE_ALLOW_LOOPBACK: "1" },
    now: () => new Date("2026-06-01T00:00:00Z"),
    out: (text) => (out += text),
    err: (text) => (out += text),
    isInteractive: false,
    sleep: () => Promise.resolve(),
  });
  return { code, out };
}

test("an unreachable server doesn't prevent the lookup of other accounts", async () => {
  const root = blogFolder({
    "content/site.yaml": `title: Test\nurl: https://blog.example/\ntimeZone: UTC\nnetworks: { appView: ${server.origin} }\n`,
    "content/authors/nell.yaml":
      'name: Nell\naccounts:\n  - mastodon: "@nell@127.0.0.1:1"\n  - bluesky: blog.example\n  - bluesky: nobody.example\n',
    "content/posts/hello.mdx": post(""),
  });
  const { code, out } = await verifyIn(root);
  expect(out).toMatch(/@nell@127\.0\.0\.1:1: .*can't be reached/);
  expect(out).toContain("id: did:plc:nell\n");
  expect(out).toMatch(/not found +@nobody\.example +no such account/);
  expect(code).toBe(exitCodes.unreachable);
});

test("the command prints the lines to put into the author's file", async () => {
  const root = blogFolder({
    "content/site.yaml": `title: Test\nurl: https://blog.example/\ntimeZone: UTC\nnetworks: { appView: ${server.origin} }\n`,
    "content/authors/nell.yaml": "name: Nell\naccounts:\n  - bluesky: blog.example\n",
    "content/posts/hello.mdx": post(""),
  });
  const { code, out } = await verifyIn(root);
  expect(out).toContain("  - bluesky: blog.example\n    id: did:plc:nell\n");
  expect(code).toBe(exitCodes.ok);
});
