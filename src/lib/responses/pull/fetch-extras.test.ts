import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { mention } from "../../../../tests/support/mentions.ts";
import { HELLO, setUpPulling } from "../../../../tests/support/pulling.ts";
import { readReplyContexts } from "../reply-contexts.ts";

const pulling = setUpPulling();
const { blog, run, byId } = pulling;

describe("avatars", () => {
  const withPhoto = (id: number, photo: string) =>
    mention(id, HELLO, { author: { type: "card", name: `P${id}`, url: `https://p${id}.example/`, photo } });

  test("are fetched once, and stored at 96 px without metadata", async () => {
    const png = await sharp({ create: { width: 300, height: 200, channels: 3, background: "#a33" } })
      .withExif({ IFD0: { Copyright: "hidden words" } })
      .jpeg()
      .toBuffer();
    pulling.standin.files.set("/a.jpg", { type: "image/jpeg", body: png });
    pulling.standin.mentions = [
      withPhoto(1, `${pulling.standin.origin}/a.jpg`),
      withPhoto(2, `${pulling.standin.origin}/a.jpg`),
    ];
    const report = await run();
    expect(report).toMatchObject({ fetched: 1, missing: 0 });
    const photo = byId(1)?.author.photo ?? "";
    expect(photo).toMatch(/^[0-9a-f]{32}\.webp$/);
    expect(byId(2)?.author.photo).toBe(photo);
    const stored = readFileSync(path.join(pulling.contentDir, "responses/avatars", photo));
    expect(await sharp(stored).metadata()).toMatchObject({ format: "webp", width: 96, height: 96 });
    expect(stored.includes("hidden words")).toBe(false);
    await run({ isFull: true });
    expect(pulling.standin.requests.filter((request) => request === "/a.jpg")).toHaveLength(1);
  });

  test.each([
    ["an SVG", "image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>'],
    [
      "an SVG that calls itself a PNG",
      "image/png",
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    ],
    ["a page", "text/html", "<p>no picture</p>"],
    ["a broken picture", "image/png", "\u0089PNG nonsense"],
    ["something huge", "image/png", "x".repeat(2_000_000)],
  ])("that are %s are refused, so the person is shown with initials", async (_name, type, body) => {
    pulling.standin.files.set("/a", { type, body });
    pulling.standin.mentions = [withPhoto(1, `${pulling.standin.origin}/a`)];
    const report = await run();
    expect(report).toMatchObject({ fetched: 0, missing: 1, faults: [] });
    expect(byId(1)?.author.photo).toBeUndefined();
  });

  test("of people whose responses were deleted are removed", async () => {
    const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: "#a33" } })
      .png()
      .toBuffer();
    pulling.standin.files.set("/a.png", { type: "image/png", body: png });
    pulling.standin.mentions = [withPhoto(1, `${pulling.standin.origin}/a.png`)];
    await run();
    expect(readdirSync(path.join(pulling.contentDir, "responses/avatars"))).toHaveLength(1);
    pulling.standin.mentions = [];
    pulling.standin.deleted = [
      { "wm-id": 1, "wm-source": "https://person1.example/notes/1", "wm-target": HELLO },
    ];
    await run();
    expect(readdirSync(path.join(pulling.contentDir, "responses/avatars"))).toHaveLength(0);
  });
});

test("the page that a post replies to is stored as plain text: title, author, beginning", async () => {
  pulling.standin.files.set("/who-still-links", {
    type: "text/html",
    body: `<title>Who still links</title><article class="h-entry"><h1 class="p-name">Who still <b>links</b>?</h1>
      <p class="p-author h-card"><a class="u-url p-name" href="/about">Ada\u202E Lovell</a></p><time class="dt-published">2023-11-01</time>
      <div class="e-content"><p>Nobody does.</p><script>alert(1)</script><p>${"And so on. ".repeat(60)}</p></div></article>`,
  });
  pulling.standin.files.set("/plain", {
    type: "text/html",
    body: '<title>Plain &amp; simple</title><meta name="description" content="A page"><p>x',
  });
  const answering = ["/who-still-links", "/plain", "/missing"].map((where) => ({
    kind: "in-reply-to" as const,
    url: pulling.standin.origin + where,
    rsvp: null,
  }));
  const report = await run({ blog: blog({}, answering) });
  expect(report).toMatchObject({ fetched: 2, missing: 1, faults: [] });
  const contexts = [...readReplyContexts(pulling.contentDir).values()];
  expect(contexts).toMatchObject([
    { title: "Plain & simple", author: null, excerpt: "A page", site: "127.0.0.1", fetched: "2026-03-01" },
    {
      title: "Who still links?",
      author: { name: "Ada Lovell", url: `${pulling.standin.origin}/about` },
      published: "2023-11-01T00:00:00Z",
    },
  ]);
  expect(contexts[1]?.excerpt).toMatch(/^Nobody does\. And so on/);
  expect(Array.from(contexts[1]?.excerpt ?? "").length).toBeLessThanOrEqual(280);
  expect((await run({ blog: blog({}, answering) })).hasChanged).toBe(false);
  await run({ blog: blog({}, []) });
  expect(readReplyContexts(pulling.contentDir).size).toBe(0);
});
