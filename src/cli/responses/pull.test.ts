import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { blogFolder, change, post } from "../../../tests/support/blog-folder.ts";
import { mention } from "../../../tests/support/mentions.ts";
import { startStandinApi, type StandinApi } from "../../../tests/support/standin-api.ts";
import { readAllResponses } from "../../lib/responses/response-files.ts";
import { runResponses } from "../responses.ts";
import { exitCodes } from "./exit-codes.ts";

let standin: StandinApi;
beforeEach(async () => {
  standin = await startStandinApi();
});
afterEach(() => standin.close());

function folder(settings = ""): string {
  const webmention = `webmention:\n  endpoint: https://wm.example/\n  api: ${standin.api}\n`;
  return blogFolder({
    "content/site.yaml": `title: Test\nurl: https://test.example/\ntimeZone: UTC\nmoderation: none\n${settings || webmention}`,
    "content/posts/hello.mdx": post("aliases: [/2008/03/hello.html]"),
    "content/posts/later.mdx": post("draft: true"),
  });
}

async function pull(root: string, args: readonly string[] = [], env: Record<string, string> = {}) {
  let out = "";
  let err = "";
  const code = await runResponses(["pull", ...args], {
    root,
    env: { BACKFENCE_ALLOW_LOOPBACK: "1", ...env },
    now: () => new Date("2026-06-01T00:00:00Z"),
    out: (text) => (out += text),
    err: (text) => (err += text),
    isInteractive: false,
    sleep: () => Promise.resolve(),
  });
  return { code, out, err, stored: readAllResponses(path.join(root, "content")) };
}

test("stores new responses, lists them in a table, and changes nothing when run again", async () => {
  const root = folder();
  standin.mentions = [
    mention(1, "https://test.example/posts/hello/"),
    mention(2, "http://old.typepad.example/2008/03/hello.html", {
      "wm-property": "like-of",
      content: undefined,
    }),
    mention(3, "https://test.example/"),
  ];
  const first = await pull(root);
  expect(first.code).toBe(exitCodes.ok);
  expect(first.out).toContain("new  hello  in-reply-to  Person 1");
  expect(first.out).toContain("1 mention of addresses that aren't posts (https://test.example/)");
  expect(first.out).toContain("2 new.");
  expect(first.stored.get("hello")).toHaveLength(2);
  const second = await pull(root);
  expect(second.out).toContain("Nothing new.");
});

test("keeps responses to a post that isn't published", async () => {
  standin.mentions = [mention(1, "https://test.example/posts/later/")];
  expect((await pull(folder())).stored.get("later")).toHaveLength(1);
});

test("--json lists the changes", async () => {
  standin.mentions = [mention(7, "https://test.example/posts/hello/")];
  const { out } = await pull(folder(), ["--json", "--dry-run"]);
  expect(JSON.parse(out)).toMatchObject({
    changes: [{ what: "added", post: "hello", id: 7, status: "approved", name: "Person 7" }],
    faults: [],
    hasChanged: true,
  });
});

test.each([
  ["500", exitCodes.serverError],
  ["html", exitCodes.badAnswer],
  ["reset", exitCodes.unreachable],
  ["rate-limit", exitCodes.rateLimit],
  ["huge", exitCodes.tooLarge],
] as const)(
  "ends with its own exit code and one line when the service answers with %s",
  async (fault, code) => {
    standin.onRequest = () => fault;
    const result = await pull(folder());
    expect(result.code).toBe(code);
    const lines = result.err.split("\n").filter((line) => line !== "");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/Stored responses are unchanged\.$/);
  },
);

test("a refused token and a missing token have different exit codes", async () => {
  standin.token = "right";
  expect(await pull(folder(), [], { WEBMENTION_TOKEN: "wrong" })).toMatchObject({
    code: exitCodes.tokenRefused,
  });
  expect(await pull(folder())).toMatchObject({ code: exitCodes.notConfigured });
  expect(await pull(folder(), [], { WEBMENTION_TOKEN: "right" })).toMatchObject({ code: exitCodes.ok });
});

test("refuses malformed MASTODON_TOKENS without printing a token", async () => {
  const { code, out, err } = await pull(folder(), [], { MASTODON_TOKENS: "social.example=abc Hidden1" });
  expect(code).toBe(exitCodes.usage);
  expect(err).toContain('MASTODON_TOKENS must be a list such as "social.example=token');
  expect(out + err).not.toMatch(/abc|Hidden1/);
});

test("reports `syndication` addresses that aren't posts, with file and line", async () => {
  const root = folder();
  change(root, { "content/posts/hello.mdx": post("syndication:\n  - https://social.example/@me") });
  const note =
    /content\/posts\/hello\.mdx:\d+: https:\/\/social\.example\/@me in `syndication` is a profile\. Open the post there and copy its address\./;
  expect((await pull(root)).out).toMatch(note);
  expect((await pull(root, ["--summary"])).err).toMatch(note);
});

test("without a source in site.yaml, names the settings that are needed", async () => {
  const { code, err } = await pull(folder("description: Nothing\n"));
  expect(code).toBe(exitCodes.notConfigured);
  expect(err).toContain("set webmention.api, or giscus");
});

test("sends no requests to loopback unless a test allows them", async () => {
  const { code, err } = await pull(folder(), [], { BACKFENCE_ALLOW_LOOPBACK: "" });
  expect(code).toBe(exitCodes.unreachable);
  expect(err).not.toContain("Nothing new");
  expect(standin.requests).toEqual([]);
});

test("--summary prints no text written by others, since CI runners interpret log lines as commands", async () => {
  const root = folder();
  const name = "##[add-mask]e";
  standin.mentions = [
    mention(1, "https://test.example/posts/hello/", { author: { name, url: "https://x.example/" } }),
    mention(2, "https://test.example/::error::no-such-post/"),
  ];
  const done = await pull(root, ["--summary"]);
  expect(done.out).toBe("1 new.\n");
  expect(done.err).toBe(
    "1 note is not shown here. To read them: npx backfence responses pull --full --dry-run\n",
  );
  expect((await pull(root, ["--full", "--dry-run"])).out).toContain("no-such-post");
  standin.onRequest = () => "not-json";
  const failed = await pull(root, ["--summary", "--full"]);
  expect(failed.code).toBe(exitCodes.badAnswer);
  expect(failed.err).toBe("A service gave an answer that can't be used. Stored responses are unchanged.\n");
});
