import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { fixture, imported } from "../../../../tests/support/imported.ts";
import { tempFolder } from "../../../../tests/support/temp-folder.ts";

test("micro.blog: notes have no title, pictures are next to them, videos are links", async () => {
  const { read, result } = await imported(fixture("microblog"));
  expect(read("notes/081500/index.md")).toMatchInlineSnapshot(`
    "---
    aliases: [/2021/05/03/081500.html]
    date: 2021-05-03T06:15:00Z
    authors: [tove-ash]
    ---

    Rain at last.

    ![Rain on a window](./rain.png)
    "
  `);
  expect(read("notes/film.md")).toContain("<https://tove.micro.blog/uploads/2021/snail.mov>");
  expect(read("posts/a-title.md")).toContain("They grow _up_. [As I said](/notes/081500/).");
  expect(result.counts).toMatchObject({ posts: 1, notes: 2, remotePictures: 0 });
});

test("micro.blog: an unknown key is stored, and old addresses lead to the notes", async () => {
  const { read } = await imported(fixture("microblog"));
  expect(JSON.parse(read("_import/raw/note-film.json"))).toEqual({ mood: "slow" });
  expect(read("notes/film.md")).toContain("aliases: [/2021/05/02/film.html]");
  expect(read("site.yaml")).toContain("/categories/beans/: /tags/beans/");
});

test("JSON Feed: attachments that the text doesn't contain are added below it", async () => {
  const file = path.join(tempFolder("feed"), "feed.json");
  const item = {
    id: "1",
    url: "https://a.example/p/one",
    date_published: "2020-01-02T03:04:05Z",
    content_text: "Hear this.",
  };
  const attachments = [{ url: "https://a.example/one.mp3", mime_type: "audio/mpeg", title: "Episode one" }];
  const feed = { version: "https://jsonfeed.org/version/1.1", title: "A", items: [{ ...item, attachments }] };
  writeFileSync(file, JSON.stringify(feed));
  expect((await imported(file)).read("notes/one.md")).toContain("[Episode one](https://a.example/one.mp3)");
});
