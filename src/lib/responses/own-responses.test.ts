import fc from "fast-check";
import { expect, test } from "vitest";
import { mention } from "../../../tests/support/mentions.ts";
import { HELLO, setUpPulling, SITE } from "../../../tests/support/pulling.ts";
import { record } from "../../../tests/support/records.ts";
import { authorAccount } from "../content/author-accounts.ts";
import type { PostResponse, ResponseProtocol } from "./model.ts";
import { isOwnResponse } from "./own-responses.ts";

const MASTODON = authorAccount({ mastodon: "@nell@social.example", id: "https://social.example/users/nell" });
const owner = {
  siteUrl: SITE,
  sites: ["https://nell.example/", "https://shared.example/profile.php?id=1"],
  accounts: [
    MASTODON,
    authorAccount({ bluesky: "nell.example", id: "did:plc:nell" }),
    authorAccount({ github: "nell" }),
  ],
};
const card = { type: "card" as const, name: "Nell" };

test.each<[string, Partial<PostResponse>]>([
  ["a page of the blog that links to another", { "wm-source": `${SITE}posts/other/` }],
  ["a page of an author's own site", { "wm-source": "https://nell.example/notes/1" }],
  [
    "an imported comment by an author's account",
    { "wm-protocol": "comment", author: { ...card, uid: `${SITE}authors/nell/` } },
  ],
  [
    "a listed GitHub account",
    { "wm-protocol": "giscus", author: { ...card, url: "https://github.com/Nell" } },
  ],
  ["a listed Mastodon account", { "wm-protocol": "mastodon", author: { ...card, uid: MASTODON.id ?? "" } }],
  ["a listed DID", { "wm-protocol": "bluesky", author: { ...card, uid: "did:plc:nell" } }],
])("%s is the author", (_name, changes) => {
  expect(isOwnResponse(record(1, changes), owner)).toBe(true);
});

test("an account listed without its id counts only on its own server", () => {
  const byName = { siteUrl: SITE, accounts: [authorAccount({ mastodon: "@nell@social.example" })] };
  const by = (uid: string) =>
    isOwnResponse(
      record(1, { "wm-protocol": "mastodon", author: { ...card, uid, url: "https://social.example/@nell" } }),
      byName,
    );
  expect(by("https://social.example/users/nell")).toBe(true);
  expect(by("https://evil.example/users/nell")).toBe(false);
});

const OWN_ADDRESSES = [
  SITE,
  `${SITE}authors/nell/`,
  SITE.slice(0, -1),
  "https://me.example/",
  "https://me.example/blog",
  "https://me.example.evil.example/blog/",
  "https://me.example@evil.example/blog/",
  "https://evil.example/https://me.example/blog/",
  "https://social.example/@nell",
  "https://social.example/users/nell",
  "https://bsky.app/profile/nell.example",
  "https://bsky.app/profile/did:plc:nell",
  "https://github.com/nell",
  "did:plc:nell",
  "Nell",
  "Nell Hartigan",
];

test("no field that the sender of a webmention, pingback or trackback controls makes a response the author's", () => {
  const claim = fc.constantFrom(...OWN_ADDRESSES);
  const protocol = fc.constantFrom<ResponseProtocol>("webmention", "pingback", "trackback");
  fc.assert(
    fc.property(protocol, claim, claim, claim, claim, claim, (way, name, url, page, title, parent) => {
      const posed = record(1, {
        "wm-protocol": way,
        author: { type: "card", name, url, uid: page },
        url: page,
        name: title,
        site: title,
        summary: title,
        content: { text: title },
        "in-reply-to": parent,
        "wm-source": "https://evil.example/me.example/blog/",
      });
      expect(isOwnResponse(posed, owner)).toBe(false);
    }),
  );
});

test.each([
  "https://me.example/blog/../evil/",
  "https://me.example/blogger/",
  "http://me.example/blog/",
  "https://me.example:8443/blog/",
  "https://nell.example.evil.example/",
  "https://shared.example/profile.php?id=2",
])("a source at %s isn't the blog's", (source) => {
  expect(isOwnResponse(record(1, { "wm-source": source }), owner)).toBe(false);
});

test("a commenter who typed the blog's URL isn't its author, and neither is a similar account", () => {
  const typed = { ...card, url: `${SITE}authors/nell/` };
  for (const [protocol, uid] of [
    ["comment", undefined],
    ["giscus", "https://github.com/nell-h"],
    ["mastodon", "https://evil.example/users/nell"],
    ["bluesky", "did:plc:eve"],
  ] as const)
    expect(isOwnResponse(record(1, { "wm-protocol": protocol, author: { ...typed, uid } }), owner)).toBe(
      false,
    );
});

const pulling = setUpPulling();

test("an API can't set an account id, even with the protocol `comment`", async () => {
  pulling.standin.mentions = [
    mention(1, HELLO, {
      "wm-protocol": "comment",
      author: { name: "Nell", url: `${SITE}authors/nell/`, uid: `${SITE}authors/nell/` },
    }),
  ];
  await pulling.run();
  const stored = pulling.byId(1);
  expect(stored?.author.uid).toBeUndefined();
  expect(stored !== undefined && isOwnResponse(stored, owner)).toBe(false);
});

test.each([
  ["name", { name: "Nell Hartigan", url: "https://person1.example/" }],
  ["address", { name: "Person 1", url: `${SITE}authors/nell/` }],
])("an approved response is pending again if its author's %s changes", async (_what, author) => {
  const blog = pulling.blog({ moderation: "first-time" });
  pulling.standin.mentions = [
    mention(1, HELLO, { author: { name: "Person 1", url: "https://person1.example/" } }),
  ];
  await pulling.run();
  expect(pulling.byId(1)?.status).toBe("approved");
  pulling.standin.mentions = [mention(1, HELLO, { author })];
  await pulling.run({ blog, isFull: true });
  expect(pulling.byId(1)?.status).toBe("pending");
  await pulling.run({ blog, isFull: true });
  expect(pulling.byId(1)?.status).toBe("pending");
});
