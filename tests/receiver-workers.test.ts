/** The bundle for Cloudflare Workers in workerd, with D1. */
import path from "node:path";
import { Miniflare } from "miniflare";
import { build } from "vite";
import { expect, test } from "vitest";
import { startServer } from "./support/http-server.ts";

const root = path.resolve(import.meta.dirname, "..");

test("a webmention and a trackback arrive, are verified and given out on Workers", async () => {
  const script = await bundle();
  await using web = await startServer((request, response) => {
    response.setHeader("content-type", "text/html");
    if (request.url === "/posts/hello/")
      response.end(`<title>Hello</title><link rel="webmention" href="https://receiver.example/webmention">`);
    else
      response.end(
        `<div class="h-entry"><a class="p-author h-card" href="/">Ann</a>
         <a class="u-in-reply-to" href="${web.origin}/posts/hello/">x</a><p class="e-content">Agreed</p></div>`,
      );
  });
  const miniflare = new Miniflare({
    modules: [{ type: "ESModule", path: "worker.js", contents: script }],
    compatibilityDate: "2026-01-01",
    compatibilityFlags: ["nodejs_compat"],
    d1Databases: { DATABASE: "receiver" },
    bindings: {
      RECEIVER_SITE: `${web.origin}/`,
      RECEIVER_URL: "https://receiver.example",
      RECEIVER_TOKEN: "0123456789abcdef",
      RECEIVER_MODERATION: "none",
      BACKFENCE_ALLOW_LOOPBACK: "1",
    },
  });
  try {
    const post = (to: string, fields: Readonly<Record<string, string>>) =>
      miniflare.dispatchFetch(`https://receiver.example${to}`, {
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
      const feed = await miniflare.dispatchFetch("https://receiver.example/api/mentions.jf2?sort-dir=up");
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
    ssr: { noExternal: true, target: "webworker" },
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
