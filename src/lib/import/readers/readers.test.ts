import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { fixture, imported } from "../../../../tests/support/imported.ts";
import { tempFolder } from "../../../../tests/support/temp-folder.ts";
import { movableTypeDate } from "./source-dates.ts";

interface Child {
  readonly author: { readonly name: string; readonly uid?: string };
  readonly content?: { readonly text: string };
  readonly status: string;
  readonly "wm-id": string;
  readonly "wm-protocol": string;
  readonly "in-reply-to"?: string;
  readonly anchor: string;
}

function children(text: string): Child[] {
  const feed: { children: Child[] } = JSON.parse(text);
  return feed.children;
}

test("TypePad: posts and drafts keep their text, categories and old addresses", async () => {
  const { read } = await imported(fixture("typepad.txt"));
  expect(read("posts/the-gate.md")).toMatchInlineSnapshot(`
    "---
    title: The gate – and who keeps it
    description: On gates.
    aliases: [/fence/2008/03/the-gate.html]
    date: 2008-03-17T22:22:00Z
    authors: [orla-finch]
    tags: [Fences, hinges, neighbours]
    comments: closed
    ---

    A gate is a **promise** with hinges. Write to me at address-removed.

    The second part costs \\$5 and \\{nothing} else.

    More of it, with a list:

    - one
    - two
      - three
    "
  `);
  expect(read("posts/the-gate-2.md")).toMatchInlineSnapshot(`
    "---
    title: Second
    draft: true
    aliases: [/fence/2008/04/second.html]
    date: 2008-04-02T07:00:00Z
    authors: [orla-finch]
    ---

    Line one\\
    line two

    Another paragraph.
    "
  `);
});

test("TypePad: a separator within a comment is part of the comment", async () => {
  const { read } = await imported(fixture("typepad.txt"));
  const [first, second, ping] = children(read("responses/the-gate.json"));
  expect(first?.content?.text).toContain("this line looks like a section but isn't");
  expect(second).toMatchObject({
    author: { name: "Orla Finch", uid: "https://new.example/authors/orla-finch/" },
  });
  expect(ping).toMatchObject({ "wm-protocol": "trackback", author: { name: "Hedge Notes" } });
});

test("TypePad: an unknown key is stored", async () => {
  const { read } = await imported(fixture("typepad.txt"));
  expect(JSON.parse(read("_import/raw/post-the-gate.json"))).toEqual({ MOOD: "cheerful" });
});

test("WordPress: comments keep their threads and states, and an author's own are recognized", async () => {
  const { read } = await imported(fixture("wordpress.xml"));
  const comments = children(read("responses/hello.json"));
  expect(
    comments.map((comment) => [comment["wm-id"], comment.status, comment["in-reply-to"], comment.anchor]),
  ).toEqual([
    ["5", "approved", undefined, "comment-5"],
    ["6", "approved", "5", "comment-6"],
    ["7", "pending", undefined, "comment-7"],
  ]);
  expect(comments[0]?.content?.text).toBe("I like gates. {process.exit()}");
  expect(comments[1]?.author.uid).toBe("https://new.example/authors/mira-stone/");
});

test("WordPress: private and password-protected posts and contact form messages are never written", async () => {
  const { files, result } = await imported(fixture("wordpress.xml"));
  const all = JSON.stringify([files(), result]);
  for (const words of ["diary", "Locked", "password", "private letter"]) expect(all).not.toContain(words);
  expect(result.ledger.entry).toMatchObject({ read: 6, written: 2, kept: 1, private: 3 });
});

test("WordPress: a draft stays a draft, and no published text links to it", async () => {
  const { read } = await imported(fixture("wordpress.xml"));
  expect(read("posts/a-draft.md")).toContain("draft: true");
  expect(read("posts/hello.md")).toMatchInlineSnapshot(`
    "---
    title: Hello & welcome
    aliases: [/2012/03/hallo/]
    date: 2012-03-01T08:00:00Z
    authors: [mira-stone]
    tags: [Wood, gates]
    ---

    First paragraph\\
    with a break.

    Second with

    [A white gate](https://fences.example/wp-content/uploads/2012/03/gate-300x200.jpg)

    _A gate_

    See the draft or this.
    "
  `);
  expect(read("pages/about.md")).toContain("We keep fences low.");
  // Posts keep their addresses.
  expect(read("site.yaml")).toContain("permalinks:\n  posts: /:year/:month/:slug/\n");
});

test("Blogger's Takeout: only comments on the blog's posts are imported, spam stays spam, settings.csv is read", async () => {
  const { read, files } = await imported(fixture("takeout"));
  const comments = children(read("responses/box-hedges.json"));
  expect(comments.map(({ status, anchor, content }) => [status, anchor, content?.text])).toEqual([
    ["approved", "c101", "Mine died.\nTwice."],
    ["spam", "c102", "Buy shears."],
  ]);
  expect(comments[1]?.["in-reply-to"]).toBe("101");
  expect(read("posts/box-hedges.md")).toContain("aliases: [/2012/03/box-hedges.html]");
  expect(read("site.yaml")).toContain("timeZone: Europe/Vienna");
  expect(JSON.stringify(files())).not.toContain("somebody else");
});

test("a date before a title isn't part of the slug, and responses use the same slug", async () => {
  const folder = tempFolder("import");
  const source = `TITLE: 2008-03-17 A walk\nDATE: 03/17/2008\n-----\nBODY:\nText\n-----\nCOMMENT:\nAUTHOR: Nell\nDATE: 03/18/2008\nYes.\n-----\n--------\n`;
  writeFileSync(path.join(folder, "export.txt"), source);
  const { load, read } = await imported(path.join(folder, "export.txt"));
  const { blog } = await load();
  expect(blog.posts.map(({ slug }) => slug)).toEqual(["a-walk"]);
  expect(children(read("responses/a-walk.json"))).toHaveLength(1);
});

test("dates of Movable Type are read in 12-hour and 24-hour format", () => {
  expect(movableTypeDate("03/17/2008 12:05:00 AM")).toBe("2008-03-17T00:05:00");
  expect(movableTypeDate("03/17/2008 22:05:00")).toBe("2008-03-17T22:05:00");
  expect(movableTypeDate("03/17/98 01:00:00 PM")).toBe("1998-03-17T13:00:00");
  expect(movableTypeDate("02/30/2008 01:00:00 PM")).toBeNull();
});

test("Hugo: front matter, shortcodes, drafts and links are converted", async () => {
  const { read, result, load } = await imported(fixture("hugo"));
  expect(result.format).toBe("hugo");
  expect(read("posts/first.md")).toMatchInlineSnapshot(`
    "---
    title: First
    date: 2020-05-04T10:00:00Z
    updated: 2020-06-01T00:00:00Z
    tags: [Lanes]
    ---

    ## A heading of the first level

    See the bundle and it again, \`[not a link](x.md)\`.

    https://www.youtube.com/watch?v=dQw4w9WgXcQ

    [A lane](https://quiet.example/img/lane.png)

    \\{\\{\\< counter start="1" >\\}\\}
    "
  `);
  expect(read("posts/bundle.md")).toContain("draft: true");
  expect(read("pages/about.md")).toContain("Who lives here.");
  expect(result.doubts.map(({ message }) => message)).toEqual([
    'it has the tag "counter", which is kept as text',
  ]);
  await load();
});

test("Ghost: posts, tags and drafts are imported; posts for members are never written", async () => {
  const { read, files, load } = await imported(fixture("ghost.json"));
  expect(read("posts/on-paint.md")).toContain("tags: [Paint]");
  expect(read("posts/on-paint.md")).toContain("Paint _twice_.");
  expect(read("posts/on-paint.md")).toContain("aliases: [/on-paint/]");
  expect(read("posts/later.md")).toContain("draft: true");
  expect(JSON.stringify(files())).not.toMatch(/For members|rook\.example|hash/);
  await load();
});

test("Ghost: cards, footnotes and settings are converted; unknown keys are stored", async () => {
  const { read, result } = await imported(fixture("ghost.json"));
  expect(read("posts/on-paint.md")).toMatchInlineSnapshot(`
    "---
    title: On paint
    description: Two coats.
    aliases: [/on-paint/]
    date: 2021-05-01T10:00:00Z
    updated: 2021-05-09T10:00:00Z
    authors: [ada-rook]
    tags: [Paint]
    pinned: true
    ---

    Paint _twice_. Wood[^1]

    [All about paint](https://paint.example/): It dries.

    > 💡
    >
    > Open a **window**.

    <details><summary>Which brush?</summary><p>The old one.</p></details>

    [^1]: Oil paint.
    "
  `);
  expect(read("site.yaml")).toContain("title: The shed\n");
  expect(read("site.yaml")).toContain("timeZone: Europe/Oslo");
  expect(JSON.parse(read("_import/raw/post-on-paint.json"))).toEqual({ mood: "bright" });
  expect(read("pages/old-one.md")).toContain("From a *card*.");
  expect(read("posts/in-blocks.md")).toContain("draft: true");
  expect(result.doubts).toHaveLength(1);
});

test("Markdown with unbalanced HTML tags is converted through HTML", async () => {
  const folder = tempFolder("import");
  writeFileSync(
    path.join(folder, "one.md"),
    "---\ntitle: One\ndate: 2011-06-07\n---\n\nA *lane*.</div>\n\n<b>Open\n",
  );
  writeFileSync(
    path.join(folder, "two.md"),
    "---\ntitle: Two\ndate: 2011-06-08\n---\n\nA *lane*, <kbd>x</kbd>.\n",
  );
  const { read, load, result } = await imported(folder);
  expect(read("posts/one.md")).toContain("A _lane_.");
  expect(read("posts/two.md")).toContain("A *lane*, <kbd>x</kbd>.");
  expect(result.texts[0]?.notes[0]).toContain("converted through HTML");
  await load();
});

test("email addresses at the start of a line and in unknown keys are masked, and the files stay valid", async () => {
  const folder = tempFolder("import");
  const source = `TITLE: T\nDATE: 03/17/2008\nMOOD: ask\tnell@hart.example\n-----\nBODY:\nText\n-----\nCOMMENT:\nAUTHOR: nell@hart.example\nEMAIL: nell@hart.example\nDATE: 03/18/2008\nWrite to:\nnell@hart.example\n\nor NELL@HART.EXAMPLE.\n-----\n--------\n`;
  writeFileSync(path.join(folder, "export.txt"), source);
  const { read, files } = await imported(path.join(folder, "export.txt"));
  expect(JSON.parse(read("_import/raw/post-t.json"))).toEqual({ MOOD: "ask\taddress-removed" });
  expect(children(read("responses/t.json"))[0]?.content?.text).toBe(
    "Write to:\naddress-removed\n\nor address-removed.",
  );
  expect(JSON.stringify(files())).not.toMatch(/hart\.example/i);
});
