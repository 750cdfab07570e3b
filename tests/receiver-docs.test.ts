/** Caddy in front of the receiver, configured according to docs/receiver.md. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "./support/free-port.ts";
import { startReceive, type ReceiveCommand } from "./receiver-support/receive-command.ts";
import { TOKEN } from "./receiver-support/receiver.ts";
import { change } from "./support/blog-folder.ts";
import { root } from "./support/build.ts";
import { tempFolder } from "./support/temp-folder.ts";
import { startCaddy, type WebServer } from "./support/web-servers.ts";

const TARGET = "https://me.example/posts/hello/";

describe("behind Caddy", () => {
  let receiver: ReceiveCommand;
  let caddy: WebServer;

  beforeAll(async () => {
    const folder = tempFolder("behind-caddy");
    change(folder, {
      "content/site.yaml": "title: Test blog\nurl: https://me.example/\ntimeZone: UTC\n",
      "content/authors/nell.yaml": "name: Nell Hartigan\n",
      "content/posts/hello.md": "---\ntitle: Hello\ndate: 2026-03-01\n---\n\nWords.\n",
    });
    const port = await freePort();
    receiver = await startReceive(folder, ["--port", String(port)], {
      RECEIVER_SITE: "https://me.example/",
      RECEIVER_URL: "https://receiver.me.example",
      RECEIVER_TOKEN: TOKEN,
      RECEIVER_PROXIES: "1",
      RECEIVER_MAX_PER_ADDRESS: "3",
      RECEIVER_MICROPUB: "github:me/blog",
      RECEIVER_MICROPUB_TOKEN: "none",
    });
    const text = readFileSync(path.join(root, "docs/receiver.md"), "utf8");
    const block = /```caddyfile\n([^`]*)```/.exec(text)?.[1] ?? "";
    expect(block).toContain("reverse_proxy 127.0.0.1:8420");
    const file = path.join(folder, "Caddyfile");
    writeFileSync(
      file,
      block.replace("receiver.me.example", "{$BLOG_ADDRESS}").replace("127.0.0.1:8420", `127.0.0.1:${port}`),
    );
    caddy = await startCaddy(file, folder, {});
  });
  afterAll(async () => {
    await caddy.close();
    await receiver.stop();
  });

  const post = (at: string, body: string, headers: Record<string, string> = {}) =>
    fetch(caddy.origin + at, {
      method: "POST",
      body,
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    });
  const mention = (source: string, headers: Record<string, string> = {}) =>
    post("/webmention", new URLSearchParams({ source, target: TARGET }).toString(), headers);

  test("requests are forwarded, and client addresses in forged headers are ignored", async () => {
    const statuses = [];
    for (const each of [1, 2, 3, 4]) {
      const answer = await mention(`https://a${each}.example/`, { "x-forwarded-for": `10.0.0.${each}` });
      statuses.push(answer.status);
      if (each === 1)
        expect(answer.headers.get("location")).toMatch(/^https:\/\/receiver\.me\.example\/status\//);
    }
    expect(statuses).toEqual([201, 201, 201, 429]);
  });

  test.each([130_000, 5_000_000])("a body of %d bytes is refused", async (size) => {
    for (const at of ["/webmention", "/comment", "/pingback", "/trackback/hello"])
      expect([at, (await post(at, "x".repeat(size))).status]).toEqual([at, 413]);
  });

  test("uploads from apps are forwarded", async () => {
    const body = new FormData();
    body.set("file", new Blob([new Uint8Array(3_000_000)]), "x.jpg");
    const answer = await fetch(`${caddy.origin}/media`, {
      method: "POST",
      body,
      headers: { authorization: "Bearer wrong" },
    });
    expect(answer.status).toBe(401);
  });
});
