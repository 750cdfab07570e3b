import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { sendHtml, startServer } from "../../../tests/support/http-server.ts";
import { startLiveBlog } from "../../../tests/support/live-blog.ts";
import { record } from "../../../tests/support/records.ts";
import type { PostResponse } from "../../lib/responses/model.ts";
import { serializeResponses } from "../../lib/responses/store.ts";
import { exitCodes } from "./exit-codes.ts";

/** A blog with one post and responses to it whose sources are pages of one server. */
async function setUp(changes: Readonly<Record<string, Partial<PostResponse>>>) {
  const blog = await startLiveBlog();
  const target = `${blog.url}posts/hello/`;
  const answers = new Map<string, { status?: number; html?: string; hang?: boolean }>();
  const server = await startServer(({ url }, response) => {
    const { status = 200, html = `<a href="${target}">x</a>`, hang = false } = answers.get(url) ?? {};
    if (!hang) sendHtml(response, html, status);
  });
  blog.post("hello", "Hello");
  const records = Object.entries(changes).map(([page, change], index) =>
    record(index + 1, { "wm-source": `${server.origin}/${page}`, "wm-target": target, ...change }),
  );
  blog.write("responses/hello.json", serializeResponses(records));
  return {
    blog,
    target,
    answers,
    seen: server.seen,
    statuses: () =>
      Object.fromEntries(
        (JSON.parse(blog.read("responses/hello.json")) as { children: PostResponse[] }).children.map(
          (child) => [new URL(child["wm-source"]).pathname.slice(1), child.status],
        ),
      ),
    child: (page: string) =>
      (JSON.parse(blog.read("responses/hello.json")) as { children: PostResponse[] }).children.find((child) =>
        child["wm-source"].endsWith(`/${page}`),
      ),
    hasFailures: () => existsSync(path.join(blog.contentDir, "unreachable.json")),
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await blog[Symbol.asyncDispose]();
    },
  };
}

describe("verify", () => {
  it("deletes responses of gone or unlinked pages at once, and keeps those that still link", async () => {
    await using all = await setUp({ linked: {}, gone: {}, tombstone: {}, unlinked: {}, spelt: {} });
    all.answers.set("/gone", { status: 410 });
    all.answers.set("/tombstone", { html: '<meta http-equiv="Status" content="410 Gone">' });
    all.answers.set("/unlinked", { html: "<p>Something else" });
    all.answers.set("/spelt", { html: `<a href="${all.target.slice(0, -1)}">x</a>` });
    const result = await all.blog.run("verify");
    expect(result.code).toBe(exitCodes.ok);
    expect(result.out).toContain("5 responses looked at, 3 gone");
    expect(all.statuses()).toEqual({
      linked: "approved",
      gone: "deleted",
      tombstone: "deleted",
      unlinked: "deleted",
      spelt: "approved",
    });
    expect(all.hasFailures()).toBe(false);
  });

  it("a deleted response keeps none of its text", async () => {
    await using all = await setUp({ gone: { name: "A title", summary: "A summary" } });
    all.answers.set("/gone", { status: 410 });
    await all.blog.run("verify");
    const child = all.child("gone");
    expect(child).toMatchObject({ status: "deleted", author: { type: "card", name: "" } });
    for (const key of ["content", "name", "summary", "published"]) expect(child).not.toHaveProperty(key);
    expect(await all.blog.run("verify")).toMatchObject({
      code: exitCodes.ok,
      out: "0 responses looked at, 0 gone.\n",
    });
  });

  it("404 deletes only after three tries over a week; tries within half a day count as one", async () => {
    await using all = await setUp({ page: {} });
    all.answers.set("/page", { status: 404 });
    for (const hours of [1, 8 * 24, 1]) {
      expect((await all.blog.run("verify")).code).toBe(exitCodes.partial);
      expect(all.statuses()).toEqual({ page: "approved" });
      all.blog.pass(hours);
    }
    all.blog.pass(12);
    await all.blog.run("verify");
    expect(all.statuses()).toEqual({ page: "deleted" });
    expect(all.hasFailures()).toBe(false);
  });

  it("server errors delete only after five tries over a month, and one success resets the count", async () => {
    await using all = await setUp({ page: {} });
    const fail = async (times: number, days: number) => {
      for (let time = 0; time < times; time++) {
        await all.blog.run("verify");
        all.blog.pass(days * 24);
      }
    };
    all.answers.set("/page", { status: 503 });
    await fail(4, 8);
    expect(all.statuses()).toEqual({ page: "approved" });
    all.answers.delete("/page");
    await fail(1, 1);
    expect(all.hasFailures()).toBe(false);
    all.answers.set("/page", { status: 503 });
    await fail(4, 8);
    expect(all.statuses()).toEqual({ page: "approved" });
    await fail(1, 1);
    expect(all.statuses()).toEqual({ page: "deleted" });
  });

  it("doesn't check imported, private and spam responses or comments", async () => {
    await using all = await setUp({
      comment: { "wm-protocol": "comment" },
      trackback: { "wm-protocol": "trackback" },
      imported: { "wm-protocol": "pingback", anchor: "comment-7" },
      spam: { status: "spam" },
      private: { "wm-private": true },
    });
    expect((await all.blog.run("verify")).out).toContain("0 responses looked at");
    expect(all.seen).toEqual([]);
  });

  it("--dry-run changes nothing; --json lists every check", async () => {
    await using all = await setUp({ gone: {} });
    all.answers.set("/gone", { status: 410 });
    const before = all.blog.read("responses/hello.json");
    const result = await all.blog.run("verify", "--dry-run", "--json");
    expect(JSON.parse(result.out)).toMatchObject({
      results: [{ post: "hello", state: "gone", action: "delete" }],
    });
    expect(all.blog.read("responses/hello.json")).toBe(before);
  });

  it("daily runs with --limit check every source in turn", async () => {
    const pages = Array.from({ length: 7 }, (_, index) => `page${index}`);
    await using all = await setUp(Object.fromEntries(pages.map((page) => [page, {}])));
    for (let day = 0; day < 4; day++) {
      expect((await all.blog.run("verify", "--limit", "2")).out).toContain("2 responses looked at");
      all.blog.pass(24);
    }
    expect(new Set(all.seen.map(({ url }) => url)).size).toBe(7);
  });

  it("a page that responds to several posts is fetched once", async () => {
    await using all = await setUp({ digest: {} });
    all.blog.post("second", "Second");
    const source = all.child("digest")?.["wm-source"] ?? "";
    all.blog.write(
      "responses/second.json",
      serializeResponses([record(9, { "wm-source": source, "wm-target": `${all.blog.url}posts/second/` })]),
    );
    const result = await all.blog.run("verify", "--json");
    expect(all.seen).toHaveLength(1);
    expect(JSON.parse(result.out)).toMatchObject({
      results: [
        { post: "hello", action: "keep" },
        { post: "second", action: "delete" },
      ],
    });
  });
});
