import { describe, expect, it } from "vitest";
import type { Handler, TestServer } from "../../../tests/support/http-server.ts";
import { sendHtml, startServer } from "../../../tests/support/http-server.ts";
import { VERSION_META_NAME } from "../content/post-version.ts";
import { createGuardedClient } from "./guarded-fetch.ts";
import { planSends } from "./plan-sends.ts";
import type { SendReport } from "./run-sends.ts";
import { runSends } from "./run-sends.ts";
import type { Ledger, LedgerRow } from "./sent-ledger.ts";
import { setRow, toLedger } from "./sent-ledger.ts";
import type { SentSite } from "./sent-sources.ts";

const client = createGuardedClient({ siteUrl: "https://blog.example/", allowLoopback: true });
const path = "/posts/hello/";

/** Starts a live blog with one post and a site that accepts webmentions. */
async function startPair(handlers: { readonly target?: Handler } = {}) {
  const live = { html: "", status: 200 };
  const blog = await startServer((_, response) => sendHtml(response, live.html, live.status));
  const other = await startServer(
    handlers.target ??
      (({ method }, response) => {
        if (method === "POST") response.writeHead(202).end();
        else response.writeHead(200, { link: "</wm>; rel=webmention" }).end();
      }),
  );
  return {
    live,
    blog,
    other,
    target: `${other.origin}/post`,
    posts: () => other.seen.filter(({ method }) => method === "POST"),
    [Symbol.asyncDispose]: async () => {
      await blog[Symbol.asyncDispose]();
      await other[Symbol.asyncDispose]();
    },
  };
}

function page(version: string, ...targets: readonly string[]): string {
  const links = targets.map((target) => `<a href="${target}">x</a>`).join("");
  return `<meta name="${VERSION_META_NAME}" content="${version} -"><p>${links}</p>`;
}

function siteOf(blog: TestServer, version: string, targets: readonly string[], exists = true): SentSite {
  const post = {
    path,
    url: blog.origin + path,
    date: "2026-10-01T00:00:00.000Z",
    version,
    responsesVersion: "-",
    targets,
    title: "Hello",
    excerpt: "",
  };
  return {
    blogName: "A blog",
    sources: exists ? [post] : [],
    moved: new Map(),
    absolute: (of) => blog.origin + of,
  };
}

/** Plans and runs with a fake clock that advances only when the run sleeps. */
async function run(site: SentSite, ledger: Ledger, onSleep: () => void = () => undefined) {
  let clock = Date.parse("2026-11-22T00:00:00Z");
  const reports: SendReport[] = [];
  let waits = 0;
  const { sends, forget } = planSends(site, ledger, {
    now: new Date(clock),
    isSalmention: false,
    since: null,
  });
  for (const item of forget) setRow(ledger, item.path, item.target, null);
  await runSends(sends, {
    client,
    blogName: site.blogName,
    now: () => new Date(clock),
    sleep: (ms) => {
      clock += ms;
      onSleep();
      return Promise.resolve();
    },
    waitMs: 60_000,
    pollMs: 10_000,
    onWait: () => void waits++,
    onReport: (report, row) => {
      reports.push(report);
      if (row !== undefined) setRow(ledger, report.send.path, report.send.target, row);
    },
  });
  return { reports, outcomes: reports.map(({ outcome }) => outcome), waits };
}

describe("waiting for the deployment", () => {
  it("nothing is sent before the new version is live", async () => {
    await using pair = await startPair();
    const { live, blog, target, posts } = pair;
    live.html = page("v1");
    const ledger: Ledger = new Map();
    let sleeps = 0;
    const { outcomes, waits } = await run(siteOf(blog, "v2", [target]), ledger, () => {
      expect(posts()).toEqual([]);
      if (++sleeps === 3) live.html = page("v2", target);
    });
    expect(outcomes).toEqual(["accepted"]);
    expect(waits).toBe(3);
    expect(posts()).toHaveLength(1);
    expect(new URLSearchParams(posts()[0]?.body).get("target")).toBe(target);
  });

  it.each([
    ["the old version", (target: string) => ({ html: page("v1", target), status: 200 }), "another version"],
    [
      "a page without the mark",
      (target: string) => ({ html: `<a href="${target}">`, status: 200 }),
      VERSION_META_NAME,
    ],
    ["an error", (target: string) => ({ html: page("v2", target), status: 503 }), "503"],
  ])("after the timeout with %s, nothing is sent and nothing is recorded", async (_, state, word) => {
    await using pair = await startPair();
    Object.assign(pair.live, state(pair.target));
    const ledger: Ledger = new Map();
    const { reports, outcomes } = await run(siteOf(pair.blog, "v2", [pair.target]), ledger);
    expect(outcomes).toEqual(["not-live"]);
    expect(reports[0]?.message).toContain(word);
    expect(pair.other.seen).toEqual([]);
    expect(ledger.size).toBe(0);
  });

  it("a link that is missing from the live page isn't sent, but retried later", async () => {
    await using pair = await startPair();
    pair.live.html = page("v1");
    const ledger: Ledger = new Map();
    expect((await run(siteOf(pair.blog, "v1", [pair.target]), ledger)).outcomes).toEqual(["not-linked"]);
    expect(pair.other.seen).toEqual([]);
    expect(ledger.get(path)?.get(pair.target)).toMatchObject({
      outcome: "failed",
      next: "2026-11-22T01:00:00.000Z",
    });
  });
});

describe("the life of a post", () => {
  it("new, unchanged, changed, link removed, post deleted: each state is sent once", async () => {
    await using pair = await startPair();
    const { live, blog, target, posts } = pair;
    const ledger: Ledger = new Map();
    const step = async (version: string, targets: readonly string[], exists = true) => {
      live.html = exists ? page(version, ...targets) : '<meta http-equiv="Status" content="410 Gone">';
      return (await run(siteOf(blog, version, targets, exists), ledger)).outcomes;
    };
    expect(await step("v1", [target])).toEqual(["accepted"]);
    expect(await step("v1", [target])).toEqual([]);
    expect(await step("v2", [target])).toEqual(["accepted"]);
    expect(await step("v3", [])).toEqual(["accepted"]);
    expect(await step("v3", [])).toEqual([]);
    expect(ledger.size).toBe(0);
    expect(await step("v4", [target])).toEqual(["accepted"]);
    expect(await step("", [], false)).toEqual(["accepted"]);
    expect(await step("", [], false)).toEqual([]);
    expect(posts()).toHaveLength(5);
    expect(ledger.size).toBe(0);
  });

  it("a deletion is sent only when the post's address responds with 404 or 410", async () => {
    await using pair = await startPair();
    pair.live.html = page("v1", pair.target);
    const ledger: Ledger = new Map();
    await run(siteOf(pair.blog, "v1", [pair.target]), ledger);
    expect((await run(siteOf(pair.blog, "", [], false), ledger)).outcomes).toEqual(["not-live"]);
    pair.live.status = 410;
    expect((await run(siteOf(pair.blog, "", [], false), ledger)).outcomes).toEqual(["accepted"]);
  });

  it("a removed link isn't sent again to a receiver that refuses it", async () => {
    await using pair = await startPair({
      target: ({ method, body }, response) => {
        if (method === "GET") response.writeHead(200, { link: "</wm>; rel=webmention" }).end();
        else response.writeHead(body === "" ? 202 : 400).end();
      },
    });
    pair.live.html = page("v2");
    const known: LedgerRow = {
      outcome: "accepted",
      protocol: "webmention",
      sent: "v1",
      tried: "v1",
      tries: 1,
      at: "2026-11-01T00:00:00Z",
      message: "",
    };
    const ledger = toLedger({ posts: { [path]: { [pair.target]: known } } });
    expect((await run(siteOf(pair.blog, "v2", []), ledger)).outcomes).toEqual(["refused"]);
    expect(ledger.size).toBe(0);
  });

  it("the endpoint is discovered again each time", async () => {
    let endpoints = 0;
    await using pair = await startPair({
      target: ({ method, url }, response) => {
        if (method === "GET") response.writeHead(200, { link: `</wm${++endpoints}>; rel=webmention` }).end();
        else response.writeHead(url === `/wm${endpoints}` ? 202 : 404).end();
      },
    });
    const ledger: Ledger = new Map();
    for (const version of ["v1", "v2"]) {
      pair.live.html = page(version, pair.target);
      expect((await run(siteOf(pair.blog, version, [pair.target]), ledger)).outcomes).toEqual(["accepted"]);
    }
    expect(ledger.get(path)?.get(pair.target)?.endpoint).toBe(`${pair.other.origin}/wm2`);
  });
});

describe("protocols without updates", () => {
  it("a pingback isn't sent again when the post changes or the link is removed", async () => {
    await using pair = await startPair({
      target: ({ method, headers }, response) => {
        if (method === "GET") response.writeHead(200, { "x-pingback": `http://${headers.host}/pb` }).end();
        else
          response.end("<methodResponse><params><param><value>ok</value></param></params></methodResponse>");
      },
    });
    const ledger: Ledger = new Map();
    const outcomes = [];
    for (const [version, targets] of [
      ["v1", [pair.target]],
      ["v2", [pair.target]],
      ["v3", []],
    ] as const) {
      pair.live.html = page(version, ...targets);
      outcomes.push(...(await run(siteOf(pair.blog, version, targets), ledger)).outcomes);
    }
    expect(outcomes).toEqual(["accepted", "kept", "kept"]);
    expect(pair.posts()).toHaveLength(1);
    expect(ledger.size).toBe(0);
  });

  it("a page that accepted a pingback and now supports webmention gets the update", async () => {
    const webmention = { isKnown: false };
    await using pair = await startPair({
      target: ({ method, url, headers }, response) => {
        if (method === "POST" && url === "/wm") response.writeHead(202).end();
        else if (method === "POST")
          response.end("<methodResponse><params><param><value>ok</value></param></params></methodResponse>");
        else
          response
            .writeHead(
              200,
              webmention.isKnown
                ? { link: "</wm>; rel=webmention" }
                : { "x-pingback": `http://${headers.host}/pb` },
            )
            .end();
      },
    });
    const ledger: Ledger = new Map();
    pair.live.html = page("v1", pair.target);
    await run(siteOf(pair.blog, "v1", [pair.target]), ledger);
    webmention.isKnown = true;
    pair.live.html = page("v2", pair.target);
    await run(siteOf(pair.blog, "v2", [pair.target]), ledger);
    expect(pair.posts().map(({ url }) => url)).toEqual(["/pb", "/wm"]);
  });
});

it("a page without an endpoint is recorded as unsupported, a server error is retried", async () => {
  const state = { status: 200 };
  await using pair = await startPair({
    target: (_, response) => void response.writeHead(state.status).end(),
  });
  const ledger: Ledger = new Map();
  pair.live.html = page("v1", pair.target);
  expect((await run(siteOf(pair.blog, "v1", [pair.target]), ledger)).outcomes).toEqual(["unsupported"]);
  expect(ledger.get(path)?.get(pair.target)?.next).toBe("2026-12-22T00:00:00.000Z");
  ledger.clear();
  state.status = 503;
  expect((await run(siteOf(pair.blog, "v1", [pair.target]), ledger)).outcomes).toEqual(["failed"]);
  expect(ledger.get(path)?.get(pair.target)?.next).toBe("2026-11-22T01:00:00.000Z");
});

describe("discovering how a page wants to be notified", () => {
  async function targetFetches(headers: Readonly<Record<string, string>>, version = "v1"): Promise<number> {
    await using pair = await startPair({
      target: ({ method }, response) => {
        if (method === "POST") response.writeHead(202).end();
        else response.writeHead(200, { link: "</wm>; rel=webmention", ...headers }).end();
      },
    });
    const { live, blog, other, target, posts } = pair;
    live.html = page(version, target);
    const site = siteOf(blog, version, [target]);
    const [first] = site.sources;
    const second = first && { ...first, path: "/posts/again/", url: `${blog.origin}/posts/again/` };
    const { outcomes } = await run(
      { ...site, sources: [first, second].filter((post) => post !== undefined) },
      new Map(),
    );
    expect(outcomes).toEqual(["accepted", "accepted"]);
    expect(posts()).toHaveLength(2);
    return other.seen.length - 2;
  }

  it("a page that two posts link to is fetched once while its cache headers say it's fresh", async () => {
    expect(await targetFetches({ "cache-control": "public, max-age=600" })).toBe(1);
    const expires = new Date(Date.now() + 600_000).toUTCString();
    expect(await targetFetches({ expires })).toBe(1);
  });

  it.each([
    ["are missing", {}],
    ["forbid storing", { "cache-control": "no-store, max-age=600" }],
    ["require revalidation", { "cache-control": "no-cache" }],
    ["give an age at the limit", { "cache-control": "max-age=600", age: "600" }],
    ["are invalid", { "cache-control": "max-age=soon", expires: "0" }],
  ])("a target is fetched again for each post if its cache headers %s", async (_name, headers) => {
    expect(await targetFetches(headers)).toBe(2);
  });
});
