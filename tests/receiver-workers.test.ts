/** The bundle for Cloudflare Workers in workerd, with D1. */
import path from "node:path";
import { Miniflare } from "miniflare";
import { build } from "vite";
import { expect, test } from "vitest";
import { github, SECRET } from "./receiver-support/git-hosts.ts";
import { photo } from "./receiver-support/micropub.ts";
import { TOKEN } from "./receiver-support/receiver.ts";
import { signInApp } from "./receiver-support/sign-in-app.ts";
import { startServer } from "./support/http-server.ts";

const RECEIVER = "https://receiver.example";
const root = path.resolve(import.meta.dirname, "..");

test("a webmention and a trackback arrive, are verified and given out on Workers", async () => {
  await using web = await startServer((request, response) => {
    response.setHeader("content-type", "text/html");
    if (request.url === "/posts/hello/")
      response.end(`<title>Hello</title><link rel="webmention" href="${RECEIVER}/webmention">`);
    else
      response.end(
        `<div class="h-entry"><a class="p-author h-card" href="/">Ann</a>
         <a class="u-in-reply-to" href="${web.origin}/posts/hello/">x</a><p class="e-content">Agreed</p></div>`,
      );
  });
  const miniflare = await start({ RECEIVER_SITE: `${web.origin}/` });
  try {
    const post = (to: string, fields: Readonly<Record<string, string>>) =>
      miniflare.dispatchFetch(`${RECEIVER}${to}`, {
        method: "POST",
        body: new URLSearchParams(fields).toString(),
        headers: { "content-type": "application/x-www-form-urlencoded" },
      });
    const target = `${web.origin}/posts/hello/`;
    const answer = await post("/webmention", { source: `${web.origin}/reply`, target });
    expect([answer.status, await answer.text()]).toEqual([201, expect.any(String)]);
    expect(
      await (await post("/trackback/hello", { url: `${web.origin}/ping`, title: "Ping" })).text(),
    ).toContain("<error>0</error>");
    const given = async () => {
      const feed = await miniflare.dispatchFetch(`${RECEIVER}/api/mentions.jf2?sort-dir=up`);
      return ((await feed.json()) as { children: Record<string, unknown>[] }).children.map((child) => [
        child["wm-protocol"],
        child["wm-source"],
      ]);
    };
    await expect
      .poll(async () => (await given()).toSorted())
      .toEqual([
        ["trackback", `${web.origin}/ping`],
        ["webmention", `${web.origin}/reply`],
      ]);
    expect(
      (await post("/webmention", { source: "https://a.example/", target: `${web.origin}/none/` })).status,
    ).toBe(400);
  } finally {
    await miniflare.dispose();
  }
});

test("an app signs in and posts a photo to GitHub on Workers", async () => {
  await using repository = await github({
    "content/site.yaml": "title: Test blog\nurl: https://me.example/\n",
  });
  const miniflare = await start({
    RECEIVER_SITE: "https://me.example/",
    RECEIVER_MICROPUB: "github:me/blog",
    RECEIVER_MICROPUB_TOKEN: SECRET,
    RECEIVER_MICROPUB_API: `${repository.origin}/api/`,
  });
  try {
    const metadata = `${RECEIVER}/.well-known/oauth-authorization-server`;
    const token = await signInApp(
      (address, init) => miniflare.dispatchFetch(address, init),
      metadata,
      "create media update",
    );
    const authorization = `Bearer ${token}`;
    const boundary = "----part";
    const file = Buffer.from(await photo());
    const body = Buffer.concat([
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="x.jpg"\r\n\r\n`),
      file,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]);
    const media = await miniflare.dispatchFetch(`${RECEIVER}/media`, {
      method: "POST",
      body,
      headers: { authorization, "content-type": `multipart/form-data; boundary=${boundary}` },
    });
    const photoUrl = media.headers.get("location") ?? "";
    expect([media.status, photoUrl]).toEqual([201, expect.stringContaining("/media/")]);
    const send = (sent: object) =>
      miniflare.dispatchFetch(`${RECEIVER}/micropub`, {
        method: "POST",
        body: JSON.stringify(sent),
        headers: { authorization, "content-type": "application/json" },
      });
    const content = [{ html: "<p>From a <b>Worker</b></p>" }];
    const posted = await send({
      type: ["h-entry"],
      properties: { content, photo: [photoUrl], "mp-slug": ["worker"] },
    });
    const url = posted.headers.get("location") ?? "";
    expect([posted.status, url]).toEqual([201, "https://me.example/notes/worker/"]);
    expect((await send({ action: "update", url, add: { category: ["edge"] } })).status).toBe(204);
    expect(repository.files.get("content/notes/worker/photo-1.jpg")).toEqual(file);
    expect(repository.files.get("content/notes/worker/index.md")?.toString()).toMatch(
      /^---\ndate: [^\n]+\ntags: \[edge\]\n---\n\n!\[Picture\]\(\.\/photo-1\.jpg\)\n\nFrom a \*\*Worker\*\*\n$/,
    );
    expect(repository.commits).toEqual([
      expect.stringContaining("Add notes/worker"),
      expect.stringContaining("Update notes/worker"),
    ]);
  } finally {
    await miniflare.dispose();
  }
});

/** The receiver in workerd with an empty D1. */
async function start(bindings: Readonly<Record<string, string>>): Promise<Miniflare> {
  return new Miniflare({
    modules: [{ type: "ESModule", path: "worker.js", contents: await bundle() }],
    compatibilityDate: "2026-01-01",
    compatibilityFlags: ["nodejs_compat"],
    d1Databases: { DATABASE: "receiver" },
    bindings: {
      RECEIVER_URL: RECEIVER,
      RECEIVER_TOKEN: TOKEN,
      RECEIVER_MODERATION: "none",
      BACKFENCE_ALLOW_LOOPBACK: "1",
      ...bindings,
    },
  });
}

/** As wrangler makes it: one file, with `node:vm` replaced. */
async function bundle(): Promise<string> {
  const result = await build({
    root,
    configFile: false,
    logLevel: "error",
    plugins: [
      {
        name: "vm-of-workers",
        enforce: "pre",
        resolveId: (id) => (id === "node:vm" ? path.join(root, "src/receiver/workers/vm.ts") : null),
      },
    ],
    // The conditions of wrangler.
    ssr: {
      noExternal: true,
      target: "webworker",
      resolve: { conditions: ["workerd", "worker", "module", "browser"] },
    },
    build: {
      ssr: path.join(root, "src/receiver/workers/worker.ts"),
      write: false,
      minify: false,
      rollupOptions: { external: [/^node:(?!vm$)/] },
    },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (output === undefined || !("output" in output)) throw new Error("Nothing was bundled");
  const [chunk] = output.output;
  return chunk.code;
}
