/** The bundle for Cloudflare Workers, run in workerd with D1. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import { Miniflare } from "miniflare";
import sharp from "sharp";
import { parse } from "smol-toml";
import { build } from "vite";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { findSettings } from "../src/lib/site/load-settings.ts";
import { lookFiles } from "../src/receiver/node/blog-look.ts";
import { github, SECRET } from "./receiver-support/git-hosts.ts";
import { photo } from "./receiver-support/micropub.ts";
import { TOKEN } from "./receiver-support/receiver.ts";
import { signInApp } from "./receiver-support/sign-in-app.ts";
import { change } from "./support/blog-folder.ts";
import { startServer } from "./support/http-server.ts";
import { tempFolder } from "./support/temp-folder.ts";

const RECEIVER = "https://receiver.example";
const root = path.resolve(import.meta.dirname, "..");

/** The configuration in docs/receiver.md. */
const WRANGLER = z
  .object({
    main: z.string(),
    compatibility_date: z.string(),
    compatibility_flags: z.array(z.string()),
    alias: z.record(z.string(), z.string()),
    d1_databases: z.tuple([z.object({ binding: z.string() })]),
    triggers: z.object({ crons: z.tuple([z.string()]) }),
  })
  .parse(
    parse(
      /```toml\n# wrangler\.toml\n([^`]*)```/.exec(
        readFileSync(path.join(root, "docs/receiver.md"), "utf8"),
      )?.[1] ?? "",
    ),
  );

/** Returns the repository's source file for a file of the package in the configuration. */
function sourceOf(name: string): string {
  return path.join(root, name.replace(/^(?:\.\/)?node_modules\/backfence\//, "").replace(/\.js$/, ".ts"));
}

test("on Workers, a webmention and a trackback are received, verified and returned by the API", async () => {
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

test("on Workers, pages have the look that the blog publishes, and a plain one before that", async () => {
  const folder = tempFolder("workers-look");
  const contentDir = path.join(folder, "content");
  change(folder, {
    "content/site.yaml": `title: Over the fence
lang: ar
theme: fence
look: { accent: "#0b6b5d" }
webmention: { endpoint: ${RECEIVER}/webmention, comments: ${RECEIVER}/comment }
`,
  });
  let isPublished = false;
  await using web = await startServer(async (request, response) => {
    const [file] = lookFiles({
      settings: findSettings({ contentDir, root: folder }).settings,
      contentDir,
      cacheDir: folder,
      site: `${web.origin}/`,
    });
    if (!isPublished || request.url !== file?.path) response.writeHead(404).end();
    else response.setHeader("content-type", "application/json").end(await file.make());
  });
  const get = async (miniflare: Miniflare, at: string) => {
    const answer = await miniflare.dispatchFetch(RECEIVER + at, { headers: { accept: "text/html" } });
    return { type: answer.headers.get("content-type"), text: await answer.text() };
  };
  const plain = await start({ RECEIVER_SITE: `${web.origin}/` });
  try {
    // Requests by programs don't fetch the look.
    await plain.dispatchFetch(`${RECEIVER}/health`);
    expect(web.seen).toEqual([]);
    expect((await get(plain, "/moderate")).text).toMatch(/<html lang="en" dir="ltr">[^]*>Sign in</);
    await get(plain, "/moderate");
    expect(web.seen.map(({ url }) => url)).toEqual(["/receiver.json"]);
  } finally {
    await plain.dispose();
  }
  isPublished = true;
  const styled = await start({ RECEIVER_SITE: `${web.origin}/` });
  try {
    const page = await get(styled, "/moderate");
    expect(page.text).toMatch(/<html lang="ar" dir="rtl">[^]*Over the fence[^]*>تسجيل الدخول</);
    const css = await get(styled, "/style.css");
    expect([css.type, css.text]).toEqual(["text/css; charset=utf-8", expect.stringContaining("#0b6b5d")]);
    expect((await get(styled, "/look/literata.woff2")).type).toBe("font/woff2");
    expect(web.seen.length).toBe(2);
  } finally {
    await styled.dispose();
  }
});

test("on Workers, the cron trigger retries failed jobs", async () => {
  let isDown = true;
  await using web = await startServer((request, response) => {
    response.setHeader("content-type", "text/html");
    if (request.url === "/posts/hello/")
      response.end(`<title>Hello</title><link rel="webmention" href="${RECEIVER}/webmention">`);
    else if (isDown) response.writeHead(503).end();
    else response.end(`<a href="${web.origin}/posts/hello/">x</a>`);
  });
  const miniflare = await start({ RECEIVER_SITE: `${web.origin}/` });
  try {
    const body = new URLSearchParams({ source: `${web.origin}/later`, target: `${web.origin}/posts/hello/` });
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    await miniflare.dispatchFetch(`${RECEIVER}/webmention`, {
      method: "POST",
      body: body.toString(),
      headers,
    });
    const database = await miniflare.getD1Database("DATABASE");
    const attempts = async () =>
      (await database.prepare("SELECT attempts, lease FROM job").all()).results as readonly unknown[];
    await expect.poll(attempts).toEqual([{ attempts: 1, lease: null }]);
    const trigger = async () => {
      const query = new URLSearchParams({ cron: WRANGLER.triggers.crons[0] });
      const { status } = await miniflare.dispatchFetch(`${RECEIVER}/cdn-cgi/handler/scheduled?${query}`);
      expect(status).toBe(200);
    };
    await trigger();
    expect(await attempts()).toEqual([{ attempts: 1, lease: null }]);
    isDown = false;
    await database.prepare("UPDATE job SET due = 0").run();
    await trigger();
    expect(await attempts()).toEqual([]);
    const feed = await miniflare.dispatchFetch(`${RECEIVER}/api/count`);
    expect(await feed.json()).toEqual({ count: 1, type: { mention: 1 } });
  } finally {
    await miniflare.dispose();
  }
});

test("on Workers, an app signs in and posts a photo to GitHub", async () => {
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
    const file = await sharp(await photo())
      .keepExif()
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect(file.includes("Somebody")).toBe(true);
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
    const written = repository.files.get("content/notes/worker/photo-1.jpg") ?? Buffer.alloc(0);
    expect(await sharp(written).autoOrient().raw().toBuffer()).toEqual(
      await sharp(file).autoOrient().raw().toBuffer(),
    );
    const { orientation, exif } = await sharp(written).metadata();
    expect(orientation).toBe(6);
    expect(exif?.toString("latin1")).not.toMatch(/Somebody|GPS|52/);
    expect(written.includes("Somebody")).toBe(false);
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

describe("a Worker with missing or invalid settings", () => {
  test.each([
    [
      "a token that is too short",
      { RECEIVER_TOKEN: "short" },
      true,
      "RECEIVER_TOKEN has a value that can't be used",
    ],
    ["no address of the blog", {}, true, "RECEIVER_SITE isn't set"],
    ["no database", { RECEIVER_SITE: "https://me.example/" }, false, "The binding DATABASE is missing"],
    [
      "a checkout for posts",
      { RECEIVER_SITE: "https://me.example/", RECEIVER_MICROPUB: "git" },
      true,
      "RECEIVER_MICROPUB=git needs a checkout",
    ],
  ] as const)(
    "with %s logs what to do, and responds without details",
    async (_what, bindings, hasDatabase, message) => {
      let log = "";
      const miniflare = await start(bindings, { hasDatabase, onLog: (text) => (log += text) });
      try {
        for (const path of ["/", "/webmention"]) {
          const answer = await miniflare.dispatchFetch(RECEIVER + path);
          expect([answer.status, await answer.text()]).toEqual([
            500,
            "The receiver isn't set up yet; its log says what is missing\n",
          ]);
        }
        await expect.poll(() => log).toContain(message);
        expect(log).not.toMatch(/\n\s+at /);
      } finally {
        await miniflare.dispose();
      }
    },
  );
});

interface Surroundings {
  readonly hasDatabase?: boolean;
  readonly onLog?: (text: string) => void;
}

/** Starts the receiver in workerd with an empty D1 database. */
async function start(
  bindings: Readonly<Record<string, string>>,
  { hasDatabase = true, onLog }: Surroundings = {},
): Promise<Miniflare> {
  bundled ??= bundle();
  return new Miniflare({
    modules: [{ type: "ESModule", path: "worker.js", contents: await bundled }],
    compatibilityDate: WRANGLER.compatibility_date,
    compatibilityFlags: WRANGLER.compatibility_flags,
    unsafeTriggerHandlers: true,
    d1Databases: hasDatabase ? { [WRANGLER.d1_databases[0].binding]: "receiver" } : {},
    bindings: {
      RECEIVER_URL: RECEIVER,
      RECEIVER_TOKEN: TOKEN,
      RECEIVER_MODERATION: "none",
      BACKFENCE_ALLOW_LOOPBACK: "1",
      ...bindings,
    },
    ...(onLog === undefined
      ? {}
      : {
          handleRuntimeStdio: (stdout: Readable, stderr: Readable) => {
            for (const stream of [stdout, stderr])
              stream.on("data", (part: Buffer) => onLog(part.toString("utf8")));
          },
        }),
  });
}

let bundled: Promise<string> | null = null;

/** Bundles the receiver like Wrangler into one file, with the aliases replaced. */
async function bundle(): Promise<string> {
  const result = await build({
    root,
    configFile: false,
    logLevel: "error",
    plugins: [
      {
        name: "aliases",
        enforce: "pre",
        resolveId: (id) => {
          const alias = WRANGLER.alias[id];
          return alias === undefined ? null : sourceOf(alias);
        },
      },
    ],
    // Wrangler's conditions.
    ssr: {
      noExternal: true,
      target: "webworker",
      resolve: { conditions: ["workerd", "worker", "module", "browser"] },
    },
    build: {
      ssr: sourceOf(WRANGLER.main),
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
