/** Individual malformed requests, each with the receiver's response; none causes an internal error. */
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ADAPTERS, type TestDatabase } from "./receiver-support/databases.ts";
import { HELLO, SITE, startReceiver, TOKEN, type TestReceiver } from "./receiver-support/receiver.ts";

const FORM = "application/x-www-form-urlencoded";
const SOURCE = "https://a.example/post";
const encoded = encodeURIComponent;
const pair = (source = SOURCE, target = HELLO) => `source=${encoded(source)}&target=${encoded(target)}`;

describe.each(Object.entries(ADAPTERS))("stored in %s", (name, open) => {
  let opened: TestDatabase;
  let receiver: TestReceiver;
  const log: string[] = [];

  beforeAll(async () => {
    opened = await open();
    receiver = await startReceiver(opened, { hasWorker: false, log: (line) => log.push(line) });
  });
  afterAll(async () => {
    expect(log).toEqual([]);
    expect((await receiver.get("/")).status).toBe(200);
    await receiver[Symbol.asyncDispose]();
    if (name === "D1") await opened.close();
  });

  /**
   * Sends raw bytes.
   * @param isWhole false closes the connection after them.
   * @returns the status, 0 when there was none, and the complete response.
   */
  function raw(
    bytes: string | Buffer,
    isWhole = true,
  ): Promise<{ readonly status: number; readonly text: string }> {
    return new Promise((resolve) => {
      let answer = "";
      const socket = connect(receiver.running.port, "127.0.0.1", () => {
        socket.write(bytes);
        if (!isWhole) socket.destroySoon();
      });
      socket.on("data", (part) => (answer += part.toString("latin1")));
      socket.on("error", () => undefined);
      socket.on("close", () => {
        expect(answer).not.toMatch(/\n\s+at .*\.(?:ts|js):\d+/);
        resolve({ status: Number(/^HTTP\/1\.[01] (\d+)/.exec(answer)?.[1] ?? 0), text: answer });
      });
    });
  }

  async function send(path: string, init: RequestInit = {}) {
    const answer = await fetch(receiver.origin + path, { redirect: "manual", ...init });
    const text = await answer.text();
    expect(text).not.toMatch(/\n\s+at .*\.(?:ts|js):\d+/);
    return { status: answer.status, text, headers: answer.headers };
  }

  const post = (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    send(path, { method: "POST", body, headers: { "content-type": FORM, ...headers } });

  describe("POST /webmention", () => {
    test.each([
      ["a charset that isn't one", pair(), `${FORM}; charset=utf-7`, 400],
      ["a charset in quotation marks", pair("https://a.example/q"), `${FORM}; charset="utf-8"`, 201],
      ["a type in capitals", pair("https://a.example/caps"), FORM.toUpperCase(), 201],
      ["two types in one header", pair(), `text/plain, ${FORM}`, 400],
      ["a type that only begins like a form's", pair(), `${FORM}x`, 400],
      ["a target of which the case differs in the path", pair(SOURCE, `${SITE}POSTS/hello/`), FORM, 400],
      ["a target in capitals", pair("https://a.example/t1", "HTTPS://ME.EXAMPLE/posts/hello/"), FORM, 201],
      ["a target with dots in its path", pair("https://a.example/t2", `${SITE}x/../posts/hello/`), FORM, 201],
      [
        "a target with backslashes",
        pair("https://a.example/t3", "https:\\\\me.example\\posts\\hello\\"),
        FORM,
        201,
      ],
      ["a target with two slashes", pair("https://a.example/t4", `${SITE}/posts/hello/`), FORM, 201],
      ["a target on another port", pair(SOURCE, "https://me.example:8443/posts/hello/"), FORM, 400],
      ["a target below the post", pair(SOURCE, `${HELLO}more/`), FORM, 400],
      [
        "a target on a host that only ends like ours",
        pair(SOURCE, "https://notme.example/posts/hello/"),
        FORM,
        400,
      ],
      [
        "a target on a host that begins like ours",
        pair(SOURCE, "https://me.example.evil.example/posts/hello/"),
        FORM,
        400,
      ],
      ["the home page as target", pair(SOURCE, SITE), FORM, 400],
      ["the comment form as source", pair("http://127.0.0.1:1/comment/1"), FORM, 400],
      ["line breaks in the source", pair("https://a.example/\r\nset-cookie: a=b"), FORM, 201],
      ["NUL in the source", pair("https://a.\u0000example/"), FORM, 400],
      ["a source of 60,000 characters", pair(`https://a.example/${"x".repeat(60_000)}`), FORM, 400],
      ["a source with a port beyond all ports", pair("https://a.example:99999/"), FORM, 400],
      ["a source without a host", pair("https:///"), FORM, 400],
      ["a source in a script of its own", pair("https://пример.example/ü 😀"), FORM, 201],
      ["data as source", pair("data:text/html,<a href=x>"), FORM, 400],
      ["a file as source", pair("file:///etc/passwd"), FORM, 400],
      [
        "bytes that are no UTF-8",
        `source=https%3A%2F%2Fa.example%2F%ff%fe&target=${encoded(HELLO)}`,
        FORM,
        201,
      ],
      ["percent signs that encode nothing", "source=%zz%&target=%", FORM, 400],
      ["names with brackets", `source[]=${encoded(SOURCE)}&target[]=${encoded(HELLO)}`, FORM, 400],
      ["names in capitals", pair().replace("source", "Source"), FORM, 400],
      ["separators alone", "&&&===&&;;", FORM, 400],
      ["a thousand names", `${"a=1&".repeat(1000)}${pair("https://a.example/1000")}`, FORM, 201],
      [
        "names of JavaScript's objects",
        `__proto__=1&constructor=2&toString=3&${pair("https://a.example/js")}`,
        FORM,
        201,
      ],
      ["an empty code", `${pair()}&code=`, FORM, 400],
      ["a vouch that runs", `${pair()}&vouch=javascript:alert(1)`, FORM, 400],
      ["a vouch from nowhere known", `${pair()}&vouch=${encoded("https://nowhere.example/")}`, FORM, 400],
    ])("with %s", async (_what, body, type, status) => {
      const answer = await post("/webmention", body, { "content-type": type });
      expect([answer.status, answer.text]).toEqual([status, expect.any(String)]);
      expect(answer.headers.get("set-cookie")).toBeNull();
      if (status === 201)
        expect(answer.headers.get("location")).toMatch(/^http:\/\/127\.0\.0\.1:1\/status\/\w+$/);
    });

    test("with its parameters in the URL", async () => {
      expect((await post(`/webmention?${pair()}`, "")).status).toBe(400);
    });

    test.each([
      "/webmention/",
      "//webmention",
      "/WEBMENTION",
      "/webmention%00",
      "/./x/webmention",
      "/webmention;a",
    ])("at %s, which is a different URL", async (path) => {
      expect((await raw(form(path, pair()))).status).toBe(404);
    });

    test.each(["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])("by %s", async (method) => {
      expect((await send("/webmention", { method })).status).toBe(405);
    });

    test("with another site's Host header, which no response repeats", async () => {
      for (const more of [
        "Host: evil.example",
        "Host: x\r\nX-Forwarded-Host: evil.example",
        "Host: x\r\nForwarded: host=evil.example",
      ]) {
        const { status, text } = await raw(form("/webmention", pair("https://a.example/host"), more));
        expect(status).toBe(201);
        expect(text).not.toContain("evil");
      }
      const absolute = await raw(form("http://evil.example/webmention", pair("https://a.example/host")));
      expect(absolute.text).not.toContain("evil");
      expect(absolute.status).toBe(201);
    });
  });

  const form = (path: string, body: string, host = "Host: x") =>
    `POST ${path} HTTP/1.1\r\n${host}\r\nConnection: close\r\nContent-Type: ${FORM}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

  describe("HTTP", () => {
    const chunked = (body: string) =>
      `POST /webmention HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: ${FORM}\r\nTransfer-Encoding: chunked\r\n\r\n${body}`;
    const chunks = (text: string, size: number) =>
      `${(text.match(new RegExp(`.{1,${size}}`, "gs")) ?? []).map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join("")}0\r\n\r\n`;

    test.each([
      ["a body in chunks of one byte", chunked(chunks(pair("https://a.example/chunks"), 1)), 201],
      ["a body of chunks beyond 64 KB", chunked(chunks(`source=${"x".repeat(70_000)}`, 5000)), 413],
      ["a chunk of negative length", chunked("-5\r\nx\r\n0\r\n\r\n"), 400],
      ["a chunk that is longer than it says", chunked("1\r\nxxxx\r\n0\r\n\r\n"), 400],
      ["two lengths", form("/webmention", pair()).replace("\r\n\r\n", "\r\nContent-Length: 1\r\n\r\n"), 400],
      [
        "a length and chunks",
        form("/webmention", pair()).replace("\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n"),
        400,
      ],
      [
        "a length that is no number",
        form("/webmention", pair()).replace(/Content-Length: \d+/, "Content-Length: x"),
        400,
      ],
      ["headers of 20 KB", `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${"a".repeat(20_000)}\r\n\r\n`, 431],
      ["a header without a name", "GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n", 400],
      ["a line break in a header", "GET / HTTP/1.1\r\nHost: x\r\nX: a\n b\r\n\r\n", 400],
      ["no host", "GET / HTTP/1.1\r\n\r\n", 400],
      ["a host with spaces", "GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n", 400],
      ["HTTP of another century", "GET / HTTP/0.9\r\n\r\n", 400],
      ["HTTP/2 without asking", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400],
      ["TLS", Buffer.from("16030100a5010000a10303", "hex"), 400],
      ["no HTTP at all", "Hello?\r\n\r\n", 400],
      [
        "a way out of the folder",
        "GET /../../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        404,
      ],
      [
        "an encoded way out",
        "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        404,
      ],
      ["a path with NUL", "GET /%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404],
      [
        "a path with half a character",
        "GET /status/%F0%9F HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        404,
      ],
      ["a percent sign alone", "GET /trackback/% HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405],
      [
        "an offer of websockets",
        "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n",
        200,
      ],
    ])("with %s", async (_what, text, status) => {
      expect(await raw(text)).toMatchObject({ status });
    });

    test("a request that ends in the middle of its body stores nothing", async () => {
      const whole = form("/webmention", pair("https://a.example/broken"));
      await raw(whole.slice(0, -10), false);
      expect(await opened.database.all("SELECT 1 FROM notification WHERE source LIKE '%broken%'")).toEqual(
        [],
      );
    });

    test("is served while 900 connections are silent", async () => {
      const silent = Array.from({ length: 900 }, () => connect(receiver.running.port, "127.0.0.1"));
      await Promise.all(silent.map((socket) => new Promise((resolve) => socket.once("connect", resolve))));
      expect((await send("/health")).status).toBe(200);
      for (const socket of silent) socket.destroy();
    });
  });

  describe("POST /trackback", () => {
    test.each([
      ["__proto__", "url=https://a.example/", "no such post"],
      ["constructor", "url=https://a.example/", "no such post"],
      ["hello%00", "url=https://a.example/", "no such post"],
      ["..%2fhello", "url=https://a.example/", "no such post"],
      ["%E0%A4%A", "url=https://a.example/", "no such post"],
      ["hello", "url=javascript:alert(1)", "http"],
      ["hello", "url=%FF%FE", "http"],
      ["hello", "title=Only+a+title", "url is missing"],
      ["hello", "url=&url=https://a.example/", "url is missing"],
    ])("to %s with %s is an error in XML", async (slug, body, message) => {
      const answer = await post(`/trackback/${slug}`, body);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/xml; charset=utf-8"]);
      expect(answer.text).toMatch(
        /^<\?xml version="1\.0" encoding="utf-8"\?>\n<response><error>1<\/error><message>/,
      );
      expect(answer.text).toContain(message);
    });

    test.each([
      ["", 405],
      ["hello/more", 405],
    ])("to /trackback/%s is refused", async (slug, status) => {
      expect((await post(`/trackback/${slug}`, "url=https://a.example/")).status).toBe(status);
    });

    test("with a file is an error in XML", async () => {
      const body = "--x\r\ncontent-disposition: form-data; name=url\r\n\r\nhttps://a.example/\r\n--x--\r\n";
      const answer = await post("/trackback/hello", body, {
        "content-type": "multipart/form-data; boundary=x",
      });
      expect(answer.text).toContain("<error>1</error>");
    });
  });

  describe("POST /pingback", () => {
    const value = (text: string) => `<param><value><string>${text}</string></value></param>`;
    const call = (inside: string, method = "pingback.ping") =>
      `<?xml version="1.0"?><methodCall><methodName>${method}</methodName><params>${inside}</params></methodCall>`;

    test.each([
      ["WordPress' amplifier", call(value("a") + value("b"), "system.multicall")],
      ["another method of WordPress", call(value("a"), "wp.getUsersBlogs")],
      ["three parameters", call(value("a") + value(HELLO) + value("c"))],
      ["a call in a namespace", call(value("a") + value(HELLO)).replaceAll("methodCall", "x:methodCall")],
      [
        "a structure for an address",
        call(`<param><value><struct><member/></struct></value></param>${value(HELLO)}`),
      ],
      [
        "base64 for an address",
        call(`<param><value><base64>aHR0cHM6Ly9h</base64></value></param>${value(HELLO)}`),
      ],
      [
        "a thousand laughs",
        `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>${call(value("&b;") + value(HELLO))}`,
      ],
      [
        "a file as an entity",
        `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${call(value("&a;") + value(HELLO))}`,
      ],
      ["two documents", call(value("a") + value(HELLO)).repeat(2)],
      ["JSON", '{"methodName":"pingback.ping"}'],
    ])("with %s is a general fault", async (_what, body) => {
      const answer = await post("/pingback", body, { "content-type": "text/xml" });
      expect([answer.status, answer.text]).toEqual([200, expect.stringContaining("<int>0</int>")]);
      expect(answer.text).not.toMatch(/root:|haha/);
    });

    test("with a compressed body, or one in UTF-16, is a general fault", async () => {
      const text = call(value(SOURCE) + value(HELLO));
      for (const body of [gzipSync(text), Buffer.from(`\uFEFF${text}`, "utf16le")]) {
        const answer = await post("/pingback", Uint8Array.from(body), {
          "content-type": "text/xml",
          "content-encoding": "gzip",
        });
        expect(answer.text).toContain("<int>0</int>");
      }
    });
  });

  describe("comments", () => {
    test.each([
      ["a name of invisible characters", { name: "\u200B\u2060\u202E" }, 400],
      ["a text of invisible characters", { text: "\u200B\u00AD\u2060" }, 400],
      ["an address that is a script", { url: "java\nscript:alert(1)" }, 400],
      ["an address with a password", { url: "https://me:secret@a.example/" }, 400],
      ["a post that is a path", { post: "../closed" }, 404],
      ["a post that is a word of JavaScript", { post: "__proto__" }, 404],
      ["no post", { post: "" }, 404],
      ["a confirmation from the future", { confirmation: "99999999999999.abc" }, 200],
      ["a confirmation that is no number", { confirmation: "1e3.abc" }, 200],
      ["an empty confirmation", { confirmation: "" }, 200],
      ["a reply to a script", { "reply-to": "javascript:alert(1)" }, 200],
    ])("with %s", async (_what, fields, status) => {
      const body = new URLSearchParams({ post: "hello", name: "Ann", text: "Text", ...fields }).toString();
      const answer = await post("/comment", body, { accept: "text/html" });
      expect(answer.status).toBe(status);
      expect(answer.text).not.toContain("javascript:");
      expect(await receiver.responses()).toEqual([]);
    });

    test.each([
      "/comment/%00/edit?key=x",
      "/comment/..%2f..%2fmoderate/edit",
      "/comment/1/edit",
      `/comment/x/edit?key=${"k".repeat(8000)}`,
      "/comment/'%20OR%201=1--/edit?key=x",
      "/comment?post=hello'%20OR%20''='",
      "/comment/1",
    ])("at %s don't exist", async (path) => {
      expect((await send(path)).status).toBe(404);
      const changed = await post(path.replace("?post=", "/"), "withdraw=yes");
      expect(changed.status).toBe(path.includes("/edit") ? 404 : 405);
    });
  });

  describe("the API", () => {
    test.each([
      "mentions.jf2?since_id=-1&per-page=0&page=-1",
      "mentions.jf2?since_id=9223372036854775808&per-page=1e9",
      "mentions.jf2?since=%2B275760-09-13T00:00:00.001Z&sort-by=__proto__&sort-dir=sideways",
      `mentions.jf2?${"wm-property[]=like-of&".repeat(60)}`,
      `mentions.jf2?${`target[]=${encoded(HELLO)}&`.repeat(60)}`,
      `mentions.jf2?${Array.from({ length: 150 }, (_, at) => `wm-property[]=x${at}`).join("&")}`,
      `count?${Array.from({ length: 150 }, (_, at) => `target[${at}]=${encoded(HELLO)}`).join("&")}`,
      "mentions.jf2?target[x]=1&target[]]=1&target[0][0]=1&wm-property[__proto__]=1",
      "mentions.jf2?target=//&target=///me.example/&target=//me.example:99999/",
      "links.json?perPage=-1&per-page=1.5&since=0",
      "deleted.jf2?target=javascript:alert(1)&per-page=1000000",
      "mentions.jf2?target=javascript:alert(1)&target=",
      "mentions.jf2?wm-property=';DROP TABLE response;--",
      "mentions?callback=alert",
      "count?target=%F0%9F",
      "deleted.jf2?since_id=NaN&page=99999999999999999999",
    ])("responds to %s with JSON", async (path) => {
      const answer = await send(`/api/${path}`);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([
        200,
        expect.stringMatching(/^application\/json/),
      ]);
      expect(answer.headers.get("access-control-allow-origin")).toBe("*");
      JSON.parse(answer.text);
    });

    test.each([
      ["Bearer"],
      ["Bearer  "],
      ["Basic YTpi"],
      [`Bearer ${TOKEN}x`],
      [`Bearer ${TOKEN.toUpperCase()}`],
      [`Bearer ${TOKEN} ${TOKEN}`],
      [TOKEN],
    ])("refuses operator data to %s", async (authorization) => {
      for (const path of ["/metrics", "/api/export.jf2"]) {
        const answer = await send(path, { headers: { authorization } });
        // https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2
        expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
      }
      expect((await send(`/metrics?token=${TOKEN}&access_token=${TOKEN}`)).status).toBe(401);
    });
  });

  describe("the moderation page", () => {
    const signIn = async (next: string) =>
      await post("/moderate/sign-in", new URLSearchParams({ token: TOKEN, next }).toString());

    test.each([
      "//evil.example",
      "/\\evil.example",
      "https://evil.example/",
      "/moderate/../x",
      "javascript:alert(1)",
      "/auth\n",
    ])("doesn't redirect to other sites after signing in: %j", async (next) => {
      const answer = await signIn(next);
      expect([answer.status, answer.headers.get("location")]).toEqual([303, "/moderate"]);
      receiver.pass(11 * 60_000);
    });

    test("refuses invalid decisions and invalid domains", async () => {
      const cookie = ((await signIn("")).headers.get("set-cookie") ?? "").split(";")[0] ?? "";
      for (const query of [
        "?page=-1",
        "?page=1e309",
        "?page=99999999999999999999",
        "?status=__proto__",
        "?status=deleted&page=x",
      ]) {
        const page = await send(`/moderate${query}`, { headers: { cookie } });
        expect(page.status).toBe(200);
      }
      const page = await send("/moderate", { headers: { cookie } });
      const token = /name="form-token" value="([^"]+)"/.exec(page.text)?.[1] ?? "";
      const act = async (path: string, fields: Record<string, string>) =>
        (await post(path, new URLSearchParams({ "form-token": token, ...fields }).toString(), { cookie }))
          .status;
      for (const fields of [
        { id: "1.5", status: "approved" },
        { id: "x", status: "approved" },
        { id: "1", status: "__proto__" },
        { id: "1" },
      ])
        expect(await act("/moderate/decide", fields)).toBe(400);
      for (const domain of [
        "",
        "*.example",
        "a b",
        "a..b",
        "-",
        "https://a.example/",
        "a.example:80",
        ".example",
        `${"a".repeat(300)}.example`,
      ])
        expect([domain, await act("/moderate/rule", { domain, action: "block" })]).toEqual([domain, 400]);
      expect(await act("/moderate/rule", { domain: "A.example", action: "explode" })).toBe(400);
      expect(await opened.database.all("SELECT * FROM rule")).toEqual([]);
      expect(await act("/moderate/rule", { domain: "WWW.Ü.example.", action: "block" })).toBe(303);
      expect(await opened.database.all("SELECT * FROM rule")).toEqual([
        { domain: "xn--tda.example", action: "block" },
      ]);
    });

    test.each([
      `session=${"a".repeat(8000)}`,
      "session=....",
      "session=9999999999999.x..",
      "session=NaN.x..y",
      "session=%F0; session=%00",
      "__Host-session=9999999999999.x.y.z",
    ])("isn't shown to the cookie %s", async (cookie) => {
      expect((await send("/moderate", { headers: { cookie } })).status).toBe(401);
      expect((await post("/moderate/decide", "id=1&status=approved", { cookie })).status).toBe(401);
    });
  });
});
