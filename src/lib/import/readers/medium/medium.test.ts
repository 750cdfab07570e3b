import { expect, test } from "vitest";
import { fixture, imported } from "../../../../../tests/support/imported.ts";

test("Medium: a story keeps caption, code, link card and gist, and doesn't repeat its title", async () => {
  const { read } = await imported(fixture("medium"));
  expect(read("posts/on-thresholds.md")).toMatchInlineSnapshot(`
    "---
    title: On thresholds
    description: A door is a decision about other people, and it’s made each morning.
    date: 2019-02-03T07:15:00Z
    authors: [edda-moss]
    tags: [Doors, Neighbours]
    syndication: [https://medium.com/@edda/on-thresholds-0a1b2c3d4e5f]
    ---

    [A red door](https://cdn-images.example/max/800/door.jpeg)

    _Number nine_

    Some doors are **never locked**. See [my text on keys](/posts/keys/).

    > Knock first.

    \`\`\`python
    knock(times=3)
    wait()
    \`\`\`

    [A history of doors](https://doors.example/history): From curtains to locks

    ---

    A second part, with code elsewhere:

    <https://gist.github.com/edda/0123456789abcdef>
    "
  `);
});

test("Medium: drafts stay drafts, and responses to other authors aren't published", async () => {
  const { read, result } = await imported(fixture("medium"));
  expect(read("posts/windows.md")).toContain("draft: true");
  expect(read("notes/i-agree-with-this-mostly.md")).toContain("draft: true");
  expect(result.counts).toMatchObject({ posts: 2, notes: 0, drafts: 2 });
  expect(result.doubts[0]?.message).toContain("1 text looks like a response");
});

test("Medium: claps and bookmarks are left out; sessions and the profile are never written", async () => {
  const { result, files } = await imported(fixture("medium"));
  expect(result.ledger["other file"]).toMatchObject({ read: 3, private: 2, ignored: 1 });
  expect(JSON.stringify(files())).not.toMatch(/Somebody|medium\.com\/@edda\/feed/);
});

test("Medium: the new blog doesn't get Medium's address as its URL", async () => {
  const { read } = await imported(fixture("medium"), { baseUrl: null });
  expect(read("site.yaml")).toContain("url: http://localhost:4321/");
});
