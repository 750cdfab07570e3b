/**
 * Parses feeds with feedparser, which many feed readers use. Requires Python and the Debian package
 * `python3-feedparser`, which CI installs; elsewhere the test prints that it checked nothing.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { feedFiles } from "../src/lib/feeds/feed-files.ts";
import { makeBlog, makePosts, makeResponse, makeSettings } from "./fixtures/small-blog.ts";
import { contextOf } from "./support/feed-tools.ts";
import { wholeFile } from "../src/lib/site/outputs.ts";

const SCRIPT = `
import feedparser, json, sys
feed = feedparser.parse(sys.stdin.buffer.read())
print(json.dumps({
  "bozo": int(feed.bozo), "why": str(feed.get("bozo_exception", "")), "version": feed.version,
  "entries": len(feed.entries), "ids": len({e.id for e in feed.entries}),
  "full": sum(1 for e in feed.entries if e.get("content") and "neighbour" in e.content[0].value),
}))`;

const python = ["python3", "/usr/bin/python3"].find(
  (command) => spawnSync(command, ["-c", "import feedparser"]).status === 0,
);

test("feedparser parses every kind of feed without errors, with all entries and their full text", async () => {
  if (python === undefined) {
    const message = "NOT CHECKED: feedparser is missing. Install it with: apt-get install python3-feedparser";
    if (process.env["IN_CI"]) throw new Error(message);
    console.warn(`\n*** ${message} ***\n`);
    return;
  }
  const blog = makeBlog({
    settings: makeSettings({ hub: "https://hub.example/", title: "Über den Zaun & “mehr” ]]>" }),
    posts: makePosts(120),
    responses: { "post-7": [makeResponse({ content: { text: "neighbour <b>&\u0001" } })] },
  });
  const context = contextOf(blog, { bodyHtml: () => "<p>Hello &amp; welcome, neighbour ]]&gt; 日本</p>" });
  const expected = {
    "/rss.xml": 50,
    "/rss-2.xml": 50,
    "/atom.xml": 50,
    "/atom-3.xml": 50,
    "/responses.xml": 1,
  };
  for (const [path, entries] of Object.entries(expected)) {
    const file = feedFiles(blog, context).find((spec) => spec.path === path);
    const output = execFileSync(python, ["-c", SCRIPT], {
      input: wholeFile((await file?.make()) ?? ""),
      encoding: "utf8",
    });
    const version = path.startsWith("/rss") ? "rss20" : "atom10";
    expect(JSON.parse(output), path).toEqual({
      bozo: 0,
      why: "",
      version,
      entries,
      ids: entries,
      full: entries,
    });
  }
});
