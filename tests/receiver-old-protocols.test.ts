/** TrackBack T1 to T7 and Pingback P1 to P5 in docs/receiver.md. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ADAPTERS, type TestDatabase } from "./receiver-support/databases.ts";
import { CLOSED, HELLO, SITE, startReceiver, type TestReceiver } from "./receiver-support/receiver.ts";

test("while the posts can't be loaded, each protocol reports it in its own format", async () => {
  const broken = () => Promise.reject(new Error("content/ has an error"));
  const posts = { byUrl: broken, bySlug: broken, tags: broken };
  await using receiver = await startReceiver(await ADAPTERS.SQLite(), { posts, hasWorker: false });
  const trackback = await receiver.post("/trackback/hello", { url: "https://a.example/" });
  expect(await trackback.text()).toContain("<response><error>1</error><message>The receiver had an error");
  const value = (text: string) => `<param><value>${text}</value></param>`;
  const pingback = await receiver.get("/pingback", {
    method: "POST",
    body: `<methodCall><methodName>pingback.ping</methodName><params>${value("https://a.example/")}${value(HELLO)}</params></methodCall>`,
  });
  expect(await pingback.text()).toContain("<name>faultCode</name><value><int>0</int></value>");
  const mention = await receiver.post("/webmention", { source: "https://a.example/", target: HELLO });
  expect([mention.status, await mention.text()]).toEqual([500, expect.stringContaining("try again later")]);
  const api = await receiver.get(`/api/mentions.jf2?target=${encodeURIComponent(HELLO)}`);
  expect([api.status, await api.json()]).toMatchObject([500, { error: "server_error" }]);
  const comment = await receiver.get("/comment?post=hello", { headers: { accept: "text/html" } });
  expect([comment.status, await comment.text()]).toEqual([500, expect.stringContaining("<h1>Error</h1>")]);
});

describe.each(Object.entries(ADAPTERS))("stored in %s", (name, open) => {
  let opened: TestDatabase;
  let receiver: TestReceiver;

  beforeAll(async () => {
    opened = await open();
    receiver = await startReceiver(opened);
  });
  afterAll(async () => {
    await receiver[Symbol.asyncDispose]();
    if (name === "D1") await opened.close();
  });

  const held = async (source: string) =>
    (await receiver.responses()).find(({ record }) => record["wm-source"] === source)?.record;

  describe("a trackback", () => {
    const OK = '<?xml version="1.0" encoding="utf-8"?>\n<response><error>0</error></response>\n';

    test("T1, T2: with all parameters succeeds and is pending", async () => {
      const url = receiver.linking("/t1");
      const answer = await receiver.post("/trackback/hello", {
        url,
        title: "A <b>title",
        excerpt: "What I think\u0000 of it",
        blog_name: "Ann's",
      });
      expect(answer.headers.get("content-type")).toMatch(/^text\/xml/);
      expect(await answer.text()).toBe(OK);
      await expect.poll(() => held(url)).toBeDefined();
      expect(await held(url)).toMatchObject({
        "wm-protocol": "trackback",
        name: "A <b>title",
        site: "Ann's",
        author: { name: "Ann's" },
        content: { text: "What I think of it" },
      });
    });

    test("T1: is decoded in the charset that the client of 2004 declares", async () => {
      const url = receiver.linking("/t1-latin");
      const body = `url=${encodeURIComponent(url)}&title=Caf%E9&excerpt=%FCber`;
      const headers = { "content-type": "application/x-www-form-urlencoded; charset=ISO-8859-1" };
      const answer = await fetch(`${receiver.origin}/trackback/hello`, { method: "POST", body, headers });
      expect(await answer.text()).toBe(OK);
      await expect.poll(() => held(url)).toBeDefined();
      expect(await held(url)).toMatchObject({ name: "Café", content: { text: "über" } });
    });

    test("to a URL with a trailing slash is accepted", async () => {
      const url = receiver.linking("/t-slash");
      expect(await (await receiver.post("/trackback/hello/", { url })).text()).toBe(OK);
      await expect.poll(() => held(url)).toBeDefined();
    });

    test("T2: with only the URL is accepted", async () => {
      const url = receiver.linking("/t2");
      expect(await (await receiver.post("/trackback/hello", { url })).text()).toBe(OK);
      await expect.poll(() => held(url)).toMatchObject({ author: { name: "127.0.0.1" } });
    });

    test.each([
      ["no address", "/trackback/hello", {}, "url is missing"],
      ["an address that is none", "/trackback/hello", { url: "x" }, "http"],
      ["no post", "/trackback/none", { url: "https://a.example/" }, "no such post"],
      ["a closed post", "/trackback/closed", { url: "https://a.example/" }, "no more responses"],
    ])("T2, T3: with %s gets an error in XML", async (_what, path, fields, message) => {
      const text = await (await receiver.post(path, fields)).text();
      expect(text).toMatch(
        /^<\?xml version="1\.0" encoding="utf-8"\?>\n<response><error>1<\/error><message>/,
      );
      expect(text).toContain(message);
    });

    test("T6: whose source doesn't link back is never stored", async () => {
      const url = receiver.page("/t6", `<p>Buy this: ${HELLO}`);
      await receiver.post("/trackback/hello", { url, title: "x" });
      await expect.poll(() => receiver.seen.some((request) => request.url === "/t6")).toBe(true);
      await expect.poll(async () => (await opened.database.all("SELECT id FROM job")).length).toBe(0);
      expect(await held(url)).toBeUndefined();
    });

    test.each(["/trackback/hello?url=https://a.example/", "/trackback/hello?__mode=rss"])(
      "T7: with GET is refused: %s",
      async (path) => {
        const answer = await receiver.get(path);
        expect([answer.status, await answer.text()]).toEqual([
          405,
          expect.stringContaining("<error>1</error>"),
        ]);
      },
    );
  });

  describe("a pingback", () => {
    const call = (source: string, target: string, method = "pingback.ping") =>
      `<?xml version="1.0"?><methodCall><methodName>${method}</methodName><params><param><value><string>${source}</string>` +
      `</value></param><param><value>${target}</value></param></params></methodCall>`;
    const send = async (body: string) => {
      const headers = { "content-type": "text/xml" };
      const answer = await fetch(`${receiver.origin}/pingback`, { method: "POST", body, headers });
      const text = await answer.text();
      expect(answer.headers.get("content-type")).toMatch(/^text\/xml/);
      const code = /<name>faultCode<\/name><value><int>(\d+)<\/int>/.exec(text)?.[1];
      return { code: code === undefined ? null : Number(code), text };
    };

    test("P3: gets a string as response when its source links, and is pending", async () => {
      const source = receiver.linking("/p3", HELLO, "<title>Ping</title>");
      const { code, text } = await send(call(source, HELLO));
      expect(code).toBeNull();
      expect(text).toMatch(/<methodResponse><params><param><value><string>Accepted/);
      expect(await held(source)).toMatchObject({ "wm-protocol": "pingback", name: "Ping" });
    });

    test("P4, 48: is already registered the second time", async () => {
      const source = receiver.linking("/p48");
      await send(call(source, HELLO));
      expect((await send(call(source, HELLO))).code).toBe(48);
    });

    test.each([
      [16, "a source that doesn't exist", () => [`${receiver.linking("/x").slice(0, -2)}/missing`, HELLO]],
      [16, "a source that is no address", () => ["nonsense", HELLO]],
      [17, "a source without the link", () => [receiver.page("/p17", "<p>x"), HELLO]],
      [32, "a target that doesn't exist", () => ["https://a.example/", `${SITE}posts/none/`]],
      [33, "a target that takes no responses", () => ["https://a.example/", CLOSED]],
      [33, "a target that is the source", () => [HELLO, HELLO]],
      [49, "a source on the receiver itself", () => ["http://127.0.0.1:1/comment/x", HELLO]],
      [50, "a source with an error", () => [receiver.page("/p50", { status: 503 }), HELLO]],
    ] as const)("P4, %d: with %s", async (code, _what, pair) => {
      const [source, target] = pair();
      expect((await send(call(source ?? "", target ?? ""))).code).toBe(code);
    });

    test.each([
      ["another method", call("a", "b", "system.listMethods")],
      [
        "one parameter",
        "<methodCall><methodName>pingback.ping</methodName><params><param><value>a</value></param></params></methodCall>",
      ],
      [
        "a number",
        `<methodCall><methodName>pingback.ping</methodName><params><param><value><int>1</int></value></param><param><value>b</value></param></params></methodCall>`,
      ],
      ["no XML", "pingback"],
      ["nothing", ""],
      ["a DOCTYPE", `<!DOCTYPE x [<!ENTITY a "${HELLO}">]>${call("&a;", HELLO)}`],
      ["an entity of its own", call("&file;", HELLO)],
      ["a thousand elements", `<methodCall>${"<a>".repeat(1000)}`],
    ])("P4, 0: with %s", async (_what, body) => {
      expect((await send(body)).code).toBe(0);
    });

    test("P5: is refused before parsing if it's large", async () => {
      expect((await send(call("x".repeat(9000), HELLO))).code).toBe(0);
      const answer = await fetch(`${receiver.origin}/pingback`, { method: "POST", body: "x".repeat(66_000) });
      expect(answer.status).toBe(413);
    });
  });
});
