import { expect, test } from "vitest";
import { fixture, imported } from "../../../../../tests/support/imported.ts";

/** The text of a file without its front matter. */
function bodyOf(file: string): string {
  return file.replace(/^---\n[\s\S]*?\n---\n/, "").trim();
}

test("Tumblr: posts of every type keep their content", async () => {
  const { read } = await imported(fixture("tumblr"));
  expect(bodyOf(read("notes/702.md"))).toBe(
    "> Mud remembers.\n\n— [Una Reed](https://otherbank.tumblr.com/)",
  );
  expect(bodyOf(read("notes/how-deep.md"))).toBe("> **Anonymous asked:**\n>\n> How deep is it?\n\nKnee.");
  expect(bodyOf(read("posts/at-the-ferry.md"))).toBe(
    "**Una:** Is it late?\n\n**Me:** It's early for tomorrow.",
  );
  expect(read("posts/maps.md")).toContain("link: https://maps.example/marsh");
  expect(bodyOf(read("notes/wind.md"))).toBe("<https://sound.example/wind>\n\nWind, recorded.");
});

test("Tumblr: pictures of the export are in the note, in order", async () => {
  const { read } = await imported(fixture("tumblr"));
  expect(bodyOf(read("notes/herons/index.md"))).toBe(
    '![The first](./701-0.png "The first")\n\n![Picture](./701-1.png)\n\nTwo herons, not speaking.',
  );
});

test("Tumblr: a reblog names its original; drafts stay drafts; private posts aren't written", async () => {
  const { read, result } = await imported(fixture("tumblr"));
  expect(read("notes/702.md")).toContain("repostOf: https://otherbank.tumblr.com/post/55");
  expect(read("posts/unsaid.md")).toContain("draft: true");
  expect(result.ledger.entry).toMatchObject({ read: 9, written: 7, kept: 1, private: 1 });
});

test("Tumblr: both addresses of a post still work, as do links between posts", async () => {
  const { read } = await imported(fixture("tumblr"));
  expect(read("posts/tides.md")).toContain("aliases: [/post/700/tides, /post/700]");
  expect(read("posts/tides.md")).toContain("[the photo](/notes/herons/)");
});

test("Tumblr's API: blocks keep their formatting, reblogs their trail, and replies become comments", async () => {
  const { read, result } = await imported(fixture("tumblr-api.json"));
  expect(bodyOf(read("posts/eels.md"))).toMatchInlineSnapshot(`
    "They are **long** and [quiet](https://eels.example/).

    - silver
    - brown

    [An eel](https://64.media.example/s1280/eel.png)

    _In the net_

    <https://www.youtube.com/watch?v=aBcDeFgHiJk>"
  `);
  expect(bodyOf(read("notes/801.md"))).toBe(
    "[otherbank](https://otherbank.tumblr.com/post/77):\n\n> Mud is patient.\n\nAgreed.",
  );
  expect(read("responses/eels.json")).toContain("Smoked, I hope.");
  expect(result.ledger.comment).toMatchObject({ read: 2, written: 1, ignored: 1 });
});

test("Tumblr's older pages don't say which posts were public, so all are drafts", async () => {
  const { read, result } = await imported(fixture("tumblr-pages"));
  expect(read("posts/700.md")).toContain("draft: true\ndate: 2014-03-01T21:05:00Z");
  expect(result.counts).toMatchObject({ posts: 0, notes: 0, drafts: 2 });
  expect(result.doubts[0]?.message).toContain("all 2 are drafts");
});

test("pages of tumblr-backup are public, so they're published", async () => {
  const { read } = await imported(fixture("tumblr-backup"));
  expect(read("posts/tides.md")).toMatchInlineSnapshot(`
    "---
    title: Tides
    aliases: [/post/700/tides]
    date: 2014-03-01T09:00:00Z
    tags: [tides]
    repostOf: https://otherbank.tumblr.com/post/55
    ---

    The tide is **late**.
    "
  `);
});
