import { describe, expect, test } from "vitest";
import { outcomeOf } from "../../../tests/support/load-outcome.ts";
import type { Post } from "./model.ts";

async function entryOf(text: string, name: string): Promise<Post | undefined> {
  const { loaded, errors } = await outcomeOf({ [`content/${name}`]: text });
  expect(errors).toEqual([]);
  return loaded?.blog.posts[0];
}

describe("a note", () => {
  test("is a text in content/notes/ or a text without a title, with its own address", async () => {
    const text = "---\ndate: 2026-01-02 10:00\n---\nJust a *short* note.\n";
    const expected = { kind: "note", isTitled: false, title: "Just a short note.", standfirst: null };
    expect(await entryOf(text, "notes/short.md")).toMatchObject({ ...expected, path: "/notes/short/" });
    expect(await entryOf(text, "posts/2026/short.md")).toMatchObject({ ...expected, path: "/notes/short/" });
    const titled = await entryOf("---\ntitle: With one\ndate: 2026-01-02\n---\nText\n", "notes/a/index.md");
    expect(titled).toMatchObject({ kind: "note", isTitled: true, title: "With one", path: "/notes/a/" });
  });

  test("needs no front matter if its name contains the date", async () => {
    expect(await entryOf("A thought.\n", "notes/2026-01-02.md")).toMatchObject({
      slug: "2026-01-02",
      date: "2026-01-01T23:00:00.000Z",
      title: "A thought.",
    });
  });

  test("has its first words as its title, cut between words", async () => {
    const words = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen.";
    const entry = await entryOf(`---\ndate: 2026-01-02\n---\n${words}\n`, "notes/a.md");
    expect(entry?.title).toBe("One two three four five six seven eight nine ten eleven…");
    expect(entry?.description).toBe(words);
  });

  test("can be a like or an RSVP without any text", async () => {
    const like = await entryOf("---\ndate: 2026-01-02\nlikeOf: https://www.a.example/post/\n---\n", "notes/a.md");
    expect(like).toMatchObject({ title: "a.example/post", answering: [{ kind: "like-of" }] });
    const rsvp = await entryOf(
      "---\ndate: 2026-01-02\ninReplyTo: https://a.example/party\nrsvp: yes\n---\n",
      "posts/b.md",
    );
    expect(rsvp).toMatchObject({ kind: "note", answering: [{ kind: "rsvp", rsvp: "yes" }] });
  });

  test("is in a list that can be linked to", async () => {
    const files = { "content/notes/a.md": "---\ndate: 2026-01-02\n---\n[all](/notes/) [me](/notes/a/)\n" };
    expect((await outcomeOf(files)).errors).toEqual([]);
    const { errors } = await outcomeOf({ "content/posts/a.md": "---\ntitle: A\ndate: 2026-01-02\n---\n[x](/notes/)\n" });
    expect(errors).toEqual(["content/posts/a.md:5 This link leads nowhere: /notes/"]);
  });
});

test("the first paragraph, or its first sentences, replace a missing description everywhere except on the post", async () => {
  const long = `${"This is a sentence of some length. ".repeat(12)}\n\nSecond paragraph.`;
  const first = "A first paragraph that says what it is about.\n\nThen the second one.";
  const a = await entryOf(`---\ntitle: A\ndate: 2026-01-02\n---\n${long}\n`, "posts/a.md");
  expect(a?.standfirst).toBeNull();
  expect(a?.description).toMatch(/^This is a sentence of some length\.( This is a sentence of some length\.)*$/);
  const b = await entryOf(`---\ntitle: B\ndate: 2026-01-02\n---\n## Head\n\n${first}\n`, "posts/b.md");
  expect(b).toMatchObject({ description: "A first paragraph that says what it is about.", standfirst: null });
  const c = await entryOf(`---\ntitle: C\ndate: 2026-01-02\ndescription: Mine.\n---\n${first}\n`, "posts/c.md");
  expect(c).toMatchObject({ description: "Mine.", standfirst: "Mine.", excerpt: b?.excerpt });
});
