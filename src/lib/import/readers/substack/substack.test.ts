import { expect, test } from "vitest";
import { fixture, imported } from "../../../../../tests/support/imported.ts";

test("Substack: footnotes, captions, videos and quoted posts are kept, buttons removed", async () => {
  const { read, result } = await imported(fixture("substack"));
  expect(read("posts/the-quiet-street.md")).toMatchInlineSnapshot(`
    "---
    title: The quiet street
    description: “Quiet” isn’t silent
    aliases: [/p/the-quiet-street]
    date: 2021-03-04T08:30:00Z
    ---

    Our street is quiet.[^1] I listened for a week.

    ### What I heard

    [An empty street](https://cdn.lane.example/image/fetch/street.jpg)

    _Six in the morning_

    <https://www.youtube.com/watch?v=aBcDeFgHiJk>

    > Quiet is a kind of noise.
    >
    > [Hal Tern](https://social.example/@hal/12)

    Read [the episode](/posts/listening/), or write to address-removed.

    [^1]: Except on Tuesdays, with the _bins_.
    "
  `);
  expect(result.ignored).toContainEqual({
    reason: "section: a newsletter button or form (subscribe, share, comment)",
    count: 2,
  });
});

test("Substack: a podcast starts with its audio, and a page stays a page", async () => {
  const { read } = await imported(fixture("substack"));
  expect(read("posts/listening.md")).toContain("<https://cdn.lane.example/episode-1.mp3>\n\nAn episode");
  expect(read("pages/about.md")).toContain("aliases: [/p/about]");
});

test("Substack: posts for subscribers only aren't written, and the report counts them", async () => {
  const { result } = await imported(fixture("substack"));
  expect(result.ledger.entry).toMatchObject({ read: 7, written: 3, kept: 2, private: 2 });
  expect(result.doubts.map(({ message }) => message)).toContain(
    "1 post is for paying subscribers only and isn't imported",
  );
});

test("Substack: lists of subscribers are never written", async () => {
  const { result, files } = await imported(fixture("substack"));
  expect(result.ledger["other file"]).toMatchObject({ read: 2, private: 2 });
  expect(result.counts.maskedAddresses).toBe(2);
  expect(JSON.stringify(files())).not.toMatch(/subscriber|reader@/);
});
