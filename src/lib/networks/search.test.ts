/** Posts on the networks that link to an article but aren't in the thread of a copy. */
import { beforeEach, describe, expect, test } from "vitest";
import { mention } from "../../../tests/support/mentions.ts";
import { actor } from "../../../tests/support/networks/app-view.ts";
import { account } from "../../../tests/support/networks/mastodon-server.ts";
import { COPY_ID, ROOT, setUpReading } from "../../../tests/support/networks/reading.ts";
import { HELLO, WORLD } from "../../../tests/support/pulling.ts";
import { authorAccount } from "../content/author-accounts.ts";

const reading = setUpReading();
const { pulling, pull } = reading;

const linkTo = (address: string) => `<p>Read <a href="${address}">this</a></p>`;
const requestsFor = (part: string) =>
  [...reading.mastodon.server.seen, ...reading.appView.server.seen].filter(({ url }) => url.includes(part));

/** Adds a status that replies to nothing. */
function status(id: string, address = HELLO, changes: Parameters<typeof reading.reply>[2] = {}): void {
  reading.reply(id, "ann", { parent: null, content: linkTo(address), ...changes });
}

/** Adds a post with a card on Bluesky. */
function post(rkey: string, address = HELLO, changes: Parameters<typeof reading.answer>[2] = {}) {
  const embed = { external: { uri: address, title: "Hello" } };
  return reading.answer(rkey, "bo", { parent: null, text: "Read this", changes: { embed }, ...changes });
}

function searching(isOn = true) {
  const networks = { mastodon: true, bluesky: true, appView: reading.appView.origin, search: isOn };
  const host = new URL(reading.mastodon.origin).host;
  return pull({ networks }, { mastodonTokens: new Map([[host, "secret"]]) });
}

const shown = (slug?: string) =>
  pulling
    .records(slug)
    .filter((record) => record.status === "approved")
    .map((record) => `${record["wm-protocol"]} ${record["wm-property"]} ${record.author.name}`)
    .sort();

beforeEach(() => {
  reading.mastodon.token = "secret";
});

test("no search happens unless the settings say so, nor on a server without a token", async () => {
  status("5000");
  post("3p");
  await searching(false);
  expect(pulling.records()).toEqual([]);
  reading.mastodon.token = null;
  const networks = { mastodon: true, bluesky: false, appView: reading.appView.origin, search: true };
  await pull({ networks });
  expect(requestsFor("search")).toEqual([]);
  expect(pulling.records()).toEqual([]);
});

test("posts that link to an article become mentions of it, with one search on each network", async () => {
  status("5000");
  status("5001", `${WORLD}?utm_source=social#part`);
  status("5002", "https://me.example/blog/about/");
  post("3p");
  post("3q", HELLO, {
    changes: {},
    record: { facets: [{ index: { byteStart: 0, byteEnd: 4 }, features: [{ uri: WORLD }] }] },
  });
  expect((await searching()).faults).toEqual([]);
  expect(shown()).toEqual(["bluesky mention-of Person bo.example", "mastodon mention-of Person ann"]);
  expect(shown("world")).toEqual(shown());
  expect(requestsFor("search").length).toBe(2);
  expect(await searching()).toMatchObject({ changes: [], hasChanged: false });
});

test("copies, the author's own posts and posts already in a thread don't become mentions", async () => {
  status(COPY_ID, HELLO, { account: account("me") });
  status("5000", HELLO, { account: account("me") });
  reading.reply("2000", "cy", { content: linkTo(HELLO) });
  const copy = reading.appView.posts.get(ROOT);
  if (copy !== undefined)
    reading.appView.posts.set(ROOT, { ...copy, changes: { embed: { external: { uri: HELLO } } } });
  const host = new URL(reading.mastodon.origin).host;
  const accounts = [authorAccount({ mastodon: `@me@${host}`, id: `${reading.mastodon.origin}/users/me` })];
  const networks = { mastodon: true, bluesky: true, appView: reading.appView.origin, search: true };
  const blog = { ...pulling.blog({ networks }), authors: [{ accounts, links: [] }] };
  const options = { blog, mastodonTokens: new Map([[host, "secret"]]) };
  await pulling.run(options);
  expect(shown()).toEqual(["mastodon in-reply-to Person cy"]);
  // The thread can't be read this time, so its stored records stay unchanged.
  reading.mastodon.onRequest = (path) => (path.includes("/context") ? "cut" : "none");
  await pulling.run(options);
  expect(shown()).toEqual(["mastodon in-reply-to Person cy"]);
});

test("a post received as a webmention through Bridgy and by search is one mention", async () => {
  status("5000");
  const host = new URL(reading.mastodon.origin).host;
  pulling.standin.mentions = [
    mention(1, HELLO, {
      "wm-property": "mention-of",
      "wm-source": `https://brid.gy/comment/mastodon/@me@${host}/${COPY_ID}/5000`,
      url: `${reading.mastodon.origin}/@ann/5000`,
    }),
  ];
  await searching();
  await searching();
  expect(shown()).toEqual(["mastodon mention-of Person ann"]);
});

test("posts of people who have opted out, and unlisted or private posts, aren't imported", async () => {
  status("5000", HELLO, { account: account("di", { indexable: false }) });
  status("5001", HELLO, { changes: { visibility: "unlisted" } });
  status("5002", HELLO, { changes: { visibility: "private" } });
  post("3p", HELLO, { author: actor("ed", { bio: "Hello #nobots" }) });
  post("3q", HELLO, { author: actor("fay", { changes: { labels: [{ val: "!no-unauthenticated" }] } }) });
  await searching();
  expect(pulling.records()).toEqual([]);
});

describe("a post found earlier", () => {
  test.each([true, false])(
    "goes when it is deleted or links no more, many at once: %s",
    async (readsMany) => {
      reading.mastodon.readsMany = readsMany;
      for (const id of ["5000", "5001", "5002"]) status(id);
      for (const rkey of ["3p", "3q", "3r"]) post(rkey);
      await searching();
      expect(shown()).toHaveLength(6);
      // The search no longer returns any of them.
      reading.mastodon.statuses.delete("5000");
      status("5001", "https://else.example/");
      reading.appView.posts.delete(post("3p").uri);
      post("3q", "https://else.example/");
      await searching(false);
      expect(shown()).toEqual(["bluesky mention-of Person bo.example", "mastodon mention-of Person ann"]);
      expect(await searching(false)).toMatchObject({ changes: [], hasChanged: false });
    },
  );

  test("stays while a server fails", async () => {
    status("5000");
    post("3p");
    await searching();
    reading.mastodon.onRequest = (path) => (path.includes("search") ? "503" : "none");
    reading.appView.onRequest = (path) => (path.includes("searchPosts") ? "html" : "none");
    expect((await searching()).faults.map(({ kind }) => kind).sort()).toEqual(["badAnswer", "serverError"]);
    expect(shown()).toHaveLength(2);
  });
});

test("a note says that a server doesn't allow search, and everything else is imported", async () => {
  reading.mastodon.maySearch = false;
  reading.appView.maySearch = false;
  reading.reply("2000", "ann");
  const report = await searching();
  expect(report.faults).toEqual([]);
  expect(report.notes.join()).toMatch(/read:search.*Bluesky: this AppView doesn't allow search/s);
  expect(shown()).toEqual(["mastodon in-reply-to Person ann"]);
});

test("a search is limited to the newest results, and stops at a page of known ones", async () => {
  for (let number = 0; number < 250; number++) status(String(6000 + number));
  await searching();
  expect(requestsFor("/api/v2/search")).toHaveLength(5);
  expect(shown()).toHaveLength(200);
  await searching();
  expect(requestsFor("/api/v2/search")).toHaveLength(6);
});
