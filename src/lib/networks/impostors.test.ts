/** Accounts on networks that claim to be an author of the blog, or the author of another reply. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mention } from "../../../tests/support/mentions.ts";
import { actor } from "../../../tests/support/networks/app-view.ts";
import { account } from "../../../tests/support/networks/mastodon-server.ts";
import { COPY_ID, setUpReading } from "../../../tests/support/networks/reading.ts";
import { comment, discussion, GISCUS, HELLO, SITE } from "../../../tests/support/pulling.ts";
import { authorAccount, type AuthorAccount } from "../content/author-accounts.ts";
import { isOwnResponse } from "../responses/own-responses.ts";
import { conversationOf } from "../responses/threads.ts";
import { itemOfPost } from "./bluesky-item.ts";
import { postSchema } from "./bluesky-schema.ts";
import { copyAt } from "./copies.ts";
import { draftOfItem } from "./draft.ts";
import { itemOfReaction, itemOfStatus } from "./mastodon-item.ts";
import { statusSchema } from "./mastodon-schema.ts";

const reading = setUpReading();
const { pulling, pull } = reading;

const PROFILE = "https://social.example/@nell";
const ACTOR = "https://social.example/users/nell";
/** The ways an author can list the same account. */
const LISTED: [string, AuthorAccount][] = [
  ["by its id", authorAccount({ mastodon: "@nell@social.example", id: ACTOR })],
  ["by its profile as id", authorAccount({ mastodon: "@nell@social.example", id: PROFILE })],
  ["by its name", authorAccount({ mastodon: "@nell@social.example" })],
];

const owner = (...accounts: AuthorAccount[]) => ({
  siteUrl: SITE,
  sites: ["https://nell.example/"],
  accounts: [
    ...accounts,
    authorAccount({ bluesky: "nell.example", id: "did:plc:nell" }),
    authorAccount({ github: "nell" }),
  ],
});

describe.each(LISTED)("with an author's account listed %s", (_how, listed) => {
  const isOwn = () => pulling.records().map((record) => isOwnResponse(record, owner(listed)));

  test.each([
    ["gives no ids of accounts", { uri: undefined }],
    ["gives an id that is no address", { uri: "acct:eve@evil.example" }],
    [
      "gives ids in Pleroma's place",
      { uri: undefined, pleroma: { ap_id: "https://evil.example/users/eve" } },
    ],
  ])(
    "a stranger whose profile is said to be the author's has no mark, where the server %s",
    async (_what, changes) => {
      for (const [index, url] of [PROFILE, ACTOR, `${PROFILE}/`, PROFILE.toUpperCase()].entries())
        reading.reply(String(2000 + index), `eve${index}`, {
          account: account(`eve${index}`, {
            acct: `eve${index}@evil.example`,
            display_name: "Nell",
            url,
            ...changes,
          }),
        });
      await pull();
      expect(pulling.records()).toHaveLength(4);
      expect(isOwn()).toEqual([false, false, false, false]);
    },
  );
});

test("without an ActivityPub id, an account is identified by its profile URL on its own server", async () => {
  const { origin } = reading.mastodon;
  reading.reply("2000", "nell", { account: account("nell", { uri: undefined }) });
  await pull();
  const [record] = pulling.records();
  expect(record?.author.uid).toBe(`${origin}/@nell`);
});

const CLAIMS = [
  PROFILE,
  ACTOR,
  SITE,
  `${SITE}authors/nell/`,
  "did:plc:nell",
  "nell.example",
  "@nell@social.example",
  "Nell Hartigan",
  "nell",
];
const claim = fc.constantFrom(...CLAIMS);
const claims = <Key extends string>(...keys: Key[]) =>
  fc.dictionary(fc.constantFrom(...keys), claim, { maxKeys: 8 });

test("no field of a status or its account marks it as the author's when it is on another server", () => {
  const copy = copyAt("https://home.example/@nell/110000000000000001");
  if (copy?.network !== "mastodon") throw new Error("not a copy");
  const place = { slug: "hello", target: HELLO, copy, now: new Date("2026-03-01T12:00:00Z") };
  fc.assert(
    fc.property(
      claims("url", "content", "spoiler_text", "in_reply_to_id", "created_at", "language"),
      claims("username", "url", "display_name", "note", "avatar", "avatar_static", "id"),
      fc.constantFrom(...LISTED.map(([, listed]) => listed)),
      fc.boolean(),
      (status, person, listed, hasId) => {
        const who = {
          ...{
            id: "1",
            username: "eve",
            url: "https://evil.example/@eve",
            ...person,
            acct: "eve@evil.example",
          },
          ...(hasId ? { uri: "https://evil.example/users/eve" } : {}),
        };
        const read = statusSchema.parse({
          ...{
            id: "1",
            content: "Hello",
            visibility: "public",
            ...status,
            uri: "https://evil.example/1",
            account: who,
          },
        });
        for (const item of [
          itemOfStatus(read, "in-reply-to", copy, () => null),
          itemOfReaction(read.account, "like-of", copy, read),
        ]) {
          const draft = item === null ? null : draftOfItem(item, place);
          if (draft !== null) expect(isOwnResponse(draft.record, owner(listed))).toBe(false);
        }
      },
    ),
  );
});

test("no field of a post on Bluesky marks it as the author's when it has another DID", () => {
  const copy = copyAt("https://bsky.app/profile/nell.example/post/3copy");
  if (copy?.network !== "bluesky") throw new Error("not a copy");
  const place = { slug: "hello", target: HELLO, copy, now: new Date("2026-03-01T12:00:00Z") };
  const thread = {
    kind: "in-reply-to",
    root: "at://did:plc:nell/app.bsky.feed.post/3copy",
    hidden: new Set<string>(),
  } as const;
  fc.assert(
    fc.property(
      claims("handle", "displayName", "avatar", "description"),
      claims("text", "createdAt", "bridgyOriginalUrl"),
      claim,
      (person, record, bio) => {
        const post = postSchema.parse({
          uri: "at://did:plc:eve/app.bsky.feed.post/3a",
          cid: "c",
          author: { handle: "eve.example", ...person, did: "did:plc:eve" },
          record: { text: "Hello", ...record },
        });
        const draft = draftOfItem(
          itemOfPost(post, { ...thread, bios: new Map([["did:plc:eve", bio]]) }),
          place,
        );
        if (draft !== null)
          expect(isOwnResponse(draft.record, owner(...LISTED.map(([, listed]) => listed)))).toBe(false);
      },
    ),
  );
});

test.each([
  "mastodon",
  "bluesky",
  "giscus",
  "comment",
  "trackback",
  "pingback",
  "reply",
  7,
  null,
  ["mastodon"],
])("a JF2 API that says %j in wm-protocol hands on no account", async (protocol) => {
  pulling.standin.mentions = [
    mention(1, HELLO, {
      "wm-protocol": protocol,
      author: { name: "Nell", url: PROFILE, uid: ACTOR, nickname: "@nell@social.example" },
      ...{ copy: "https://home.example/@nell/1", "copy-id": "1", status: "approved", uid: ACTOR },
      routes: [{ "wm-id": 9, "wm-source": `${SITE}posts/x/`, "wm-protocol": "webmention" }],
    }),
  ];
  await pull({ moderation: "all" });
  const [record] = pulling.records();
  expect(record).toMatchObject({ status: "pending" });
  expect(record?.author).toEqual({ type: "card", name: "Nell", url: PROFILE });
  expect([record?.copy, record?.["copy-id"], record?.routes]).toEqual([undefined, undefined, undefined]);
  expect(record !== undefined && isOwnResponse(record, owner(...LISTED.map(([, listed]) => listed)))).toBe(
    false,
  );
});

test.each([
  "https://github.com/nell-h",
  "https://github.com/nell/",
  "https://github.com.evil.example/nell",
  "http://github.com/nell",
  "https://gist.github.com/nell",
])("an account on GitHub at %s is the author's only if it is the listed one", async (url) => {
  pulling.standin.discussions = [
    discussion("hello", [comment("DC_1", { author: { login: "nell", url, avatarUrl: "" } })]),
  ];
  await pull({ giscus: GISCUS });
  const record = pulling.byId("DC_1");
  expect(record !== undefined && isOwnResponse(record, owner())).toBe(url === "https://github.com/nell/");
});

describe("a status that claims another status's URL", () => {
  const ofAnn = () => `${reading.mastodon.origin}/@ann/2000`;
  const eve = (id: string, url: string, changes: object = {}) =>
    reading.reply(id, "eve", {
      content: "<p>Buy this</p>",
      account: account("eve", { acct: "eve@evil.example", uri: "https://evil.example/users/eve" }),
      changes: { uri: "https://evil.example/1", url, ...changes },
    });
  const texts = () =>
    pulling
      .records()
      .map((record) => record.content?.text)
      .sort();

  test.each(["1999", "2001"])("takes nobody's place, with the id %s", async (id) => {
    reading.reply("2000", "ann");
    eve(id, ofAnn());
    await pull();
    expect(texts()).toEqual(["Buy this", "Reply 2000"]);
    await pull();
    expect(texts()).toEqual(["Buy this", "Reply 2000"]);
    reading.mastodon.statuses.delete(id);
    await pull();
    expect(
      pulling
        .records()
        .filter(({ status }) => status === "approved")
        .map((record) => record.content?.text),
    ).toEqual(["Reply 2000"]);
  });

  test("doesn't receive the other's replies", async () => {
    reading.reply("2000", "ann");
    eve("1999", ofAnn(), { created_at: "2026-01-01T00:00:00Z" });
    pulling.standin.mentions = [mention(1, HELLO, { "in-reply-to": [HELLO, ofAnn()] })];
    await pull();
    const { threads } = conversationOf(pulling.records(), { siteUrl: SITE });
    expect(threads.map(({ html, replies }) => [html, replies.length])).toEqual([
      ["<p>Buy this</p>", 0],
      ["<p>Reply 2000</p>", 1],
    ]);
  });

  test("is shown with the host that it really comes from", async () => {
    eve("2001", `${SITE}posts/hello/`);
    await pull();
    const { threads } = conversationOf(pulling.records(), { siteUrl: SITE });
    expect(threads.map(({ host, isOwn }) => [host, isOwn])).toEqual([["evil.example", false]]);
  });
});

describe("an approved response whose author changes", () => {
  const waits = async (change: () => void) => {
    await pull({ moderation: "none" });
    expect(pulling.records().map(({ status }) => status)).toEqual(["approved"]);
    change();
    for (let times = 0; times < 2; times++) {
      await pull(
        { moderation: "first-time", giscus: pulling.standin.discussions.length > 0 ? GISCUS : null },
        { isFull: true },
      );
      expect(pulling.records().map(({ status }) => status)).toEqual(["pending"]);
    }
  };

  test.each([
    ["the name", { display_name: "Nell Hartigan" }],
    ["the profile", { url: PROFILE }],
  ])("%s on Mastodon waits again", (_what, changes) => {
    reading.reply("2000", "ann");
    return waits(() => reading.reply("2000", "ann", { account: account("ann", changes) }));
  });

  test("waits for moderation again after a new display name on Bluesky, but not after a new handle", async () => {
    reading.answer("3a", "ann");
    await waits(() =>
      reading.answer("3a", "ann", { author: actor("ann", { changes: { displayName: "Nell" } }) }),
    );
    pulling.moderate("hello", "approved");
    reading.answer("3a", "ann", {
      author: actor("ann", { handle: "nell.example", changes: { displayName: "Nell" } }),
    });
    await pull({ moderation: "first-time" });
    expect(pulling.records().map(({ status, author }) => [status, author.nickname])).toEqual([
      ["approved", "@nell.example"],
    ]);
  });

  test.each(["comment", "trackback", "pingback"])("the name of a %s waits again", (protocol) => {
    const by = (name: string) => [
      mention(1, HELLO, { "wm-protocol": protocol, author: { name, url: "https://ann.example/" } }),
    ];
    pulling.standin.mentions = by("Ann");
    return waits(() => void (pulling.standin.mentions = by("Nell Hartigan")));
  });
});

test("a copy listed by two posts by mistake is imported for one of them, and always for the same one", async () => {
  const address = reading.mastodon.address(COPY_ID);
  pulling.syndication = { hello: [address], world: [address] };
  reading.reply("2000", "ann");
  reading.mastodon.favourites.set(COPY_ID, [account("cy")]);
  await pull();
  const first = [pulling.records("hello").length, pulling.records("world").length];
  expect(first.reduce((sum, count) => sum + count)).toBe(2);
  expect(await pull()).toMatchObject({ changes: [], hasChanged: false });
  reading.mastodon.statuses.delete("2000");
  reading.mastodon.favourites.clear();
  await pull();
  const alive = [...pulling.records("hello"), ...pulling.records("world")].filter(
    ({ status }) => status !== "deleted",
  );
  expect(alive).toEqual([]);
});
