/** All known shapes of responses by servers with Mastodon's API and by Bluesky's AppView. */
import { describe, expect, test } from "vitest";
import { actor } from "../../../tests/support/networks/app-view.ts";
import { account } from "../../../tests/support/networks/mastodon-server.ts";
import { COPY_ID, ROOT, setUpReading } from "../../../tests/support/networks/reading.ts";
import { conversationOf } from "../responses/threads.ts";
import type { ShownResponse } from "../responses/shown-response.ts";

const reading = setUpReading();
const { pulling, pull, reply, answer } = reading;

const SITE = { siteUrl: "https://me.example/blog/" };
const only = () => pulling.records()[0];
const alive = () => pulling.records().filter(({ status }) => status !== "deleted");
const shown = (): readonly ShownResponse[] => conversationOf(pulling.records(), SITE).threads;
const html = () => shown()[0]?.html ?? "";

describe("a status on Mastodon", () => {
  test("with a content warning is collapsed behind it", async () => {
    reply("2000", "ann", { changes: { spoiler_text: "Spoilers", sensitive: true } });
    await pull();
    expect(html()).toBe("<details><summary>Spoilers</summary><p>Reply 2000</p></details>");
  });

  test("with a poll shows its options and votes as text", async () => {
    const options = [
      { title: "Yes <b>", votes_count: 3 },
      { title: "No", votes_count: null },
    ];
    reply("2000", "ann", { changes: { poll: { options, votes_count: 3, multiple: false } } });
    await pull();
    expect(html()).toContain("<li>Yes &#x3C;b> (3)</li><li>No</li>");
  });

  test("with custom emoji shows them in a poll, and omits their codes from a warning", async () => {
    const emoji = (shortcode: string) => ({ shortcode, url: `https://files.example/${shortcode}.png` });
    reply("2000", "ann", {
      changes: {
        spoiler_text: ":cat: Spoilers at 10:30:00",
        emojis: [emoji("cat")],
        poll: { options: [{ title: "Yes :dog:", votes_count: 3 }], emojis: [emoji("dog"), emoji("owl")] },
      },
    });
    await pull();
    expect(only()?.summary).toBe("Spoilers at 10:30:00");
    expect(Object.keys(only()?.emoji ?? {})).toEqual(["dog"]);
    reply("2000", "ann", { changes: { spoiler_text: ":cat:", emojis: [emoji("cat")] } });
    await pull();
    expect(only()?.summary).toBe(":cat:");
  });

  test("with media but no text is shown as links with their descriptions", async () => {
    const media = (type: string, changes: object) => ({
      type,
      ...{ url: null, preview_url: null, remote_url: null, meta: null, blurhash: null, description: null },
      ...changes,
    });
    reply("2000", "ann", {
      content: "",
      changes: {
        media_attachments: [
          media("image", { url: "https://files.example/1.jpg", description: "A cat on a fence" }),
          media("gifv", { remote_url: "https://files.example/2.mp4" }),
          media("audio", { url: "https://files.example/3.ogg", description: "A bell" }),
          media("unknown", { remote_url: "https://files.example/4" }),
          media("image", {}),
        ],
      },
    });
    await pull();
    expect(only()?.attachments?.map(({ type, alt }) => [type, alt])).toEqual([
      ["image", "A cat on a fence"],
      ["video", ""],
      ["audio", "A bell"],
      ["link", ""],
    ]);
    expect(html()).toContain('<a href="https://files.example/3.ogg" rel="nofollow ugc noopener">A bell</a>');
  });

  test("loses the link to a quoted status and emoji codes in names, but no text", async () => {
    reply("2000", "ann", {
      content: '<p class="quote-inline">RE: <a href="https://x.example/">x</a></p><p>Indeed</p>',
      account: account("ann", { display_name: "Ann :blobcat:\u200B\u202E" }),
    });
    await pull();
    expect(only()).toMatchObject({ content: { text: "Indeed" }, author: { name: "Ann" } });
  });

  test.each(["pending", "rejected", "revoked", "deleted", "unauthorized", "blocked_domain", "new-state"])(
    "that quotes without consent (%s) is no mention",
    async (state) => {
      reading.mastodon.token = "secret";
      const quote = (id: string, of: string) => ({
        ...{ id, parent: null, account: account("q"), content: "<p>Quote</p>" },
        changes: { quote: { state: of, quoted_status: null } },
      });
      reading.mastodon.quotes.set(COPY_ID, [quote("9000", "accepted"), quote("9001", state)]);
      const host = new URL(reading.mastodon.origin).host;
      await pull({}, { mastodonTokens: new Map([[host, "secret"]]) });
      expect(alive().map((record) => record["copy-id"])).toEqual(["9000"]);
    },
  );

  test("without a known parent replies to the post; threading goes by status id, not by account id", async () => {
    reply("2000", "ann", { changes: { in_reply_to_id: null, in_reply_to_account_id: "7" } });
    reply("2001", "ann", { parent: "2000", changes: { in_reply_to_account_id: null } });
    await pull();
    expect(shown()).toHaveLength(1);
    expect(shown()[0]?.replies).toHaveLength(1);
  });

  test("by an account that has moved is attributed to the account that wrote it", async () => {
    const moved = { id: "9", username: "new", acct: "new@new.example", url: "https://new.example/@new" };
    reply("2000", "ann", { account: account("ann", { moved }) });
    await pull();
    expect(only()?.author.nickname).toMatch(/^@ann@/);
  });
});

describe("a thread on Mastodon", () => {
  test("deeper than the limit without a token is requested from where it was truncated", async () => {
    reading.mastodon.anonymousDepth = 20;
    // `replies_count` includes private replies, which mustn't end the search for truncated branches.
    reply("2900", "bo", { changes: { replies_count: 3 } });
    let parent = COPY_ID;
    for (let number = 0; number < 45; number++) parent = reply(String(3000 + number), "ann", { parent }).id;
    expect((await pull()).faults).toEqual([]);
    expect(alive()).toHaveLength(46);
    expect(alive().filter((record) => record["in-reply-to"] === undefined)).toHaveLength(2);
  });

  test("includes all pages of likes, and a loop of pages is a fault", async () => {
    reading.mastodon.perPage = 2;
    reading.mastodon.favourites.set(COPY_ID, [account("cy"), account("di")]);
    const next = `${reading.mastodon.origin}/api/v1/statuses/${COPY_ID}/favourited_by?limit=80&max_id=2`;
    reading.mastodon.onRequest = (path) => {
      reading.mastodon.headers = path.includes("max_id") ? {} : { link: `<${next}>; rel="next"` };
      return "none";
    };
    expect((await pull()).faults).toEqual([]);
    expect(alive()).toHaveLength(2);
    reading.mastodon.favourites.set(COPY_ID, [account("cy"), account("di"), account("ed")]);
    reading.mastodon.onRequest = () => "none";
    reading.mastodon.headers = { link: `<${next}>; rel="next"`, "mastodon-async-refresh": 'id="x", retry=5' };
    const report = await pull();
    expect(report.faults.map(({ kind }) => kind)).toEqual(["badAnswer"]);
    expect(alive()).toHaveLength(2);
  });
});

describe("other servers with Mastodon's API", () => {
  test("GoToSocial shows threads only with a token, and a message says so", async () => {
    reply("2000", "ann");
    reading.mastodon.onRequest = (path) => (path.includes("/context") ? "401" : "none");
    const report = await pull();
    expect(report.faults[0]).toMatchObject({ kind: "notConfigured" });
    expect(report.faults[0]?.message).toMatch(/token/i);
    reading.mastodon.onRequest = () => "none";
    reading.mastodon.token = "secret";
    const host = new URL(reading.mastodon.origin).host;
    await pull({}, { mastodonTokens: new Map([[host, "secret"]]) });
    expect(alive()).toHaveLength(1);
  });

  test("Akkoma and Pleroma have emoji reactions, Flake ids and a visibility `local`", async () => {
    const id = "AbCdEfGhIjKlMnOpQr";
    reading.mastodon.statuses.set(id, {
      ...{ id, parent: null, account: account("me"), content: "<p>New post</p>" },
      changes: { pleroma: { emoji_reactions: [{ name: "🎉", count: 2, account_ids: [] }] } },
    });
    pulling.syndication = { hello: [`${reading.mastodon.origin}/notice/${id}`] };
    reply("AbCdEfGhIjKlMnOpQs", "ann", { parent: id, changes: { uri: "https://ak.example/objects/1" } });
    reply("AbCdEfGhIjKlMnOpQt", "bo", { parent: id, changes: { visibility: "local" } });
    await pull();
    const { counts, reactions } = conversationOf(pulling.records(), SITE);
    expect(counts.comments).toBe(1);
    expect(reactions).toEqual([{ emoji: "🎉", count: 2 }]);
  });

  test("Pixelfed may omit text and dates", async () => {
    pulling.syndication = { hello: [`${reading.mastodon.origin}/p/me/${COPY_ID}`] };
    const picture = { type: "image", url: "https://px.example/1.jpg", description: null };
    const nothing = { content: null, created_at: null, favourited: null };
    reply("2000", "ann", { changes: { ...nothing, media_attachments: [picture] } });
    await pull();
    expect(only()).toMatchObject({ status: "approved", attachments: [{ url: "https://px.example/1.jpg" }] });
  });

  test("Misskey forks have notes, and may omit their URL", async () => {
    const id = "9abcdefghijk";
    reading.mastodon.statuses.set(id, { id, parent: null, account: account("me"), content: "<p>Hi</p>" });
    pulling.syndication = { hello: [`${reading.mastodon.origin}/notes/${id}`] };
    reply("9abcdefghijl", "ann", { parent: id, changes: { url: null, uri: "https://mk.example/notes/1" } });
    await pull();
    expect(only()?.url).toBe("https://mk.example/notes/1");
  });

  test("Friendica's headings and shared posts become paragraphs and quotations", async () => {
    reply("2000", "ann", {
      content: '<h3>Title</h3><blockquote class="shared_content"><p>Shared</p></blockquote><p>Mine</p>',
    });
    await pull();
    expect(html()).toBe("<p>Title</p><blockquote><p>Shared</p></blockquote><p>Mine</p>");
  });
});

describe("a post on Bluesky", () => {
  test("stays one record when its author's handle changes or becomes invalid", async () => {
    answer("3a", "ann");
    await pull();
    answer("3a", "ann", { author: actor("ann", { handle: "ann.new.example" }) });
    await pull();
    expect(alive()).toHaveLength(1);
    expect(only()?.author.nickname).toBe("@ann.new.example");
    answer("3a", "ann", { author: actor("ann", { handle: "handle.invalid", changes: { displayName: "" } }) });
    await pull();
    expect(only()?.author).toMatchObject({ uid: "did:plc:ann", url: "https://bsky.app/profile/did:plc:ann" });
    expect(only()?.author.nickname).toBeUndefined();
  });

  test("without text shows its pictures, without a display name the handle", async () => {
    const images = [
      { thumb: "https://cdn.example/t", fullsize: "https://cdn.example/f", alt: "" },
      { thumb: "https://cdn.example/t2", fullsize: "https://cdn.example/f2", alt: "A gate" },
    ];
    const author = actor("ann", { changes: { displayName: undefined } });
    answer("3a", "ann", { text: "", author, changes: { embed: { images } } });
    await pull();
    expect(only()).toMatchObject({ author: { name: "ann.example" }, attachments: [{}, { alt: "A gate" }] });
  });

  test.each([
    [
      "a gallery",
      { items: [{ thumb: "https://c.example/t", fullsize: "https://c.example/f", alt: "x" }] },
      "image",
    ],
    [
      "a video",
      { playlist: "https://c.example/v.m3u8", thumbnail: "https://c.example/t", alt: "x" },
      "video",
    ],
    ["a card", { external: { uri: "https://e.example/", title: "x", description: "" } }, "link"],
    [
      "a quotation with a card",
      { record: { uri: "at://x" }, media: { external: { uri: "https://e.example/", title: "x" } } },
      "link",
    ],
  ])("shows %s as a link", async (_what, embed, type) => {
    answer("3a", "ann", { changes: { embed } });
    await pull();
    expect(only()?.attachments?.map((attachment) => [attachment.type, attachment.alt])).toEqual([
      [type, "x"],
    ]);
  });

  test.each([
    ["by a moderator", { labels: [{ val: "graphic-media", src: "did:plc:mod" }] }, {}],
    ["by its author", {}, { labels: { values: [{ val: "graphic-media" }] } }],
  ])("that was labelled %s folds behind the label", async (_who, changes, record) => {
    answer("3a", "ann", { changes, record });
    await pull();
    expect(html()).toContain("<summary>Graphic media</summary>");
  });

  test("with a negated label isn't collapsed; one labeled `!hide` isn't stored", async () => {
    const labels = [{ val: "porn" }, { val: "porn", neg: true }];
    answer("3a", "ann", { changes: { labels } });
    answer("3b", "bo", { changes: { labels: [{ val: "!hide" }] } });
    await pull();
    expect(pulling.records()).toHaveLength(1);
    expect(html()).not.toContain("<summary>");
  });

  test("with a date in the future or before the network existed gets a plausible date", async () => {
    answer("3a", "ann", { record: { createdAt: "2030-01-01T00:00:00Z" } });
    await pull();
    expect(only()?.published).toBe("2026-02-01T10:00:02.000Z");
    answer("3a", "ann", { record: { createdAt: "1970-01-01T00:00:00Z" } });
    await pull();
    expect(Date.parse(only()?.["wm-received"] ?? "")).toBeGreaterThan(Date.UTC(2026, 0));
  });

  test("with a facet on a multi-person emoji links all of it", async () => {
    const text = "👩‍👩‍👧‍👦!";
    const byteEnd = Buffer.byteLength("👩‍👩‍👧‍👦");
    const facets = [{ index: { byteStart: 0, byteEnd }, features: [{ tag: "family" }] }];
    answer("3a", "ann", { text, record: { facets } });
    await pull();
    expect(html()).toBe(
      '<p><a href="https://bsky.app/hashtag/family" rel="nofollow ugc noopener">👩‍👩‍👧‍👦</a>!</p>',
    );
  });
});

describe("a thread on Bluesky", () => {
  test("omits blocked and missing posts, and posts that belong to another thread", async () => {
    answer("3a", "ann");
    answer("3b", "bo", { root: "at://did:plc:x/app.bsky.feed.post/3other" });
    reading.appView.extraReplies.set(ROOT, [
      {
        $type: "app.bsky.feed.defs#notFoundPost",
        uri: "at://did:plc:y/app.bsky.feed.post/3y",
        notFound: true,
      },
      {
        $type: "app.bsky.feed.defs#blockedPost",
        uri: "at://did:plc:z/app.bsky.feed.post/3z",
        blocked: true,
        author: { did: "did:plc:z" },
      },
    ]);
    expect((await pull()).faults).toEqual([]);
    expect(pulling.records().map((record) => record.content?.text)).toEqual(["Reply 3a"]);
  });

  test("includes pages of likes after a short page", async () => {
    reading.appView.perPage = 3;
    const likes = Array.from({ length: 7 }, (_, index) => actor(`l${index}`));
    reading.appView.likes.set(ROOT, likes);
    await pull();
    expect(alive()).toHaveLength(7);
  });

  test("that the AppView no longer has keeps its stored replies", async () => {
    answer("3a", "ann");
    await pull();
    reading.appView.posts.delete(ROOT);
    const report = await pull();
    expect(report.notes.join()).toContain("isn't public");
    expect(alive()).toHaveLength(1);
  });
});
