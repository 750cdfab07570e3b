/** Fills every field that a stranger on a network controls with attacks. */
import { rmSync } from "node:fs";
import fc from "fast-check";
import sharp from "sharp";
import { expect, test } from "vitest";
import { anyCharacter } from "../../../tests/support/any-character.ts";
import { HOSTILE_HTML } from "../../../tests/fixtures/hostile-html.ts";
import { activeParts } from "../../../tests/support/active-parts.ts";
import { actor } from "../../../tests/support/networks/app-view.ts";
import { account, startMastodon } from "../../../tests/support/networks/mastodon-server.ts";
import { COPY_ID, ROOT, setUpReading } from "../../../tests/support/networks/reading.ts";
import { propertyRuns } from "../../../tests/support/property-runs.ts";
import { createGuardedClient } from "../protocols/guarded-fetch.ts";
import { readAllResponses } from "../responses/response-files.ts";
import { conversationOf } from "../responses/threads.ts";
import { copyAt, copyMistake } from "./copies.ts";

const reading = setUpReading();
const { pulling, pull } = reading;

test("no field of a status or a post executes code on a page, and the stored records can be parsed", async () => {
  const attacks = HOSTILE_HTML.flatMap(({ fragments }) => fragments);
  for (const [index, attack] of attacks.entries()) {
    reading.reply(String(5000 + index), "ann", {
      content: attack,
      edited: attack,
      account: account("ann", { display_name: attack, note: attack, url: attack, fields: attack }),
      changes: {
        spoiler_text: attack,
        created_at: attack,
        language: attack,
        emojis: [{ shortcode: attack, url: attack, static_url: attack }],
        media_attachments: [{ type: attack, url: attack, preview_url: attack, description: attack }],
        poll: { options: [{ title: attack, votes_count: 1 }] },
      },
    });
    const end = Buffer.byteLength(attack);
    const features = [{ uri: attack }, { did: attack }, { tag: attack }];
    reading.answer(`3r${index}`, "bo", {
      text: attack,
      author: actor("bo", { handle: attack, changes: { displayName: attack, avatar: attack } }),
      record: { createdAt: attack, facets: [{ index: { byteStart: 0, byteEnd: end }, features }] },
      changes: {
        indexedAt: attack,
        embed: {
          images: [{ thumb: attack, fullsize: attack, alt: attack }],
          external: { uri: attack, title: attack },
        },
        labels: [{ val: attack }],
      },
    });
  }
  expect((await pull()).faults).toEqual([]);
  const records = readAllResponses(pulling.contentDir).get("hello") ?? [];
  expect(records.length).toBeGreaterThan(attacks.length);
  const { threads } = conversationOf(records, {
    siteUrl: "https://me.example/blog/",
    pictureAddress: (name) => `/blog/avatars/${name}`,
  });
  for (const thread of threads) {
    expect(activeParts(thread.html)).toEqual([]);
    expect(thread.url).toMatch(/^https?:/);
    expect(thread.author.url ?? "https:").toMatch(/^https?:/);
  }
}, 60_000);

test("pictures are re-encoded; files that aren't pictures and private addresses are rejected", async () => {
  const png = await sharp({ create: { width: 900, height: 600, channels: 3, background: "red" } })
    .png()
    .toBuffer();
  pulling.standin.files.set("/cat.png", { type: "image/png", body: png });
  pulling.standin.files.set("/evil.svg", { type: "image/png", body: "<svg onload='alert(1)'/>" });
  const { origin } = pulling.standin;
  const media = (url: string) => ({ type: "image", url, preview_url: url, description: "A cat" });
  reading.reply("5000", "ann", {
    content: "<p>Look :cat:</p>",
    changes: {
      emojis: [{ shortcode: "cat", url: `${origin}/cat.png`, static_url: `${origin}/cat.png` }],
      media_attachments: [
        media(`${origin}/cat.png`),
        media(`${origin}/evil.svg`),
        media("http://169.254.169.254/x.png"),
      ],
    },
  });
  await pull();
  const files = Object.keys(pulling.snapshot()).filter((name) => name.includes("avatars/"));
  const [record] = pulling.records();
  expect(files).toHaveLength(2);
  expect(files.map((name) => name.replace(/.*\//, ""))).toEqual(
    expect.arrayContaining([record?.emoji?.["cat"], record?.attachments?.[0]?.picture]),
  );
  reading.mastodon.statuses.delete("5000");
  await pull();
  expect(Object.keys(pulling.snapshot()).filter((name) => name.includes("avatars/"))).toEqual([]);
});

test("a server on a private network isn't contacted, however its address is written", async () => {
  for (const host of [
    "127.0.0.1",
    "[::1]",
    "169.254.169.254",
    "10.0.0.1",
    "localhost",
    "2130706433",
    "0x7f.1",
  ]) {
    pulling.syndication = { hello: [`http://${host}/@me/1000`] };
    const client = createGuardedClient({ siteUrl: "https://me.example/" });
    const report = await pull({ webmention: null }, { client });
    expect(report.faults.map(({ kind }) => kind)).toEqual(["unreachable"]);
  }
});

test("a token is sent only to its own host", async () => {
  await using other = await startMastodon();
  const host = new URL(reading.mastodon.origin).host;
  reading.mastodon.token = "secret";
  pulling.syndication = { hello: [reading.mastodon.address("1000"), other.address("1000")] };
  await pull({}, { mastodonTokens: new Map([[host, "secret"]]) });
  expect(reading.mastodon.server.seen.some(({ headers }) => headers.authorization === "Bearer secret")).toBe(
    true,
  );
  expect(other.server.seen.every(({ headers }) => headers.authorization === undefined)).toBe(true);
});

test.each([
  ["https://social.example/@ann/109000000000000001", "mastodon"],
  ["https://social.example/users/ann/statuses/109000000000000001", "mastodon"],
  ["https://gts.example/@ann/statuses/01H8QPZ4M9XVYB0000000000AA", "mastodon"],
  ["https://akkoma.example/notice/AbCdEfGhIjKlMnOpQr", "mastodon"],
  ["https://pixelfed.example/p/ann/612345678901234567", "mastodon"],
  ["https://bsky.app/profile/ann.example/post/3kabc", "bluesky"],
  ["at://did:plc:ann/app.bsky.feed.post/3kabc", "bluesky"],
  ["https://social.example/@ann/12", "mastodon"],
  ["https://social.example/deck/@ann@other.example/109000000000000001", "mastodon"],
  ["https://medium.com/@ann/a-title-1f2e3d4c5b6a", null],
  ["https://video.example/@ann", null],
  ["https://news.ycombinator.com/item?id=1", null],
  ["javascript:alert(1)", null],
])("%s is on %s", (address, network) => {
  expect(copyAt(address)?.network ?? null).toBe(network);
});

test.each([
  ["https://bsky.app/profile/ann.example", /names no post/],
  ["https://bsky.app/profile/ann.example/feed/3kabc", /names no post/],
  [
    "https://deer.example/profile/ann.example/post/3kabc",
    /https:\/\/bsky\.app\/profile\/ann\.example\/post\/3kabc/,
  ],
  ["https://social.example/@ann", /is a profile/],
  ["https://social.example/users/ann", /is a profile/],
  ["https://social.example/@ann/109000000000000001", null],
  ["https://medium.com/@ann/a-title-1f2e3d4c5b6a", null],
  ["https://lemmy.example/post/123", null],
])("an author who writes %s learns what is wrong with it", (address, mistake) => {
  if (mistake === null) expect(copyMistake(address)).toBeNull();
  else expect(copyMistake(address)).toMatch(mistake);
});

const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    "",
    -1,
    1e300,
    true,
    [],
    {},
    "2026-02-30T00:00:00Z",
    "\u009B",
    "https://[",
    "did:x:y",
  ),
  fc.string({ unit: anyCharacter, maxLength: 20 }),
  fc.constantFrom("https://a.example/1", "https://b.example/ x", "at://did:plc:a/app.bsky.feed.post/3a"),
);
const STATUS_KEYS =
  "id uri url created_at edited_at in_reply_to_id spoiler_text visibility content account media_attachments emojis poll replies_count pleroma".split(
    " ",
  );
const ACCOUNT_KEYS = "id username acct url uri display_name note avatar_static indexable suspended".split(
  " ",
);
const VIEW_KEYS = "uri cid author record embed replyCount indexedAt labels threadgate".split(" ");
const mutated = (keys: readonly string[]) => fc.dictionary(fc.constantFrom(...keys), junk, { maxKeys: 4 });

test("with any response of a network, the stored records can be parsed and another pull changes nothing", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(mutated(STATUS_KEYS), mutated(ACCOUNT_KEYS), mutated(VIEW_KEYS)), { maxLength: 6 }),
      async (all) => {
        rmSync(pulling.contentDir, { recursive: true, force: true });
        for (const id of reading.mastodon.statuses.keys())
          if (id !== COPY_ID) reading.mastodon.statuses.delete(id);
        for (const uri of reading.appView.posts.keys()) if (uri !== ROOT) reading.appView.posts.delete(uri);
        for (const [index, [status, person, view]] of all.entries()) {
          reading.reply(String(6000 + index), "ann", { account: account("ann", person), changes: status });
          reading.answer(`3m${index}`, "bo", { changes: view });
        }
        await pull();
        readAllResponses(pulling.contentDir);
        await pull();
        readAllResponses(pulling.contentDir);
        expect((await pull()).hasChanged).toBe(false);
      },
    ),
    propertyRuns(20),
  );
}, 120_000);
