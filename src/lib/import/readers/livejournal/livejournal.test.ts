import { expect, test } from "vitest";
import { fixture, imported } from "../../../../../tests/support/imported.ts";
import { liveJournalHtml } from "./markup.ts";

interface Child {
  readonly "wm-id": string;
  readonly status: string;
  readonly author: { readonly name: string; readonly uid?: string };
  readonly "in-reply-to"?: string;
  readonly anchor: string;
}

function children(text: string): Child[] {
  const feed: { children: Child[] } = JSON.parse(text);
  return feed.children;
}

test("LiveJournal: lines, cuts, names and links of an entry", async () => {
  const { read } = await imported(fixture("livejournal"));
  expect(read("posts/the-mill-i.md")).toMatchInlineSnapshot(`
    "---
    title: The mill & I
    aliases: [/273.html]
    date: 2005-06-01T21:30:00Z
    authors: [old-mill]
    tags: [mill, flour]
    ---

    It turns.\\
    It turns **slowly**.

    Ask [miller_jo](https://miller-jo.livejournal.com/) or read [the next](/notes/548/).

    **More about flour**

    White, brown.
    "
  `);
  expect(read("notes/548.md")).toContain("aliases: [/548.html]");
});

test("LiveJournal: comments keep their threads, anchors and states", async () => {
  const { read } = await imported(fixture("livejournal"));
  const comments = children(read("responses/the-mill-i.json"));
  expect(comments.map((one) => [one["wm-id"], one.status, one["in-reply-to"], one.anchor])).toEqual([
    ["lj-10", "approved", undefined, "t2577"],
    ["lj-11", "approved", "lj-10", "t2833"],
    ["lj-12", "pending", "lj-11", "t3089"],
    ["lj-14", "approved", undefined, "t3601"],
  ]);
  expect(comments[1]?.author.uid).toBe("https://new.example/authors/old-mill/");
});

test("LiveJournal: friends-only and private entries aren't written, nor are their comments", async () => {
  const { result, files } = await imported(fixture("livejournal"));
  expect(result.ledger.entry).toMatchObject({ read: 4, written: 2, private: 2 });
  expect(result.ledger.comment).toMatchObject({ read: 6, written: 3, kept: 1, private: 1, ignored: 1 });
  expect(Object.keys(files()).filter((name) => name.startsWith("responses/"))).toHaveLength(1);
});

test("LiveJournal: mood and music are stored; a lost frame and a poll are listed", async () => {
  const { read, result } = await imported(fixture("livejournal"));
  expect(JSON.parse(read("_import/raw/post-the-mill-i.json"))).toEqual({
    current_mood: "dusty",
    current_music: "the wheel",
  });
  expect(result.doubts.map(({ message }) => message)).toEqual([
    "it contains a poll, which is now a link",
    "it contains an embed whose address isn't in the export",
  ]);
});

test("LiveJournal's own export: comments find their entries, although both use different numbers", async () => {
  const { read } = await imported(fixture("livejournal-export.xml"));
  const [first, second] = children(read("responses/the-mill.json"));
  expect(first).toMatchObject({ author: { name: "miller_jo" }, anchor: "t2577" });
  expect(second).toMatchObject({ status: "pending", "in-reply-to": "lj-10" });
});

test("unclosed tags swallow no text", () => {
  const { html } = liveJournalHtml(
    '<lj user="ann"> and <lj comm=bees>, <user name=cat site=dreamwidth.org>: x',
    "www.livejournal.com",
  );
  expect(html).toBe(
    '<a href="https://ann.livejournal.com/">ann</a> and <a href="https://bees.livejournal.com/">bees</a>, <a href="https://cat.dreamwidth.org/">cat</a>: x',
  );
});
