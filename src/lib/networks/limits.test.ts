/** All forms of rate limits, addresses that mustn't be contacted, and interrupted pulls. */
import { renameSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { actor } from "../../../tests/support/networks/app-view.ts";
import { account } from "../../../tests/support/networks/mastodon-server.ts";
import { COPY_ID, setUpReading } from "../../../tests/support/networks/reading.ts";
import { SITE } from "../../../tests/support/pulling.ts";
import { FetchError } from "../protocols/fetch-error.ts";
import { createGuardedClient, type GuardedClient } from "../protocols/guarded-fetch.ts";
import type { GuardedResponse } from "../protocols/http-message.ts";
import { readAllResponses } from "../responses/response-files.ts";
import { noStore } from "./http-store.ts";
import { networkSession } from "./session.ts";

const reading = setUpReading();
const { pulling, pull } = reading;

const NOW = Date.UTC(2026, 2, 1);
const HOUR = 3_600_000;

/** Milliseconds that the session waits after a response with this status and headers, or the error message. */
async function waitAfter(
  status: number,
  headers: Readonly<Record<string, string>>,
): Promise<number | string> {
  let now = NOW;
  let isFirst = true;
  const client: GuardedClient = {
    fetch: async () => {
      const answer = isFirst ? { status, headers } : { status: 200, headers: {} };
      isFirst = false;
      return answered(answer.status, answer.headers);
    },
  };
  const session = networkSession({
    client,
    store: noStore,
    now: () => now,
    sleep: async (ms) => void (now += ms),
    maxWaitMs: 60_000,
  });
  try {
    await session.ask("https://a.example/1", { service: "a" });
    await session.ask("https://a.example/2", { service: "a" });
    return now - NOW;
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
}

function answered(status: number, headers: Readonly<Record<string, string>>): GuardedResponse {
  return {
    ...{ url: "https://a.example/1", redirects: [], status, mediaType: "application/json" },
    ...{ bytes: Buffer.from("{}"), isTruncated: false, isSkipped: false, text: () => "{}" },
    header: (name) => headers[name] ?? null,
    headers: (name) => (headers[name] === undefined ? [] : [headers[name]]),
  };
}

const at = (ms: number) => new Date(NOW + ms).toISOString();
const unix = (ms: number) => String((NOW + ms) / 1000);

test.each<[string, number, Readonly<Record<string, string>>, number | RegExp]>([
  [
    "nothing is left, in a second",
    200,
    { "x-ratelimit-remaining": "0", "x-ratelimit-reset": at(1000) },
    1000,
  ],
  [
    "nothing is left on Bluesky, for two seconds",
    200,
    { "ratelimit-remaining": "0", "ratelimit-reset": unix(2000) },
    2000,
  ],
  ["nothing is left, in seconds from now", 200, { "ratelimit-remaining": "0", "ratelimit-reset": "3" }, 3000],
  ["much is left", 200, { "x-ratelimit-remaining": "299", "x-ratelimit-reset": at(30_000) }, 0],
  [
    "nothing is left, and the time has passed",
    200,
    { "x-ratelimit-remaining": "0", "x-ratelimit-reset": at(-5000) },
    0,
  ],
  [
    "nothing is left, and the time can't be read",
    200,
    { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "soon" },
    0,
  ],
  ["429 with Retry-After", 429, { "retry-after": "7" }, 7000],
  ["429 with a date", 429, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": at(4000) }, 4000],
  ["429 without a word", 429, {}, 5000],
  ["429 with Retry-After as a date", 429, { "retry-after": new Date(NOW + 9000).toUTCString() }, 9000],
  ["403 for the rate", 403, { "x-ratelimit-remaining": "0", "retry-after": "2" }, 2000],
  ["429 for an hour", 429, { "retry-after": "3600" }, /asks to wait for 3600 seconds/],
  [
    "nothing left for an hour",
    200,
    { "x-ratelimit-remaining": "0", "x-ratelimit-reset": at(HOUR) },
    /asks to wait for 3600 seconds/,
  ],
  ["403 for another reason", 403, {}, /refuses requests without a login \(403\)/],
  ["a number beyond all bounds", 429, { "retry-after": "99999999999" }, /asks to wait/],
])("a server is asked again as it says: %s", async (_what, status, headers, expected) => {
  const waited = await waitAfter(status, headers);
  if (typeof expected === "number") expect(waited).toBe(expected);
  else expect(waited).toMatch(expected);
});

const FORBIDDEN = [
  "http://10.0.0.1/x.png",
  "http://169.254.169.254/latest/meta-data/x.png",
  "http://192.168.1.1/x.png",
  "http://100.64.0.1/x.png",
  "http://0.0.0.0/x.png",
  "http://[fd00::1]/x.png",
  "http://[::ffff:10.0.0.1]/x.png",
  "http://[64:ff9b::a00:1]/x.png",
  "http://printer.local/x.png",
  "http://203.0.113.1:22/x.png",
  "http://user:secret@203.0.113.1/x.png",
];

test.each(FORBIDDEN)(
  "%s isn't contacted from any field of a status, a post or an account",
  async (address) => {
    const asked: string[] = [];
    const guarded = createGuardedClient({ siteUrl: SITE, allowLoopback: true });
    const client: GuardedClient = {
      fetch: async (url, request) => {
        try {
          return await guarded.fetch(url, request);
        } catch (error) {
          if (url.includes("x.png")) asked.push(error instanceof FetchError ? error.code : String(error));
          throw error;
        }
      },
    };
    const person = { avatar: address, avatar_static: address };
    reading.reply("2000", "ann", {
      content: "<p>:cat:</p>",
      account: account("ann", person),
      changes: {
        emojis: [{ shortcode: "cat", url: address, static_url: address }],
        media_attachments: [{ type: "image", url: address, preview_url: address, description: "x" }],
        card: { url: address, image: address },
      },
    });
    reading.mastodon.favourites.set(COPY_ID, [account("bo", person)]);
    const embed = {
      images: [{ thumb: address, fullsize: address, alt: "" }],
      external: { uri: address, thumb: address },
    };
    reading.answer("3a", "cy", { author: actor("cy", { changes: { avatar: address } }), changes: { embed } });
    const report = await pull({}, { client });
    expect(report.faults).toEqual([]);
    expect(pulling.records()).toHaveLength(3);
    // Each was refused before a connection was made, or wasn't recognized as an address at all.
    expect(
      asked.filter((code) => !/^(?:blocked-address|blocked-port|credentials|bad-scheme)$/.test(code)),
    ).toEqual([]);
  },
);

describe("an interrupted pull", () => {
  test("writes nothing that later commands can't parse, and the next pull completes it", async () => {
    for (let number = 0; number < 5; number++) reading.reply(String(2000 + number), "ann");
    reading.answer("3a", "bo");
    let lines = 0;
    const stop = (after: number) => () => {
      if (++lines > after) throw new Error("stopped");
    };
    for (const after of [0, 1]) {
      lines = 0;
      await expect(pull({}, { onProgress: stop(after) })).rejects.toThrow("stopped");
      expect(readAllResponses(pulling.contentDir).size).toBe(0);
    }
    await pull();
    expect(pulling.records()).toHaveLength(6);
  });
});

describe("after a post has moved", () => {
  const withPath = (slug: string, own: string) => {
    const blog = pulling.blog({
      networks: { mastodon: true, bluesky: true, appView: reading.appView.origin, search: false },
    });
    const posts = blog.posts.map((post) => ({
      ...post,
      ...(post.slug === "hello" ? { slug, path: own } : {}),
    }));
    return { ...blog, posts };
  };

  test("its records have the URL of its page", async () => {
    reading.reply("2000", "ann");
    await pulling.run({ blog: withPath("hello", "/2026/hello/") });
    expect(pulling.records()[0]?.["wm-target"]).toBe(`${SITE}2026/hello/`);
  });

  test("deletions still apply when the post was renamed or the URL of its copy is written differently", async () => {
    reading.reply("2000", "ann");
    reading.reply("2001", "bo");
    reading.mastodon.favourites.set(COPY_ID, [account("cy")]);
    await pull();
    const file = (slug: string) => path.join(pulling.contentDir, "responses", `${slug}.json`);
    renameSync(file("hello"), file("howdy"));
    reading.mastodon.statuses.delete("2001");
    reading.mastodon.favourites.clear();
    pulling.syndication = { hello: [`${reading.mastodon.origin}/users/me/statuses/${COPY_ID}`] };
    await pulling.run({ blog: withPath("howdy", "/posts/howdy/") });
    expect(pulling.records("howdy").map(({ status }) => status)).toEqual(["approved", "deleted"]);
    expect(pulling.records("hello")).toEqual([]);
  });
});
