/** Requests of Micropub clients and the resulting files: kinds of posts, edits, pictures, limits, hostile requests. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { anyCharacter } from "./support/any-character.ts";
import { propertyRuns } from "./support/property-runs.ts";
import { openSqlite } from "../src/receiver/store/sqlite.ts";
import { tidyUp } from "../src/receiver/housekeeping.ts";
import { isSafeFailure, sentAgain } from "./receiver-support/answers.ts";
import { checkout, git, photo, startMicropub, type MicropubReceiver } from "./receiver-support/micropub.ts";
import { change, load } from "./support/blog-folder.ts";

let receiver: MicropubReceiver;
/** Files from other programs, and posts written by authors. */
const OTHERS = {
  "content/posts/2024-05-06-dated.md":
    "---\ntitle: Dated\npubDate: 2024-05-06\ncategories: [old]\n---\n\nOld words.\n",
  "content/posts/moving.mdx": "---\ntitle: Moving\ndate: 2026-03-01\n---\n\n{1 + 1}\n",
  "content/posts/named/index.md": "---\ntitle: Named\nslug: another-name\ndate: 2026-03-01\n---\n\nWords.\n",
  "content/posts/toml.md": "+++\ntitle = 'Toml'\ndate = 2026-03-01T00:00:00Z\n+++\n\nWords.\n",
};

beforeAll(async () => {
  const folder = checkout();
  change(folder, OTHERS);
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", "Others");
  receiver = await startMicropub({ database: openSqlite(":memory:") }, { folder });
});
afterAll(() => receiver[Symbol.asyncDispose]());
// Rate limits count requests within ten minutes.
beforeEach(() => receiver.pass(11 * 60_000));

const read = (url: string) => receiver.text(receiver.fileOf(url));

const update = (url: string, change: object) => receiver.json({ action: "update", url, ...change });

const source = async (url: string) => {
  const answer = await receiver.query(`q=source&url=${encodeURIComponent(url)}`);
  return ((await answer.json()) as { properties: Readonly<Record<string, readonly unknown[]>> }).properties;
};

const problem = async (answer: Response) => {
  const { error, error_description: message } = (await answer.json()) as {
    error: string;
    error_description: string;
  };
  return [answer.status, error, message];
};

const refused = async (properties: object) =>
  await problem(await receiver.json({ type: ["h-entry"], properties }));

const upload = async (bytes: Uint8Array<ArrayBuffer>, token?: string, name = "picture.jpg") => {
  const form = new FormData();
  form.set("file", new Blob([bytes]), name);
  const headers = { authorization: `Bearer ${token ?? (await receiver.token("media"))}` };
  return await receiver.get("/media", { method: "POST", body: form, headers });
};

/** Returns the published posts as a build loads them, by URL. */
async function built() {
  const { blog } = await load(receiver.folder, { now: new Date(Date.now() + 365 * 24 * 60 * 60_000) });
  return new Map(blog.posts.map((post) => [`https://me.example${post.path}`, post]));
}

describe("an unsupported method gets a 405 response with the supported ones", () => {
  const addresses = {
    "/": "GET, HEAD",
    "/webmention": "POST",
    "/trackback/hello": "POST",
    "/pingback": "POST",
    "/comment": "GET, HEAD, POST",
    "/comment/1/edit?key=1": "GET, HEAD, POST",
    "/status/1": "GET, HEAD",
    "/api/mentions.jf2": "GET, HEAD",
    "/api/export.jf2": "GET, HEAD",
    "/moderate": "GET, HEAD",
    "/moderate/decide": "POST",
    "/health": "GET, HEAD",
    "/metrics": "GET, HEAD",
    "/micropub": "GET, HEAD, POST",
    "/media": "POST",
    "/auth": "GET, HEAD, POST",
    "/token": "POST",
    "/revoke": "POST",
    "/introspect": "POST",
    "/userinfo": "GET, HEAD",
    "/.well-known/oauth-authorization-server": "GET, HEAD",
  };

  test.each(Object.entries(addresses))("%s supports %s", async (address, allowed) => {
    const others = ["GET", "POST", "PUT", "PATCH", "DELETE"].filter((method) => !allowed.includes(method));
    for (const method of others) {
      const answer = await receiver.get(address, { method });
      expect([method, answer.status, answer.headers.get("allow")]).toEqual([method, 405, allowed]);
    }
  });

  test("in JSON where clients expect JSON", async () => {
    const answer = await receiver.get("/micropub", { method: "PUT" });
    expect(await problem(answer)).toEqual([
      405,
      "invalid_request",
      "This address takes GET, HEAD, POST only",
    ]);
  });

  test("an unknown URL is still a 404", async () => {
    expect((await receiver.get("/nowhere", { method: "PUT" })).status).toBe(404);
  });
});

describe("kinds of posts", () => {
  test("each is accepted by a build, at the URL that the client got", async () => {
    const page = "https://elsewhere.example/a?b=c&d";
    const posts = {
      note: await receiver.posted({ content: ["A note."] }),
      article: await receiver.posted({
        name: ["An article: with “signs” # and more"],
        content: ["Text."],
        category: ["one", "two words"],
      }),
      reply: await receiver.posted({ "in-reply-to": [page], content: ["I agree."] }),
      like: await receiver.posted({ "like-of": [page] }),
      repost: await receiver.posted({ "repost-of": [page] }),
      bookmark: await receiver.posted({ "bookmark-of": [page], name: ["Worth reading"] }),
      rsvp: await receiver.posted({ "in-reply-to": [page], rsvp: ["Yes"] }),
      photo: await receiver.posted({
        photo: [
          { value: receiver.page("/p.jpg", { body: await photo(), type: "image/jpeg" }), alt: "A sunset" },
        ],
      }),
      cited: await receiver.posted({
        "like-of": [{ type: ["h-cite"], properties: { url: [page], name: ["A page"] } }],
      }),
    };
    const found = await built();
    const facts = Object.entries(posts).map(([kind, url]) => {
      const post = found.get(url);
      return [
        kind,
        post?.kind,
        post?.isTitled,
        post?.answering.map((each) => `${each.kind} ${each.rsvp ?? ""}`.trim()),
      ];
    });
    expect(facts).toEqual([
      ["note", "note", false, []],
      ["article", "post", true, []],
      ["reply", "note", false, ["in-reply-to"]],
      ["like", "note", false, ["like-of"]],
      ["repost", "note", false, ["repost-of"]],
      ["bookmark", "note", true, ["bookmark-of"]],
      ["rsvp", "note", false, ["rsvp yes"]],
      ["photo", "note", false, []],
      ["cited", "note", false, ["like-of"]],
    ]);
    expect(found.get(posts.article)).toMatchObject({
      title: "An article: with “signs” # and more",
      tags: ["one", "two words"],
    });
    expect(found.get(posts.photo)?.body.pictures).toHaveLength(1);
  });

  test("a name that only repeats the text doesn't make an article", async () => {
    const url = await receiver.posted({ name: ["So much"], content: ["So much rain today."] });
    expect(url).toContain("/notes/");
    expect(read(url)).not.toContain("title");
  });

  test("the URL follows the blog's pattern and time zone", async () => {
    const folder = checkout();
    change(folder, {
      "content/site.yaml":
        "title: T\nurl: https://me.example/\ntimeZone: Pacific/Auckland\npermalinks: { posts: /:year/:month/:slug/ }\n",
    });
    await using other = await startMicropub({ database: openSqlite(":memory:") }, { folder });
    const url = await other.posted({
      name: ["A title"],
      content: ["x"],
      published: ["2026-04-30T20:00:00Z"],
    });
    expect(url).toBe("https://me.example/2026/05/a-title/");
    expect(other.text("posts/a-title.md")).toContain("date: 2026-05-01T08:00:00+12:00");
    const { blog } = await load(folder);
    expect(blog.posts.map((post) => post.path)).toContain("/2026/05/a-title/");
    await other.json({ action: "update", url, replace: { category: ["found"] } });
    expect(other.text("posts/a-title.md")).toContain("tags: [found]");
  });

  test("drafts and private posts aren't built", async () => {
    const urls = [
      await receiver.posted({ content: ["A draft"], "post-status": ["draft"] }),
      await receiver.posted({ content: ["Private"], visibility: ["private"] }),
    ];
    const found = await built();
    for (const url of urls) {
      expect(found.has(url)).toBe(false);
      expect(await source(url)).toMatchObject({ "post-status": ["draft"] });
    }
    const [draft = ""] = urls;
    expect((await update(draft, { replace: { "post-status": ["published"] } })).status).toBe(204);
    expect((await built()).has(draft)).toBe(true);
  });

  test("a token with only the draft scope can't publish", async () => {
    const token = await receiver.token("draft");
    const answer = await receiver.json(
      { type: ["h-entry"], properties: { content: ["Mine"], "post-status": ["published"] } },
      token,
    );
    expect(read(answer.headers.get("location") ?? "")).toContain("draft: true");
  });

  test("the author is the one who authorized the app, whatever the client sends", async () => {
    const token = await receiver.token("create", "nell");
    const answer = await receiver.json(
      { type: ["h-entry"], properties: { content: ["By Nell"], author: ["Mallory"] } },
      token,
    );
    const text = read(answer.headers.get("location") ?? "");
    expect(text).toContain("authors: [nell]");
    expect(text).not.toContain("Mallory");
  });

  test("a blog with several authors refuses posts without an author or by an unknown one", async () => {
    const folder = checkout();
    change(folder, { "content/authors/ann.yaml": "name: Ann\n" });
    await using other = await startMicropub({ database: openSqlite(":memory:") }, { folder });
    const body = { type: ["h-entry"], properties: { content: ["x"] } };
    const by = async (author: string | null) =>
      (await other.json(body, await other.token("create", author))).status;
    expect([await by(null), await by("carl"), await by("ann")]).toEqual([403, 403, 201]);
  });

  test.each([["ann"], ["Ann Example"]])(
    "a blog with several authors accepts posts for the author in site.yaml, given as %s",
    async (author) => {
      const folder = checkout();
      change(folder, {
        "content/authors/ann.yaml": "name: Ann Example\n",
        "content/site.yaml": `title: Test blog\nurl: https://me.example/\ntimeZone: UTC\nauthor: ${author}\n`,
      });
      await using other = await startMicropub({ database: openSqlite(":memory:") }, { folder });
      const url = await other.posted({ content: ["By the usual author"] });
      const { blog } = await load(folder, { now: new Date() });
      expect(blog.posts.find((post) => url.endsWith(post.path))?.authors).toEqual(["ann"]);
      const headers = { authorization: `Bearer ${await other.token("profile")}` };
      const profile = await other.get("/userinfo", { headers });
      expect(await profile.json()).toEqual({ name: "Ann Example", url: "https://me.example/" });
      // The author set for an app or a passkey takes precedence.
      const answer = await other.json(
        { type: ["h-entry"], properties: { content: ["By Nell"] } },
        await other.token("create", "nell"),
      );
      expect(other.text(other.fileOf(answer.headers.get("location") ?? ""))).toContain("authors: [nell]");
    },
  );

  test("the summary, syndication URLs, a cover and unknown properties are kept", async () => {
    const featured = {
      value: receiver.page("/c.jpg", { body: await photo(), type: "image/jpeg" }),
      alt: "A fence",
    };
    const url = await receiver.posted({
      name: ["With all"],
      summary: ["In short\nand long"],
      content: ["Text"],
      syndication: ["https://social.example/1"],
      featured: [featured],
      "mp-syndicate-to": ["x"],
      weather: [{ type: ["h-measure"], properties: { num: [3.5] } }],
    });
    const post = (await built()).get(url);
    expect(post).toMatchObject({
      description: "In short and long",
      syndication: ["https://social.example/1"],
      cover: { alt: "A fence" },
      extra: { mf2: { weather: [{ type: ["h-measure"], properties: { num: [3.5] } }] } },
    });
    expect(read(url)).not.toContain("mp-syndicate-to");
  });
});

describe("file names", () => {
  test("come from mp-slug, else from the title, else from the time", async () => {
    expect(await receiver.posted({ content: ["x"], "mp-slug": ["My Slug"] })).toMatch(/\/notes\/my-slug\/$/);
    expect(await receiver.posted({ content: ["x"], name: ["Über den Zaun!"] })).toMatch(
      /\/posts\/%C3%BCber-den-zaun\/$/i,
    );
    expect(await receiver.posted({ content: ["x"] })).toMatch(/\/notes\/\d{4}-\d{2}-\d{2}-\d{4}(?:-\d+)?\/$/);
  });

  test("duplicates get different names, across folders and extensions", async () => {
    const again = await receiver.posted({ content: ["x"], "mp-slug": ["hello"] });
    expect(again).toMatch(/\/notes\/hello-2\/$/);
    expect(await receiver.posted({ content: ["x"], "mp-slug": ["moving"] })).toMatch(/\/notes\/moving-2\/$/);
    const many = await Promise.all(
      Array.from({ length: 5 }, () => receiver.posted({ content: ["x"], "mp-slug": ["same"] })),
    );
    expect(new Set(many).size).toBe(5);
  });

  test("notes of the same minute get different names, with and without a photo", async () => {
    const media = (await upload(await photo())).headers.get("location") ?? "";
    const notes = Array.from({ length: 4 }, (_, at) => ({
      content: [`Note ${at}`],
      ...(at % 2 === 0 ? { photo: [media] } : {}),
    }));
    const urls = await Promise.all(notes.map((note) => receiver.posted(note)));
    expect(new Set(urls).size).toBe(4);
    const found = await built();
    expect(urls.filter((url) => !found.has(url))).toEqual([]);
  });

  test.each([
    "../../etc/passwd",
    "..\\..\\windows",
    "/absolute",
    ".git/hooks/post-commit",
    "a/b/c",
    "index",
    "con\0",
    "x.mdx",
    "...",
    "‮gnp.exe",
    `${"long ".repeat(200)}`,
    "2026-01-01-dated",
    "-",
  ])("%j results in a valid file name in content/notes/", async (slug) => {
    const url = await receiver.posted({ content: ["x"], "mp-slug": [slug] });
    expect(url).toMatch(/^https:\/\/me\.example\/notes\/[^/]+\/$/);
    const changed = git(receiver.folder, "show", "--name-only", "--format=", "-z")
      .split("\0")
      .filter(Boolean);
    expect(changed).toEqual([expect.stringMatching(/^content\/notes\/[^/.][^/]{0,110}\.md$/)]);
    expect((await built()).has(url)).toBe(true);
  });
});

describe("written text", () => {
  test.each([
    ["a title that looks like YAML", { name: ["x: y\n---\ndraft: true # {"], content: ["z"] }],
    [
      "tags that look like YAML",
      { category: ["- a: b", "[x]", "tag#", "yes", "null", "'\""], content: ["z"] },
    ],
    ["a body that looks like front matter", { content: ["---\ntitle: Evil\naliases: [/]\n---\n\nx"] }],
    [
      "a body that looks like MDX",
      { content: ["import x from 'fs'\n\nexport const y = 1\n\n{process.exit()}"] },
    ],
    [
      "a script in Markdown",
      { content: ["a <script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1))"] },
    ],
    [
      "a script in HTML",
      {
        content: [
          {
            html: "<p onclick='x()'>a<script>alert(1)</script><a href='javascript:alert(1)'>b</a><iframe src='javascript:x'></iframe></p>",
          },
        ],
      },
    ],
  ])("%s stays data, and a build accepts it", async (_what, properties) => {
    const url = await receiver.posted(properties);
    const text = read(url);
    expect(receiver.fileOf(url)).toMatch(/\.md$/);
    expect(text).not.toMatch(/<script|javascript:|onclick/);
    const post = (await built()).get(url);
    expect(post?.visibility).toBe("published");
    expect(post?.aliases).toEqual([]);
    expect(post?.body.kind).toBe("plain");
    if ("category" in properties) expect(post?.tags).toEqual(properties.category);
  });

  test("pictures in the text are downloaded; those that can't be become links", async () => {
    const there = receiver.page("/inline.jpg", { body: await photo(), type: "image/jpeg" });
    const media = (await upload(await photo("png"))).headers.get("location") ?? "";
    const gone = there.replace("inline", "gone");
    const url = await receiver.posted({
      content: [`Look: ![One](${there})\n\n![Two](${media})\n\n![Three](${gone})`],
    });
    const text = read(url);
    expect(text).toContain("![One](./photo-1.jpg)");
    expect(text).toContain("![Two](./photo-2.png)");
    expect(text).toContain(`[Three](${gone})`);
    expect((await built()).get(url)?.body.pictures).toHaveLength(2);
  });

  test("tags use the blog's spelling, each once, because a build refuses two spellings", async () => {
    const url = await receiver.posted({
      content: ["x"],
      category: ["Fences", "New gate", "new-gate", " FENCES "],
    });
    expect(read(url)).toContain("tags: [fences, New gate]");
    expect((await update(url, { add: { category: ["Neighbours"] } })).status).toBe(204);
    expect(read(url)).toContain("tags: [fences, New gate, neighbours]");
  });

  test("a picture's location metadata is removed", async () => {
    const original = await photo();
    expect((await sharp(original).metadata()).exif).toBeDefined();
    const media = (await upload(original)).headers.get("location") ?? "";
    const url = await receiver.posted({ content: ["x"], photo: [media] });
    const file = path.join(receiver.folder, "content", path.dirname(receiver.fileOf(url)), "photo-1.jpg");
    const metadata = await sharp(file).metadata();
    expect([metadata.format, metadata.exif, metadata.xmp, metadata.iptc]).toEqual([
      "jpeg",
      undefined,
      undefined,
      undefined,
    ]);
    // Cleaned only once, because repeating it would cost quality and time.
    const shown = await receiver.get(new URL(media).pathname);
    expect(readFileSync(file).equals(Buffer.from(await shown.arrayBuffer()))).toBe(true);
  });

  test.each(["jpeg", "png", "webp"] as const)("a rotated %s from a phone stays upright", async (format) => {
    const turned = await sharp({ create: { width: 40, height: 20, channels: 3, background: "red" } })
      .withMetadata({ orientation: 6 })
      .toFormat(format)
      .toBuffer();
    const media = (await upload(Uint8Array.from(turned))).headers.get("location") ?? "";
    const shown = await receiver.get(new URL(media).pathname);
    expect(await sharp(await shown.arrayBuffer()).metadata()).toMatchObject({ width: 20, height: 40 });
  });

  test.each(["gif", "webp"] as const)("an animated %s stays animated", async (format) => {
    const frames = Buffer.alloc(8 * 16 * 3, 0).fill(255, 0, 8 * 8 * 3);
    const moving = sharp(frames, { raw: { width: 8, height: 16, channels: 3, pageHeight: 8 } });
    const media = (await upload(Uint8Array.from(await moving.toFormat(format).toBuffer()))).headers.get(
      "location",
    );
    const shown = await receiver.get(new URL(media ?? "").pathname);
    expect((await sharp(await shown.arrayBuffer(), { animated: true }).metadata()).pages).toBe(2);
  });
});

describe("edits", () => {
  test("keep comments, order and unknown keys", async () => {
    change(receiver.folder, {
      "content/posts/careful.md":
        "---\n# For the series\ntitle: Careful # keep\nseries: coming-home\ndate: 2026-03-01 09:30\ntags:\n  - one # first\n---\n\nWords.\n",
    });
    const url = "https://me.example/posts/careful/";
    expect(
      (await update(url, { add: { category: ["two"] }, replace: { content: ["New words."] } })).status,
    ).toBe(204);
    expect(receiver.text("posts/careful.md")).toBe(
      "---\n# For the series\ntitle: Careful # keep\nseries: coming-home\ndate: 2026-03-01 09:30\ntags: [one, two]\n---\n\nNew words.\n",
    );
    change(receiver.folder, { "content/posts/careful.md": null });
  });

  test("find posts by any spelling of their URL, with dates in their file names, and with a slug in front matter", async () => {
    expect((await update("https://me.example/posts/dated?x#y", { add: { category: ["new"] } })).status).toBe(
      201,
    );
    expect(receiver.text("posts/2024-05-06-dated.md")).toContain("tags: [old, new]");
    expect(receiver.text("posts/2024-05-06-dated.md")).not.toContain("categories");
    expect((await source("https://me.example/posts/dated/"))["category"]).toEqual(["old", "new"]);
  });

  test("of a date that is part of the URL keep the old URL as an alias", async () => {
    const folder = checkout();
    change(folder, {
      "content/site.yaml": "title: T\nurl: https://me.example/\ntimeZone: UTC\npermalinks: /:year/:slug/\n",
    });
    await using other = await startMicropub({ database: openSqlite(":memory:") }, { folder });
    const url = await other.posted({ name: ["Moving"], content: ["x"], published: ["2025-01-02"] });
    const answer = await other.json({ action: "update", url, replace: { published: ["2026-01-02"] } });
    expect([answer.status, answer.headers.get("location")]).toEqual([201, "https://me.example/2026/moving/"]);
    expect(other.text("posts/moving.md")).toContain("aliases: [/2025/moving/]");
    const { blog } = await load(folder);
    expect(blog.posts.find(({ slug }) => slug === "moving")).toMatchObject({
      path: "/2026/moving/",
      aliases: ["/2025/moving/"],
    });
  });

  test("add and remove photos, and change descriptions, without uploading photos again", async () => {
    const media = (await upload(await photo())).headers.get("location") ?? "";
    const url = await receiver.posted({ content: ["Text"], photo: [{ value: media, alt: "One" }] });
    const { photo: before = [] } = await source(url);
    const [first] = before as readonly { readonly value: string; readonly alt: string }[];
    const shown = await receiver.get(new URL(first?.value ?? "").pathname);
    expect([shown.status, shown.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
    const second = (await upload(await photo("png"))).headers.get("location") ?? "";
    expect(
      (await update(url, { replace: { photo: [{ value: first?.value, alt: "First" }, second] } })).status,
    ).toBe(204);
    expect(read(url)).toMatch(
      /---\n\n!\[First\]\(\.\/photo-1\.jpg\)\n\n!\[Picture\]\(\.\/photo-2\.png\)\n\nText\n$/,
    );
    expect((await update(url, { delete: { photo: [{ value: first?.value }] } })).status).toBe(204);
    expect(read(url)).toMatch(/---\n\n!\[Picture\]\(\.\/photo-2\.png\)\n\nText\n$/);
    expect(
      (await update(url, { replace: { content: ["![Again](./photo-1.jpg) and ![None](./none.jpg)"] } }))
        .status,
    ).toBe(204);
    expect(read(url)).toContain("![Again](./photo-1.jpg) and");
    expect(read(url)).not.toContain("](./none.jpg)");
    expect((await built()).has(url)).toBe(true);
  });

  test("a photo for a note without a folder is stored next to it", async () => {
    const url = await receiver.posted({ content: ["Text"], "mp-slug": ["beside"] });
    const media = (await upload(await photo())).headers.get("location") ?? "";
    expect((await update(url, { add: { photo: [media] } })).status).toBe(204);
    expect(read(url)).toContain("![Picture](./beside-photo-1.jpg)");
    expect((await built()).get(url)?.body.pictures).toHaveLength(1);
  });

  test("never change the body of an MDX file, which could run code", async () => {
    const url = "https://me.example/posts/moving/";
    expect((await update(url, { add: { category: ["ok"] } })).status).toBe(204);
    const answer = await update(url, { replace: { content: ["{process.exit()}"] } });
    expect(await problem(answer)).toEqual([400, "invalid_request", expect.stringContaining("MDX")]);
    expect(receiver.text("posts/moving.mdx")).toContain("{1 + 1}");
  });

  test.each([
    ["another site", "https://other.example/posts/hello/"],
    ["a post that isn't there", "https://me.example/posts/none/"],
    ["the front page", "https://me.example/"],
    ["a path out of content/", "https://me.example/posts/..%2f..%2fsite/"],
    ["nothing", ""],
    ["a signed picture's address", "https://me.example/posts/%00/"],
  ])("of %s are refused", async (_what, url) => {
    const before = receiver.commits().length;
    for (const answer of [
      await update(url, { replace: { content: ["x"] } }),
      await receiver.json({ action: "delete", url }),
      await receiver.query(`q=source&url=${encodeURIComponent(url)}`),
    ])
      expect((await problem(answer)).slice(0, 2)).toEqual([400, "invalid_request"]);
    expect(receiver.commits()).toHaveLength(before);
  });

  test("at the same time lose nothing", async () => {
    const url = await receiver.posted({ content: ["Text"] });
    const tags = ["a", "b", "c", "d"];
    const answers = await Promise.all(tags.map((tag) => update(url, { add: { category: [tag] } })));
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204]);
    expect([...((await source(url))["category"] ?? [])].sort()).toEqual(tags);
  });

  test("require their scopes", async () => {
    const url = await receiver.posted({ content: ["Text"] });
    const token = await receiver.token("create");
    for (const body of [
      { action: "update", url, replace: { content: ["x"] } },
      { action: "delete", url },
      { action: "undelete", url },
    ])
      expect((await problem(await receiver.json(body, token))).slice(0, 2)).toEqual([
        401,
        "insufficient_scope",
      ]);
  });

  test("a deleted post becomes a tombstone in a build", async () => {
    const url = await receiver.posted({ name: ["Going"], content: ["Text"] });
    await receiver.json({ action: "delete", url });
    const { blog } = await load(receiver.folder, { now: new Date(Date.now() + 365 * 24 * 60 * 60_000) });
    expect(blog.tombstones.map((tombstone) => tombstone.path)).toContain("/posts/going/");
    expect((await receiver.json({ action: "delete", url })).status).toBe(204);
  });
});

describe("invalid requests", () => {
  test.each([
    ["an empty post", {}, "is empty"],
    ["a photo that isn't there", { photo: ["https://127.0.0.1:1/x.jpg"] }, "can't be had"],
    ["a photo without an address", { photo: ["x"] }, "photo must be an http or https address"],
    ["a like of no address", { "like-of": ["javascript:alert(1)"] }, "like-of must be"],
    ["a date that is none", { content: ["x"], published: ["yesterday"] }, "published isn't a date"],
    ["an rsvp to nothing", { rsvp: ["yes"], content: ["x"] }, "in-reply-to"],
    ["an rsvp of another kind", { rsvp: ["perhaps"], "in-reply-to": ["https://x.example/"] }, "rsvp"],
    ["two contents", { content: ["a", "b"] }, "content can have one value only"],
    ["a property of no name", { content: ["x"], __proto__x: ["y"] }, "can't be the name"],
    ["a value that nests too deep", { content: ["x"], deep: [deep(30)] }, "nests too deep"],
    ["a long tag", { content: ["x"], category: ["x".repeat(100)] }, "tags"],
    [
      "a text that would stop the build",
      { content: ["Hello <form></form>"] },
      "<form> isn't allowed in a post",
    ],
    ["a status that is none", { content: ["x"], "post-status": ["secret"] }, "post-status"],
  ])("%s", async (_what, properties, message) => {
    expect(await refused(properties)).toEqual([400, "invalid_request", expect.stringContaining(message)]);
  });

  test("invalid JSON, other types of posts, other actions and queries", async () => {
    const raw = async (body: string, type = "application/json") =>
      (
        await problem(
          await receiver.get("/micropub", {
            method: "POST",
            body,
            headers: { authorization: `Bearer ${await receiver.token()}`, "content-type": type },
          }),
        )
      )[0];
    expect(await raw("{")).toBe(400);
    expect(await raw("[]")).toBe(400);
    expect(await raw("null")).toBe(400);
    expect(await raw('{"type":["h-event"],"properties":{}}')).toBe(400);
    expect(await raw('{"action":"explode","url":"x"}')).toBe(400);
    expect(await raw("h=event&content=x", "application/x-www-form-urlencoded")).toBe(400);
    expect(await raw("action=update&url=x", "application/x-www-form-urlencoded")).toBe(400);
    expect(await raw("x", "text/plain")).toBe(400);
    expect(await raw("x", "multipart/form-data")).toBe(400);
    expect(await raw("x", "multipart/form-data; boundary=y")).toBe(400);
    expect((await receiver.query("q=everything")).status).toBe(400);
  });

  test("files for properties other than pictures, and text over the limit", async () => {
    const authorization = `Bearer ${await receiver.token()}`;
    const form = new FormData();
    form.set("h", "entry");
    form.set("content", "x");
    form.set("photo", new Blob([]), "");
    const send = (body: BodyInit, headers = {}) =>
      receiver.get("/micropub", { method: "POST", body, headers: { authorization, ...headers } });
    expect(await (await send(form)).text()).toBe("");
    form.set("video", new Blob([await photo()]), "x.mp4");
    expect(await problem(await send(form))).toEqual([
      400,
      "invalid_request",
      expect.stringContaining("only of photo"),
    ]);
    const long = JSON.stringify({ type: ["h-entry"], properties: { content: ["x".repeat(1_100_000)] } });
    expect((await send(long, { "content-type": "application/json" })).status).toBe(413);
  });

  test("any request gets a response according to the specification, and nothing is written outside content/", async () => {
    const token = await receiver.token("create update delete media");
    const name = fc.constantFrom(
      "content",
      "name",
      "photo",
      "category",
      "published",
      "mp-slug",
      "in-reply-to",
      "url",
      "featured",
      "__proto__",
      "x",
    );
    const value = fc.oneof(
      fc.string({ unit: anyCharacter, maxLength: 60 }),
      fc.jsonValue(),
      fc.constant("https://127.0.0.1:1/"),
    );
    const properties = fc.dictionary(name, fc.oneof(fc.array(value, { maxLength: 3 }), value), {
      maxKeys: 5,
    });
    const body = fc.oneof(
      fc.record({ type: fc.constant(["h-entry"]), properties }),
      fc.record({
        action: fc.constantFrom("update", "delete", "x"),
        url: fc.oneof(fc.constant("https://me.example/posts/hello/"), fc.string()),
        replace: properties,
        add: properties,
        delete: fc.oneof(properties, fc.array(value)),
      }),
      fc.jsonValue(),
    );
    await fc.assert(
      fc.asyncProperty(body, async (sent) => {
        receiver.pass(11 * 60_000);
        const answer = await sentAgain(() => receiver.json(sent, token));
        expect([
          isSafeFailure(answer.status, await answer.text()) || answer.status === 204,
          answer.status,
        ]).toEqual([true, answer.status]);
      }),
      propertyRuns(60),
    );
    const changed = git(receiver.folder, "log", "--name-only", "--format=").split("\n").filter(Boolean);
    expect(changed.filter((file) => !file.startsWith("content/") && !file.startsWith('"content/'))).toEqual(
      [],
    );
    expect(await built()).toBeDefined();
  });
});

describe("the media endpoint", () => {
  test.each([
    ["a drawing, which can hold scripts", "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"],
    ["a page", "<!doctype html><script>alert(1)</script>"],
    ["a damaged picture", "\xFF\xD8\xFF\xE0 damaged"],
    ["nothing", ""],
  ])("refuses %s, whatever its file name", async (_what, content) => {
    const answer = await upload(Uint8Array.from(Buffer.from(content, "latin1")), undefined, "photo.jpg");
    expect((await problem(answer)).slice(0, 2)).toEqual([400, "invalid_request"]);
  });

  test("refuses a small file that decompresses to a huge picture", async () => {
    const bomb = await sharp({
      create: { width: 14_000, height: 14_000, channels: 3, background: "#fff" },
      limitInputPixels: false,
    })
      .png({ compressionLevel: 9 })
      .toBuffer();
    expect((await upload(Uint8Array.from(bomb))).status).toBe(400);
  });

  test("refuses files over the limit, and request bodies far over it", async () => {
    await using small = await startMicropub(
      { database: openSqlite(":memory:") },
      { env: { RECEIVER_MAX_MEDIA_MB: "0.01" } },
    );
    const form = new FormData();
    form.set("file", new Blob([new Uint8Array(20_000)]), "x.jpg");
    const headers = { authorization: `Bearer ${await small.token("media")}` };
    expect((await small.get("/media", { method: "POST", body: form, headers })).status).toBe(413);
    form.set("file", new Blob([new Uint8Array(3_000_000)]), "x.jpg");
    expect((await small.get("/media", { method: "POST", body: form, headers })).status).toBe(413);
    const anonymous = await small.get("/media", { method: "POST", body: form });
    expect(anonymous.status).toBe(413);
  });

  test("requires a token and a scope", async () => {
    const form = new FormData();
    form.set("file", new Blob([await photo()]), "x.jpg");
    expect((await problem(await receiver.get("/media", { method: "POST", body: form }))).slice(0, 2)).toEqual(
      [401, "unauthorized"],
    );
    expect((await problem(await upload(await photo(), await receiver.token("profile")))).slice(0, 2)).toEqual(
      [401, "insufficient_scope"],
    );
    expect((await problem(await upload(await photo(), "wrong"))).slice(0, 2)).toEqual([401, "invalid_token"]);
    form.set("access_token", await receiver.token("media"));
    expect((await receiver.get("/media", { method: "POST", body: form })).status).toBe(201);
  });

  test("deletes uploads after a week; posts keep their copies", async () => {
    const media = (await upload(await photo())).headers.get("location") ?? "";
    const url = await receiver.posted({ content: ["x"], photo: [media] });
    receiver.pass(8 * 24 * 60 * 60_000);
    await tidyUp(receiver.running.context);
    expect((await receiver.get(new URL(media).pathname)).status).toBe(404);
    expect(read(url)).toContain("./photo-1.jpg");
  });

  test("serves no file of the blog without its signature", async () => {
    for (const file of ["site.yaml", "posts/hello.md", "../package.json"])
      expect((await receiver.get(`/media/file/${"0".repeat(32)}/${encodeURIComponent(file)}`)).status).toBe(
        404,
      );
  });
});

describe("other behavior", () => {
  test("clients can query the blog's tags", async () => {
    expect(await (await receiver.query("q=category")).json()).toEqual({
      categories: ["fences", "neighbours"],
    });
  });

  test("without the setting, these endpoints don't exist", async () => {
    await using plain = await startMicropub({ database: openSqlite(":memory:") });
    expect((await plain.get("/micropub")).status).toBe(401);
    const { startReceiver } = await import("./receiver-support/receiver.ts");
    await using off = await startReceiver({ database: openSqlite(":memory:") }, { hasWorker: false });
    for (const path of ["/micropub", "/media", "/auth", "/token", "/.well-known/oauth-authorization-server"])
      expect([path, (await off.get(path)).status]).toEqual([path, 404]);
  });

  test("a token can make 200 changes in ten minutes", async () => {
    const token = await receiver.token("update");
    const send = () => receiver.json({ action: "update", url: "", replace: { content: ["x"] } }, token);
    for (let count = 0; count < 200; count++) expect((await send()).status).toBe(400);
    const answer = await send();
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "600"]);
  });

  test("if the repository can't be written, the client gets an error, and only the operator gets the reason", async () => {
    const folder = checkout();
    await using other = await startMicropub({ database: openSqlite(":memory:") }, { folder });
    const hook = path.join(folder, ".git/hooks/pre-commit");
    mkdirSync(path.dirname(hook), { recursive: true });
    writeFileSync(hook, "#!/bin/sh\necho secret-path >&2; exit 1\n", { mode: 0o755 });
    const answer = await other.json({ type: ["h-entry"], properties: { content: ["x"] } });
    const [status, error, message] = await problem(answer);
    expect([status, error]).toEqual([503, "temporarily_unavailable"]);
    expect(message).not.toContain("secret-path");
  });
});

/** Returns nested objects. */
function deep(levels: number): unknown {
  return levels === 0 ? "x" : { x: deep(levels - 1) };
}
