/** The same reply arriving by several routes, in any order, with edits and deletions in between. */
import { rmSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mention } from "../../../tests/support/mentions.ts";
import { actor } from "../../../tests/support/networks/app-view.ts";
import { account } from "../../../tests/support/networks/mastodon-server.ts";
import { COPY_ID, ROOT, setUpReading } from "../../../tests/support/networks/reading.ts";
import { propertyRuns } from "../../../tests/support/property-runs.ts";
import { HELLO } from "../../../tests/support/pulling.ts";
import { conversationOf } from "../responses/threads.ts";
import type { ShownResponse } from "../responses/shown-response.ts";

const reading = setUpReading();
const { pulling, pull } = reading;

type Network = "mastodon" | "bluesky";

interface Reply {
  readonly network: Network;
  readonly number: number;
  /** Number of the reply that this one replies to; null for the post. */
  readonly parent: number | null;
  text: string;
}

/** URLs and ids of a reply on its network and through both bridges. */
function places({ network, number }: Pick<Reply, "network" | "number">) {
  const host = new URL(reading.mastodon.origin).host;
  if (network === "mastodon") {
    const url = `${reading.mastodon.origin}/@ann/${2000 + number}`;
    const uri = `${reading.mastodon.origin}/users/ann/statuses/${2000 + number}`;
    const bridgy = `https://brid.gy/comment/mastodon/@me@${host}/${COPY_ID}/${2000 + number}`;
    return { url, uri, bridgy, fed: `https://ap.brid.gy/convert/web/${uri}` };
  }
  const uri = `at://did:plc:ann/app.bsky.feed.post/3r${number}`;
  const url = `https://bsky.app/profile/ann.example/post/3r${number}`;
  const bridgy = `https://brid.gy/comment/bluesky/did:plc:me/${encodeURIComponent(ROOT)}/${encodeURIComponent(uri)}`;
  return { url, uri, bridgy, fed: `https://bsky.brid.gy/convert/web/${uri}` };
}

function putNatively(reply: Reply): void {
  const { number, parent, text } = reply;
  if (reply.network === "mastodon")
    reading.reply(String(2000 + number), "ann", {
      parent: parent === null ? COPY_ID : String(2000 + parent),
      content: `<p>${text}</p>`,
    });
  else
    reading.answer(`3r${number}`, "ann", {
      parent: parent === null ? ROOT : places({ network: "bluesky", number: parent }).uri,
      text,
    });
}

function removeNatively(reply: Reply): void {
  if (reply.network === "mastodon") reading.mastodon.statuses.delete(String(2000 + reply.number));
  else reading.appView.posts.delete(places(reply).uri);
}

function tell(reply: Reply, route: "bridgy" | "fed", id: number): void {
  const place = places(reply);
  const parent = reply.parent === null ? HELLO : places({ ...reply, number: reply.parent }).url;
  pulling.standin.mentions.push(
    mention(id, HELLO, {
      "wm-source": place[route],
      url: place.url,
      author: { name: "Person ann", url: `${reading.mastodon.origin}/@ann` },
      content: { text: reply.text },
      "in-reply-to": parent,
    }),
  );
}

const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant("reply" as const), isOn: fc.boolean(), parent: fc.nat(5) }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constantFrom("bridgy" as const, "fed" as const), which: fc.nat(9) }),
    },
    { weight: 4, arbitrary: fc.constant({ do: "pull" as const }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constantFrom("edit" as const, "delete" as const), which: fc.nat(9) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("forget" as const), which: fc.nat(9) }) },
    { weight: 1, arbitrary: fc.constant({ do: "fault" as const }) },
  ),
  { minLength: 4, maxLength: 16 },
);

/** `text(children)` of each shown comment, in order. */
function shape(threads: readonly ShownResponse[]): string[] {
  return threads
    .flatMap((thread) => {
      const text = thread.html.replace(/<[^>]*>/g, "");
      return [text, ...shape(thread.replies).map((child) => `${text} > ${child}`)];
    })
    .sort();
}

function expectedShape(replies: readonly Reply[]): string[] {
  const paths = replies.map((reply) => {
    const path = [reply.text];
    for (let at = reply.parent; at !== null;) {
      const parent = replies.find(({ network, number }) => network === reply.network && number === at);
      if (parent === undefined) break;
      path.unshift(parent.text);
      at = parent.parent;
    }
    return path.slice(0, 4).join(" > ");
  });
  return paths.sort();
}

test("no reply is lost or duplicated and all parents are right, in whatever order replies arrive", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      reset();
      const replies: Reply[] = [];
      let nextMention = 1;
      for (const step of script) {
        const chosen = "which" in step ? replies[step.which % Math.max(1, replies.length)] : undefined;
        if (step.do === "reply") {
          const network = step.isOn ? "mastodon" : "bluesky";
          const same = replies.filter(
            (each) => each.number >= 0 && each.network === network && depthOf(each, replies) < 3,
          );
          const parent = same[step.parent]?.number ?? null;
          const reply = { network, number: replies.length, parent, text: `Text ${replies.length}` } as const;
          replies.push({ ...reply });
          putNatively(reply);
        }
        if (step.do === "pull") await pull({}, { isFull: true });
        if (step.do === "fault") {
          let left = 2;
          reading.mastodon.onRequest = () => (left-- > 0 ? "503" : "none");
          await pull();
          reading.mastodon.onRequest = () => "none";
        }
        if (chosen === undefined || chosen.number < 0) continue;
        if (step.do === "bridgy" || step.do === "fed") tell(chosen, step.do, nextMention++);
        if (step.do === "edit") putNatively(Object.assign(chosen, { text: `Edited ${chosen.number}` }));
        if (step.do === "forget") forgetMentionsOf(chosen);
        if (
          step.do === "delete" &&
          replies.every(({ network, parent }) => network !== chosen.network || parent !== chosen.number)
        ) {
          removeNatively(chosen);
          forgetMentionsOf(chosen);
          replies.splice(replies.indexOf(chosen), 1, { ...chosen, number: -1, text: "" });
        }
      }
      await pull({}, { isFull: true });
      await pull({}, { isFull: true });
      const { threads } = conversationOf(pulling.records(), { siteUrl: "https://me.example/blog/" });
      expect(shape(threads)).toEqual(expectedShape(replies.filter(({ number }) => number >= 0)));
      expect((await pull({}, { isFull: true })).hasChanged).toBe(false);
    }),
    {
      ...propertyRuns(12),
      // A mention is withdrawn just when the reply itself arrives.
      examples: [
        [
          [
            { do: "reply", isOn: true, parent: 0 },
            { do: "bridgy", which: 0 },
            { do: "fault" },
            { do: "forget", which: 0 },
            { do: "pull" },
            { do: "bridgy", which: 0 },
          ],
        ],
      ],
    },
  );
}, 150_000);

function depthOf(reply: Reply, replies: readonly Reply[]): number {
  const parent = replies.find(({ network, number }) => network === reply.network && number === reply.parent);
  return parent === undefined ? 1 : 1 + depthOf(parent, replies);
}

function forgetMentionsOf(reply: Reply): void {
  const { bridgy, fed } = places(reply);
  for (const child of [...pulling.standin.mentions]) {
    if (child["wm-source"] !== bridgy && child["wm-source"] !== fed) continue;
    pulling.standin.mentions.splice(pulling.standin.mentions.indexOf(child), 1);
    pulling.standin.deleted.push({
      "wm-id": child["wm-id"],
      "wm-source": child["wm-source"],
      "wm-target": HELLO,
    });
  }
}

function reset(): void {
  rmSync(pulling.contentDir, { recursive: true, force: true });
  Object.assign(pulling.standin, { mentions: [], deleted: [] });
  for (const id of reading.mastodon.statuses.keys()) if (id !== COPY_ID) reading.mastodon.statuses.delete(id);
  for (const uri of reading.appView.posts.keys()) if (uri !== ROOT) reading.appView.posts.delete(uri);
}

test("a like received through Bridgy and from the network is stored once", async () => {
  const cy = account("cy");
  reading.mastodon.favourites.set(COPY_ID, [cy]);
  reading.appView.likes.set(ROOT, [{ did: "did:plc:di", handle: "di.example" }]);
  const host = new URL(reading.mastodon.origin).host;
  pulling.standin.mentions = [
    mention(1, HELLO, {
      "wm-property": "like-of",
      "wm-source": `https://brid.gy/like/mastodon/@me@${host}/${COPY_ID}/${cy.id}`,
      url: `${reading.mastodon.address(COPY_ID)}#favorited-by-${cy.id}`,
    }),
    mention(2, HELLO, {
      "wm-property": "like-of",
      "wm-source": `https://brid.gy/like/bluesky/did:plc:me/${encodeURIComponent(ROOT)}/did:plc:di`,
      url: "https://bsky.app/profile/me.example/post/3copy#liked_by_did:plc:di",
    }),
  ];
  await pull();
  expect(
    pulling
      .records()
      .map((record) => record["wm-protocol"])
      .sort(),
  ).toEqual(["bluesky", "mastodon"]);
});

test("a webmention that claims another reply's URL doesn't replace that reply", async () => {
  reading.reply("2000", "ann");
  pulling.standin.mentions = [
    mention(1, HELLO, { "wm-source": "https://evil.example/x", url: `${reading.mastodon.origin}/@ann/2000` }),
  ];
  await pull();
  expect(
    pulling
      .records()
      .map((record) => record.content?.text)
      .sort(),
  ).toEqual(["Answer number 1", "Reply 2000"]);
});

test("a reply deleted by a moderator stays deleted when it arrives by another route", async () => {
  const reply: Reply = { network: "mastodon", number: 0, parent: null, text: "Rude" };
  tell(reply, "bridgy", 1);
  await pull();
  const [record] = pulling.records();
  expect(record?.content?.text).toBe("Rude");
  pulling.moderate("hello", "deleted");
  putNatively(reply);
  tell(reply, "fed", 2);
  await pull({}, { isFull: true });
  expect(pulling.records().map(({ status }) => status)).toEqual(["deleted"]);
});

describe("a reply on Mastodon that Bridgy Fed has copied to Bluesky", () => {
  const text = "We had the same with our choir, and half of the altos never arrived.";
  const original = () => reading.reply("2000", "ann", { content: `<p>${text}</p>` });
  const bridged = (
    handle = "ann.social.example.ap.brid.gy",
    address = `${reading.mastodon.origin}/@ann/2000`,
  ) =>
    reading.answer("3bridged", "bridged", {
      author: actor("bridged", { handle }),
      text,
      record: { bridgyOriginalUrl: address },
    });
  const shown = () =>
    pulling
      .records()
      .filter(({ status }) => status === "approved")
      .map((record) => `${record["wm-protocol"]} ${record.content?.text}`)
      .sort();

  test.each(["the original first", "the copy first", "both at once"])(
    "is one response: %s",
    async (order) => {
      const both = [() => original(), () => bridged()] as const;
      if (order !== "the copy first") both[0]();
      if (order !== "the original first") both[1]();
      await pull();
      for (const put of both) put();
      reading.answer("3below", "cy", { parent: bridged().uri });
      await pull();
      expect(shown()).toEqual(["bluesky Reply 3below", `mastodon ${text}`]);
      const { threads } = conversationOf(pulling.records(), { siteUrl: "https://me.example/blog/" });
      expect(threads.map(({ replies }) => replies.length)).toEqual([1]);
      expect((await pull()).hasChanged).toBe(false);
      reading.mastodon.statuses.delete("2000");
      await pull();
      expect(shown()).toEqual(["bluesky Reply 3below"]);
    },
  );

  test("is recognized by its id as well as by its URL", async () => {
    original();
    bridged("ann.ap.brid.gy", `${reading.mastodon.origin}/users/ann/statuses/2000`);
    await pull();
    expect(shown()).toEqual([`mastodon ${text}`]);
  });

  test.each(["eve.example", "brid.gy.evil.example", "evil-brid.gy", "handle.invalid"])(
    "can't be claimed by %s",
    async (handle) => {
      original();
      bridged(handle);
      await pull();
      expect(pulling.records()).toHaveLength(2);
    },
  );
});
