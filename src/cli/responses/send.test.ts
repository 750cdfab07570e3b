import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { startServer } from "../../../tests/support/http-server.ts";
import type { LiveBlog } from "../../../tests/support/live-blog.ts";
import { startLiveBlog } from "../../../tests/support/live-blog.ts";
import { record } from "../../../tests/support/records.ts";
import { serializeResponses } from "../../lib/responses/store.ts";
import { exitCodes } from "./exit-codes.ts";

/** A site that accepts webmentions for all of its pages except those below /none. */
async function startReceiver() {
  const state = { status: 202 };
  const server = await startServer(({ method, url }, response) => {
    if (method === "POST") response.writeHead(state.status).end();
    else response.writeHead(200, url.startsWith("/none") ? {} : { link: "</wm>; rel=webmention" }).end();
  });
  return {
    state,
    origin: server.origin,
    /** Paths of source and target of each webmention received so far. */
    told: () =>
      server.seen
        .filter(({ method }) => method === "POST")
        .map(({ body }) =>
          [...new URLSearchParams(body).values()].map((url) => new URL(url).pathname).join(" → "),
        ),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function ledger(blog: LiveBlog): { posts: Record<string, Record<string, Record<string, unknown>>> } {
  return JSON.parse(blog.read("sent.json"));
}

describe("send", () => {
  it("notifies each target once, however often it runs", async () => {
    await using receiver = await startReceiver();
    await using blog = await startLiveBlog();
    blog.post(
      "hello",
      `See [a](${receiver.origin}/a), [b](${receiver.origin}/b), [own](/posts/hello/) and [own](${blog.url}).`,
      `date: 2026-10-01T00:00:00Z\ninReplyTo: ${receiver.origin}/c`,
    );
    await blog.deploy();
    const first = await blog.run("send");
    expect(first.err).toContain(`1/3 ${receiver.origin}/`);
    expect(first.code).toBe(exitCodes.ok);
    expect(first.out).toContain("3 notifications accepted, 0 not");
    const second = await blog.run("send");
    expect(second).toMatchObject({ code: exitCodes.ok, out: "0 notifications accepted, 0 not.\n" });
    expect(receiver.told().sort()).toEqual([
      "/blog/posts/hello/ → /a",
      "/blog/posts/hello/ → /b",
      "/blog/posts/hello/ → /c",
    ]);
    expect(Object.keys(ledger(blog).posts["/posts/hello/"] ?? {})).toEqual(
      ["a", "b", "c"].map((page) => `${receiver.origin}/${page}`),
    );
  });

  it("notifies targets when a post is edited, loses a link, or is deleted", async () => {
    await using receiver = await startReceiver();
    await using blog = await startLiveBlog();
    const link = (page: string) => `[x](${receiver.origin}/${page})`;
    const step = async (body: string, front?: string) => {
      blog.post("hello", body, front);
      await blog.deploy();
      const before = receiver.told().length;
      expect(await blog.run("send")).toMatchObject({ code: exitCodes.ok });
      return receiver.told().slice(before).sort();
    };
    expect(await step(`One ${link("a")} ${link("b")}`)).toEqual([
      "/blog/posts/hello/ → /a",
      "/blog/posts/hello/ → /b",
    ]);
    expect(await step(`Two ${link("a")} ${link("b")}`)).toEqual([
      "/blog/posts/hello/ → /a",
      "/blog/posts/hello/ → /b",
    ]);
    expect(await step(`Two ${link("a")} `)).toEqual(["/blog/posts/hello/ → /a", "/blog/posts/hello/ → /b"]);
    expect(await step("", "deleted: 2026-11-22")).toEqual(["/blog/posts/hello/ → /a"]);
    expect(ledger(blog)).toEqual({ posts: {} });
  });

  it("sends nothing when only tags, design or engine change", async () => {
    await using receiver = await startReceiver();
    await using blog = await startLiveBlog();
    blog.post("hello", `[x](${receiver.origin}/a)`);
    await blog.deploy();
    await blog.run("send");
    blog.post("hello", `[x](${receiver.origin}/a)`, "date: 2026-10-01T00:00:00Z\ntags: [fences]");
    await blog.deploy();
    await blog.run("send");
    expect(receiver.told()).toHaveLength(1);
  });

  it("sends nothing for drafts, links to the blog itself and loopback links", async () => {
    await using receiver = await startReceiver();
    await using blog = await startLiveBlog({});
    blog.post(
      "hello",
      `[own](/posts/hello/) [own](${blog.url}posts/hello/) [machine](${receiver.origin}/a) [mail](mailto:a@b.example)`,
    );
    blog.post("later", `[x](https://other.example/)`, "date: 2026-10-01T00:00:00Z\ndraft: true");
    expect(await blog.run("send", "--dry-run")).toMatchObject({ out: "0 notifications due.\n" });
  });

  it("waits for the deployment, and sends nothing if the page doesn't go live", async () => {
    await using receiver = await startReceiver();
    await using blog = await startLiveBlog();
    blog.post("hello", `[x](${receiver.origin}/a)`);
    const late = await blog.run("send", "--wait", "20");
    expect(late.code).toBe(exitCodes.notLive);
    expect(late.out).toContain("not-live");
    expect(late.err).toContain("Waiting for the deployment");
    expect(receiver.told()).toEqual([]);
    expect(existsSync(path.join(blog.contentDir, "sent.json"))).toBe(false);
    blog.onSleep = () => blog.deploy();
    expect((await blog.run("send", "--wait", "20")).code).toBe(exitCodes.ok);
    expect(receiver.told()).toHaveLength(1);
  });

  it("retries failures after increasing delays, and reports them with its exit code", async () => {
    await using receiver = await startReceiver();
    await using blog = await startLiveBlog();
    blog.post("hello", `[x](${receiver.origin}/a)`);
    await blog.deploy();
    receiver.state.status = 503;
    expect((await blog.run("send")).code).toBe(exitCodes.partial);
    expect((await blog.run("send")).out).toContain("1 waiting for their next try");
    blog.pass(1);
    receiver.state.status = 200;
    expect((await blog.run("send")).code).toBe(exitCodes.ok);
    expect(receiver.told()).toHaveLength(2);
  });

  it("checks pages without an endpoint again only after 30 days", async () => {
    await using receiver = await startReceiver();
    await using blog = await startLiveBlog();
    blog.post("hello", `[x](${receiver.origin}/none)`);
    await blog.deploy();
    expect((await blog.run("send")).out).toContain("unsupported");
    blog.pass(29 * 24);
    expect((await blog.run("send", "--dry-run")).out).toContain("0 notifications due");
    blog.pass(24);
    expect((await blog.run("send", "--dry-run")).out).toContain("ask-again");
  });

  it("--dry-run sends nothing and writes nothing; --limit leaves the rest for the next run", async () => {
    await using receiver = await startReceiver();
    await using blog = await startLiveBlog();
    blog.post("hello", `[x](${receiver.origin}/a) [x](${receiver.origin}/b)`);
    await blog.deploy();
    const plan = await blog.run("send", "--dry-run", "--json");
    expect(JSON.parse(plan.out)).toMatchObject({
      due: [{ target: `${receiver.origin}/a`, reason: "new" }, {}],
      waiting: 0,
    });
    expect(existsSync(path.join(blog.contentDir, "sent.json"))).toBe(false);
    const one = await blog.run("send", "--limit", "1", "--json");
    expect(JSON.parse(one.out)).toMatchObject({
      results: [{ outcome: "accepted", protocol: "webmention" }],
      left: 1,
    });
    await blog.run("send", "--limit", "1");
    expect(receiver.told()).toHaveLength(2);
  });

  it("refuses to send more than 100 notifications in a first run unless told to", async () => {
    await using receiver = await startReceiver();
    await using blog = await startLiveBlog();
    const links = Array.from({ length: 101 }, (_, index) => `[x](${receiver.origin}/${index})`);
    blog.post("old", links.join(" "), "date: 2009-05-02T00:00:00Z");
    await blog.deploy();
    const refused = await blog.run("send");
    expect(refused.code).toBe(exitCodes.usage);
    expect(refused.err).toContain("--assume-sent");
    expect((await blog.run("send", "--since", "2026-01-01", "--dry-run")).out).toContain(
      "0 notifications due",
    );
    expect((await blog.run("send", "--assume-sent")).err).toContain("101 links");
    expect((await blog.run("send")).out).toContain("0 notifications accepted");
    expect(receiver.told()).toEqual([]);
  });

  it("sends again after new responses only with --salmention", async () => {
    await using receiver = await startReceiver();
    await using blog = await startLiveBlog();
    blog.post("hello", `[x](${receiver.origin}/a)`);
    await blog.deploy();
    await blog.run("send");
    blog.write("responses/hello.json", serializeResponses([record(1)]));
    await blog.deploy();
    await blog.run("send");
    expect(receiver.told()).toHaveLength(1);
    await blog.run("send", "--salmention");
    await blog.run("send", "--salmention");
    expect(receiver.told()).toHaveLength(2);
  });

  it("a moved post is sent with its new address, and once more with its old one", async () => {
    await using receiver = await startReceiver();
    await using blog = await startLiveBlog();
    blog.post("old-name", `[x](${receiver.origin}/a)`);
    await blog.deploy();
    await blog.run("send");
    blog.write("posts/old-name.mdx", null);
    blog.post(
      "new-name",
      `[x](${receiver.origin}/a)`,
      "date: 2026-10-01T00:00:00Z\naliases: [/posts/old-name/]",
    );
    await blog.deploy();
    expect((await blog.run("send")).code).toBe(exitCodes.ok);
    expect(receiver.told().slice(1).sort()).toEqual([
      "/blog/posts/new-name/ → /a",
      "/blog/posts/old-name/ → /a",
    ]);
    expect(Object.keys(ledger(blog).posts)).toEqual(["/posts/new-name/"]);
  });

  it.each([
    ["a merge conflict", '{\n  "posts": {\n<<<<<<< HEAD\n  }\n}\n', 3],
    [
      "a row of the wrong shape",
      '{\n  "posts": {\n    "/posts/x/": {\n      "https://a.example/": { "outcome": "sent" }\n    }\n  }\n}\n',
      4,
    ],
  ])("%s in sent.json is an error with its line, and nothing is sent", async (_, text, line) => {
    await using blog = await startLiveBlog();
    blog.post("hello", "[x](https://other.example/)");
    blog.write("sent.json", text);
    const result = await blog.run("send");
    expect(result.code).toBe(exitCodes.contentMistake);
    expect(result.err).toContain(`content/sent.json:${line}`);
    expect(blog.read("sent.json")).toBe(text);
  });

  it.each([["--nope"], ["--limit", "many"], ["--limit", "0"], ["--since", "soon"], ["extra"]])(
    "refuses %s %s with a pointer to the help",
    async (...args) => {
      await using blog = await startLiveBlog();
      const result = await blog.run("send", ...args.filter((arg) => typeof arg === "string"));
      expect(result).toMatchObject({ code: exitCodes.usage, out: "" });
      expect(result.err).toContain("send --help");
    },
  );
});

describe("the dispatcher", () => {
  it("shows each command's help, and the list of commands", async () => {
    await using blog = await startLiveBlog();
    for (const name of ["send", "verify", "discover"]) {
      const { code, out } = await blog.run(name, "--help");
      expect(code).toBe(exitCodes.ok);
      expect(out).toContain(`backfence responses ${name}`);
      expect(out).toContain("Exit codes:");
    }
    expect(await blog.run("--help")).toMatchObject({ code: exitCodes.ok });
    expect(await blog.run()).toMatchObject({ code: exitCodes.usage });
    expect((await blog.run("sned")).err).toContain('no command "sned"');
  });
});
