/** `responses pull` with the receiver's API, which is compatible with webmention.io. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { setUpPulling, SITE as BLOG } from "./support/pulling.ts";
import { ADAPTERS, type TestDatabase } from "./receiver-support/databases.ts";
import { startReceiver, type TestReceiver } from "./receiver-support/receiver.ts";

const HELLO = `${BLOG}posts/hello/`;
const pulling = setUpPulling();

describe.each(Object.entries(ADAPTERS))("from %s", (name, open) => {
  let opened: TestDatabase;
  let receiver: TestReceiver;

  beforeEach(async () => {
    opened = await open();
    receiver = await startReceiver(opened, { site: BLOG });
  });
  afterEach(async () => {
    await receiver[Symbol.asyncDispose]();
    if (name === "D1") await opened.close();
  });

  const pull = (isFull = false) =>
    pulling.run({
      blog: pulling.blog({
        webmention: {
          endpoint: "https://wm.example/",
          api: `${receiver.origin}/api/`,
          pingback: null,
          trackback: null,
          comments: null,
        },
      }),
      isFull,
    });
  const mention = async (path: string, text: string) => {
    const source = receiver.page(path, entry(text));
    await receiver.mention(source, HELLO);
    const found = (await receiver.responses()).find(({ record }) => record["wm-source"] === source);
    return { source, id: found?.id ?? 0 };
  };
  const entry = (text: string) =>
    `<div class="h-entry"><a class="p-author h-card" href="/">Ann</a><a class="u-in-reply-to" href="${HELLO}">x</a>
     <p class="e-content">${text}</p></div>`;
  const texts = () => pulling.records().map(({ status, content }) => [status, content?.text]);

  test("responses are pulled only after approval, however late", async () => {
    const first = await mention("/1", "one");
    const second = await mention("/2", "two");
    await pull();
    expect(texts()).toEqual([]);
    await receiver.decide(second.id, "approved");
    await pull();
    expect(texts()).toEqual([["approved", "two"]]);
    await receiver.decide(first.id, "approved");
    await pull();
    expect(texts().sort()).toEqual([
      ["approved", "one"],
      ["approved", "two"],
    ]);
  });

  test("edits and deletions are pulled the next time, without a full pull", async () => {
    const { source, id } = await mention("/1", "one");
    await receiver.decide(id, "approved");
    await pull();
    receiver.page("/1", entry("one, corrected"));
    await receiver.mention(source, HELLO);
    await pull();
    expect(texts()).toEqual([["approved", "one, corrected"]]);
    receiver.page("/1", { status: 410 });
    await receiver.mention(source, HELLO);
    await pull();
    expect(texts()).toEqual([["deleted", undefined]]);
    receiver.page("/1", entry("one, once more"));
    await receiver.mention(source, HELLO);
    for (const { id: again } of await receiver.responses()) await receiver.decide(again, "approved");
    await pull();
    expect(texts()).toEqual([["approved", "one, once more"]]);
  });

  test("comments and trackbacks keep their kind, thread and site; responses that a moderator revokes disappear", async () => {
    const url = receiver.linking("/t", HELLO);
    await receiver.post("/trackback/hello", {
      url,
      title: "On fences",
      excerpt: "I think so too",
      blog_name: "Fences",
    });
    await expect.poll(async () => (await receiver.responses()).length).toBe(1);
    const parent = (await receiver.responses())[0]?.record.url ?? "";
    const preview = await receiver.post("/comment", {
      post: "hello",
      name: "Ben",
      text: "Agreed",
      "reply-to": parent,
    });
    const confirmation = /name="confirmation" value="([^"]+)"/.exec(await preview.text())?.[1] ?? "";
    receiver.pass(3000);
    await receiver.post("/comment", {
      post: "hello",
      name: "Ben",
      text: "Agreed",
      "reply-to": parent,
      confirmation,
    });
    for (const { id } of await receiver.responses()) await receiver.decide(id, "approved");
    await pull();
    expect(pulling.records()).toMatchObject([
      { "wm-protocol": "trackback", site: "Fences", name: "On fences", author: { name: "Fences" } },
      {
        "wm-protocol": "comment",
        author: { name: "Ben" },
        "in-reply-to": parent,
        content: { text: "Agreed" },
      },
    ]);
    for (const { id } of await receiver.responses("approved")) await receiver.decide(id, "spam");
    await pull();
    expect(pulling.records().map(({ status }) => status)).toEqual(["deleted", "deleted"]);
  });

  test("several pages of the API are pulled completely", async () => {
    await opened.database.all(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1205)
       INSERT INTO response (slug, source, protocol, status, place, data, suspicion, received, changed, wm_id)
       SELECT 'hello', 'https://a.example/' || i, 'webmention', 'approved', 'a.example',
         json_object('type', 'entry', 'wm-id', 0, 'status', 'pending',
           'author', json_object('type', 'card', 'name', 'Person ' || i),
           'url', 'https://a.example/' || i, 'wm-source', 'https://a.example/' || i, 'wm-target', ?,
           'wm-protocol', 'webmention', 'wm-property', 'like-of', 'wm-received', '2026-01-01T00:00:00Z'),
         '[]', 1, 1, 1000000000 + i FROM n`,
      HELLO,
    );
    await pull();
    expect(pulling.records()).toHaveLength(1205);
    const api = async (path: string) =>
      (await (await receiver.get(`/api/${path}`)).json()) as Record<string, unknown>;
    expect(await api("count")).toEqual({ count: 1205, type: { like: 1205 } });
    const page = `mentions.jf2?per-page=500&page=2&target[]=${encodeURIComponent(HELLO)}&wm-property=like-of`;
    expect(await api(page)).toMatchObject({
      paging: { total: 1205, "total-pages": 3, page: 2, "per-page": 500 },
    });
    expect(
      (await api(`mentions.jf2?target=${encodeURIComponent(`${BLOG}posts/none/`)}`))["children"],
    ).toEqual([]);
    const { children } = (await api("mentions.jf2?per-page=99999999999999999999&sort-by=x&since=y")) as {
      children: unknown[];
    };
    expect(children).toHaveLength(20);
  });
});
