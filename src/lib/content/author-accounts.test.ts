import { expect, test } from "vitest";
import { accountField, authorAccount } from "./author-accounts.ts";

test.each([
  [
    { mastodon: "@nell@Social.example" },
    { network: "mastodon", name: "@nell@social.example", url: "https://social.example/@nell", id: null },
  ],
  [
    { mastodon: "https://social.example/users/nell", id: "https://social.example/users/nell" },
    {
      network: "mastodon",
      name: "@nell@social.example",
      url: "https://social.example/@nell",
      id: "https://social.example/users/nell",
    },
  ],
  [
    { bluesky: "Nell.example", id: "did:plc:abc" },
    {
      network: "bluesky",
      name: "@nell.example",
      url: "https://bsky.app/profile/nell.example",
      id: "did:plc:abc",
    },
  ],
  [
    { github: "nell" },
    { network: "github", name: "nell", url: "https://github.com/nell", id: "https://github.com/nell" },
  ],
])("%j is an account", (entry, account) => {
  expect(authorAccount(accountField().parse(entry))).toEqual(account);
});

test.each([{}, { mastodon: "nell" }, { bluesky: "nell" }, { mastodon: "@a@b.example", github: "a" }, { id: "x" }])(
  "%j is none",
  (entry) => {
    expect(accountField().safeParse(entry).success).toBe(false);
  },
);
