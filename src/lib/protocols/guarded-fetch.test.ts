import { once } from "node:events";
import { createServer as createTcpServer } from "node:net";
import type { Socket } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { sendHtml, sendText, startServer } from "../../../tests/support/http-server.ts";
import type { GuardedClientOptions } from "./guarded-fetch.ts";
import { createGuardedClient } from "./guarded-fetch.ts";
import { isLoopbackAddress } from "./public-address.ts";

const siteUrl = "https://blog.example/";

function client(options: Partial<GuardedClientOptions> = {}) {
  return createGuardedClient({ siteUrl, allowLoopback: true, ...options });
}

describe("redirects", () => {
  it.each([
    "http://10.0.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::ffff:7f00:1]/",
    "http://0x7f.1.1.1.example.internal/",
    "//192.168.0.1/",
  ])("a public page can't send the client to %s", async (location) => {
    await using server = await startServer((_, response) => {
      response.writeHead(302, { location }).end();
    });
    await expect(client().fetch(`${server.origin}/`)).rejects.toMatchObject({ code: "blocked-address" });
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    ["file:///etc/passwd", "bad-scheme"],
    ["http://me:secret@127.0.0.1/", "credentials"],
    ["http://", "bad-redirect"],
  ])("a redirect to %s is refused as %s", async (location, code) => {
    await using server = await startServer((_, response) => {
      response.writeHead(301, { location }).end();
    });
    await expect(client().fetch(`${server.origin}/`)).rejects.toMatchObject({ code });
  });

  it("follows and lists five redirects, including relative ones", async () => {
    await using server = await startServer(({ url }, response) => {
      const hop = Number(url.slice(1));
      if (hop < 5) response.writeHead(302, { location: String(hop + 1) }).end("x".repeat(5000));
      else sendText(response, "there");
    });
    const answer = await client().fetch(`${server.origin}/0`);
    expect(answer.url).toBe(`${server.origin}/5`);
    expect(answer.redirects).toEqual([0, 1, 2, 3, 4].map((hop) => `${server.origin}/${hop}`));
    expect(answer.text()).toBe("there");
  });

  it("gives up on endless redirects after five", async () => {
    await using server = await startServer(({ url }, response) => {
      response.writeHead(302, { location: `${url}x` }).end();
    });
    await expect(client().fetch(`${server.origin}/`)).rejects.toMatchObject({ code: "too-many-redirects" });
    expect(server.seen).toHaveLength(6);
  });

  it("follows an unescaped UTF-8 address in the header", async () => {
    await using server = await startServer(({ url }, response) => {
      if (url !== "/") sendText(response, decodeURI(url));
      else response.writeHead(302, { location: Buffer.from("/grüße").toString("latin1") }).end();
    });
    expect((await client().fetch(`${server.origin}/`)).text()).toBe("/grüße");
  });

  it.each([
    [301, "POST", "a=1"],
    [302, "POST", "a=1"],
    [307, "POST", "a=1"],
    [308, "POST", "a=1"],
    [303, "GET", ""],
  ])("after %i a notification arrives as %s", async (status, method, body) => {
    await using server = await startServer(({ url }, response) => {
      if (url === "/new") sendText(response, "ok");
      else response.writeHead(status, { location: "/new" }).end();
    });
    const form = { type: "application/x-www-form-urlencoded", content: "a=1" };
    await client().fetch(`${server.origin}/`, { method: "POST", body: form });
    expect(server.seen[1]).toMatchObject({ method, body });
  });

  it("never sends a token to a redirect target", async () => {
    await using other = await startServer((_, response) => sendText(response, "thanks"));
    await using server = await startServer((_, response) => {
      response.writeHead(302, { location: other.origin }).end();
    });
    await expect(client().fetch(server.origin, { bearer: "secret" })).rejects.toMatchObject({
      code: "bad-redirect",
    });
    expect(server.seen[0]?.headers.authorization).toBe("Bearer secret");
    expect(other.seen).toHaveLength(0);
  });
});

describe("names", () => {
  it("a name isn't resolved again between check and connection, so DNS rebinding fails", async () => {
    await using server = await startServer((_, response) => sendText(response, "inner secret"));
    const answers = [["192.0.2.1"], ["127.0.0.1"]];
    const asked: string[] = [];
    const resolve = (name: string) => {
      asked.push(name);
      return Promise.resolve(answers.shift() ?? []);
    };
    const url = `http://rebinding.example:${server.port}/`;
    await expect(client({ resolve }).fetch(url)).rejects.toMatchObject({ code: "blocked-address" });
    expect(asked).toEqual(["rebinding.example"]);
    expect(server.seen).toHaveLength(0);
  });

  it("connects to the address that was checked, whatever the name resolves to elsewhere", async () => {
    await using server = await startServer(({ headers }, response) => sendText(response, headers.host ?? ""));
    let asked = 0;
    const resolve = () => Promise.resolve(++asked === 1 ? ["127.0.0.1"] : ["10.0.0.1"]);
    const answer = await client({ resolve }).fetch(`http://pinned.example:${server.port}/`);
    expect(answer.text()).toBe(`pinned.example:${server.port}`);
    expect(asked).toBe(1);
  });

  it("each redirect resolves its own name once and is checked again", async () => {
    await using server = await startServer(({ headers, url }, response) => {
      response
        .writeHead(302, { location: `http://${url === "/" ? "second" : "third"}.${headers.host}/x` })
        .end();
    });
    const asked: string[] = [];
    const resolve = (name: string) => {
      asked.push(name);
      return Promise.resolve([name.startsWith("third") ? "10.1.2.3" : "127.0.0.1"]);
    };
    const url = `http://first.example:${server.port}/`;
    await expect(client({ resolve }).fetch(url)).rejects.toMatchObject({ code: "blocked-address" });
    expect(asked).toEqual(["first.example", "second.first.example", "third.second.first.example"]);
  });

  it("tries the second address if the first one is unreachable", async () => {
    await using server = await startServer((_, response) => sendText(response, "v4"));
    const resolve = () => Promise.resolve(["::1", "127.0.0.1"]);
    expect((await client({ resolve }).fetch(`http://both.example:${server.port}/`)).text()).toBe("v4");
  });

  it("reports a name that doesn't resolve", async () => {
    const resolve = () => Promise.reject(new Error("ENOTFOUND"));
    await expect(client({ resolve }).fetch("http://nowhere.example/")).rejects.toMatchObject({
      code: "dns",
      isTransient: true,
    });
  });

  it("the timeout includes DNS lookups", async () => {
    const resolve = () => new Promise<never>(() => undefined);
    const asking = client({ resolve, timeoutMs: 50 }).fetch("http://silent.example/");
    await expect(asking).rejects.toMatchObject({ code: "timeout" });
  });

  it("without the test setting, a server on loopback gets no request", async () => {
    await using server = await startServer((_, response) => sendText(response, "secret"));
    const strict = createGuardedClient({ siteUrl });
    for (const host of ["127.0.0.1", "localhost", "127.0.0.1.example"]) {
      const url = `http://${host}:${server.port}/`;
      await expect(strict.fetch(url)).rejects.toMatchObject({
        code: expect.stringMatching(/^blocked-(address|port)$/),
      });
    }
    expect(server.seen).toHaveLength(0);
  });
});

describe("size", () => {
  const megabyte = 1024 * 1024;
  const bomb = Buffer.alloc(50 * megabyte);

  it.each([
    ["gzip", gzipSync(bomb)],
    ["br", brotliCompressSync(bomb)],
    ["deflate", deflateSync(bomb)],
    ["deflate", deflateRawSync(bomb)],
  ])("a %s bomb is refused, and cut at the limit where a part is enough", async (coding, body) => {
    await using server = await startServer((_, response) => {
      response.writeHead(200, { "content-encoding": coding }).end(body);
    });
    await expect(client().fetch(server.origin)).rejects.toMatchObject({ code: "too-large" });
    const part = await client().fetch(server.origin, { whenTooLarge: "truncate" });
    expect(part).toMatchObject({ status: 200, isTruncated: true });
    expect(part.bytes).toHaveLength(megabyte);
  });

  it("an endless body without a length is cut off", async () => {
    await using server = await startServer((_, response) => {
      const pump = () => {
        while (response.write(Buffer.alloc(65_536, "x")));
      };
      response.on("drain", pump);
      pump();
    });
    await expect(client().fetch(server.origin)).rejects.toMatchObject({ code: "too-large" });
    expect((await client().fetch(server.origin, { whenTooLarge: "truncate" })).bytes).toHaveLength(megabyte);
  });

  it("a body of exactly the maximum size isn't truncated", async () => {
    await using server = await startServer((_, response) => sendText(response, "x".repeat(1000)));
    expect(await client().fetch(server.origin, { maxBytes: 1000 })).toMatchObject({ isTruncated: false });
    await expect(client().fetch(server.origin, { maxBytes: 999 })).rejects.toMatchObject({
      code: "too-large",
    });
  });

  it("endless compressed data that expands to nothing is stopped", async () => {
    const empty = Buffer.concat(Array.from({ length: 4000 }, () => gzipSync("")));
    await using server = await startServer((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      const pump = () => {
        while (response.write(empty));
      };
      response.on("drain", pump);
      pump();
    });
    await expect(client({ maxBytes: 200_000 }).fetch(server.origin)).rejects.toMatchObject({
      code: "too-large",
    });
  });

  it.each(["gzip", "br", "deflate"])("half a page in %s is an error, not a page", async (coding) => {
    const page = Buffer.from(Array.from({ length: 999 }, (_, line) => `line ${line * 7919}`).join("\n"));
    const whole = { gzip: gzipSync(page), br: brotliCompressSync(page), deflate: deflateSync(page) }[coding];
    await using server = await startServer((_, response) => {
      response.writeHead(200, { "content-encoding": coding }).end(whole?.subarray(0, whole.length / 2));
    });
    await expect(client().fetch(server.origin)).rejects.toMatchObject({ code: "bad-encoding" });
  });

  it("a body shorter than its Content-Length is an error, not a page", async () => {
    await using server = await startServer((_, response) => {
      response.writeHead(200, { "content-length": "1000" }).write("half");
      response.socket?.end();
    });
    await expect(client().fetch(server.origin)).rejects.toMatchObject({ code: "network" });
  });

  it("a coding that wasn't offered, or two on top of each other, is refused", async () => {
    for (const coding of ["zstd", "gzip, gzip"]) {
      await using server = await startServer((_, response) => {
        response.writeHead(200, { "content-encoding": coding }).end(gzipSync("x"));
      });
      await expect(client().fetch(server.origin)).rejects.toMatchObject({ code: "bad-encoding" });
    }
  });

  it("doesn't read a video to find its Link header", async () => {
    await using server = await startServer((_, response) => {
      response.writeHead(200, { "content-type": "Video/MP4; x=1", link: "</wm>; rel=webmention" });
      response.write(Buffer.alloc(1000));
    });
    const wants = (type: string | null) => type === null || type.startsWith("text/");
    const answer = await client().fetch(server.origin, { wants });
    expect(answer).toMatchObject({ isSkipped: true, mediaType: "video/mp4" });
    expect(answer.header("Link")).toBe("</wm>; rel=webmention");
    await expect(client().fetch(server.origin, { wants, whenUnwanted: "fail" })).rejects.toMatchObject({
      code: "content-type",
    });
  });
});

describe("time", () => {
  it("a server that sends its body very slowly times out", async () => {
    await using server = await startServer((_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write("x"), 10);
      response.on("close", () => clearInterval(drip));
    });
    await expect(client({ timeoutMs: 150 }).fetch(server.origin)).rejects.toMatchObject({ code: "timeout" });
  });

  it("a server that sends its headers very slowly times out", async () => {
    await using server = await startTcp((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      const drip = setInterval(() => socket.write("x: y\r\n"), 10);
      socket.on("close", () => clearInterval(drip));
    });
    await expect(client({ timeoutMs: 150 }).fetch(server.origin)).rejects.toMatchObject({ code: "timeout" });
  });

  it("a server that accepts the connection but sends nothing times out", async () => {
    await using server = await startTcp(() => undefined);
    await expect(client({ timeoutMs: 50 }).fetch(server.origin)).rejects.toMatchObject({ code: "timeout" });
  });

  it("the timeout applies to the whole redirect chain, not to each hop", async () => {
    await using server = await startServer(({ url }, response) => {
      setTimeout(() => response.writeHead(302, { location: `${url}x` }).end(), 60);
    });
    await expect(client({ timeoutMs: 150 }).fetch(`${server.origin}/`)).rejects.toMatchObject({
      code: "timeout",
    });
    expect(server.seen.length).toBeLessThan(5);
  });

  it("the caller can abort the request", async () => {
    await using server = await startTcp(() => undefined);
    const stop = new AbortController();
    const asking = client().fetch(server.origin, { signal: stop.signal });
    stop.abort();
    await expect(asking).rejects.toMatchObject({ code: "aborted" });
    await expect(client().fetch(server.origin, { signal: stop.signal })).rejects.toMatchObject({
      code: "aborted",
    });
  });
});

describe("requests and responses", () => {
  it("identifies the blog, sends no cookies and keeps none", async () => {
    await using server = await startServer((_, response) => {
      response.writeHead(200, { "set-cookie": "id=1" }).end();
    });
    const one = client();
    await one.fetch(`${server.origin}/a?b=c#d`);
    await one.fetch(server.origin);
    expect(server.seen[0]?.url).toBe("/a?b=c");
    for (const { headers } of server.seen) {
      expect(headers["user-agent"]).toBe("Backfence (Webmention; +https://blog.example/)");
      expect(headers).not.toHaveProperty("cookie");
      expect(headers).not.toHaveProperty("authorization");
    }
  });

  it("returns all headers with the same name in order", async () => {
    await using server = await startServer((_, response) => {
      response.writeHead(404, ["Link", "<a>; rel=x", "LINK", "<b>; rel=y"]).end();
    });
    const answer = await client().fetch(server.origin);
    expect(answer.status).toBe(404);
    expect(answer.headers("link")).toEqual(["<a>; rel=x", "<b>; rel=y"]);
    expect(answer.header("x-none")).toBeNull();
  });

  it.each([
    ["the header's charset", "text/html; charset=iso-8859-1", Buffer.from("é", "latin1")],
    ["the header's charset in upper case", "text/html; charset=UTF-8", Buffer.from("é")],
    ["the byte order mark of UTF-8", "text/html", Buffer.from("\uFEFFé")],
    ["the byte order mark of UTF-16", "text/html", Buffer.from("\uFEFFé", "utf16le")],
    ["<meta charset>", "text/html", Buffer.from('<meta charset="windows-1252">é', "latin1")],
    [
      "<meta http-equiv>",
      "text/html",
      Buffer.from('<META http-equiv=content-type content="text/html; charset=latin1">é', "latin1"),
    ],
    ["UTF-8 if the header's charset is unknown", "text/html; charset=no-such", Buffer.from("é")],
    ["UTF-8 if the header is invalid", "nonsense", Buffer.from("é")],
    [
      "<meta charset> if the header's charset is unknown",
      "text/html; charset=no-such",
      Buffer.from("<meta charset=windows-1252>é", "latin1"),
    ],
    [
      "the second <meta charset> if the first is unknown",
      "text/html",
      Buffer.from("<meta charset=no-such><meta charset=windows-1252>é", "latin1"),
    ],
    ["UTF-8 if <meta charset> is unknown", "text/html", Buffer.from("<meta charset=no-such>é")],
    // A page whose `<meta>` can be read as ASCII is not UTF-16.
    ["UTF-8 if <meta charset> is UTF-16", "text/html", Buffer.from("<meta charset=utf-16>é")],
    ["UTF-8 if <meta charset> is UTF-16BE", "text/html", Buffer.from("<meta charset=' UTF-16BE '>é")],
    [
      "UTF-8 if <meta http-equiv> has a label of UTF-16",
      "text/html",
      Buffer.from('<meta http-equiv=content-type content="text/html; charset=unicode">é'),
    ],
    ["UTF-16 if only the header says so", "text/html; charset=utf-16", Buffer.from("é", "utf16le")],
    [
      "windows-1252 if <meta charset> is x-user-defined",
      "text/html",
      Buffer.from("<meta charset=X-User-Defined>é", "latin1"),
    ],
    // A `<meta charset>` inside JSON is content and doesn't set the charset.
    ["UTF-8 in JSON", "application/json", Buffer.from('"<meta charset=windows-1252>é')],
  ])("decodes a body by %s", async (_, type, bytes) => {
    await using server = await startServer((_, response) => {
      response.writeHead(200, { "content-type": type }).end(bytes);
    });
    expect((await client().fetch(server.origin)).text().endsWith("é")).toBe(true);
  });

  it("reports a response that isn't HTTP as a network error", async () => {
    await using server = await startTcp((socket) => socket.end("SSH-2.0-OpenSSH\r\n"));
    await expect(client().fetch(server.origin)).rejects.toMatchObject({ code: "network" });
  });

  it("reports a closed port as a network error", async () => {
    const server = await startServer((_, response) => sendHtml(response, ""));
    await server[Symbol.asyncDispose]();
    await expect(client().fetch(server.origin)).rejects.toMatchObject({ code: "network", isTransient: true });
  });
});

async function startTcp(onConnection: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    // Ignores errors from the client closing the connection, which these tests expect.
    socket.on("error", () => undefined);
    socket.on("data", () => undefined);
    onConnection(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port");
  expect(isLoopbackAddress(address.address)).toBe(true);
  return {
    origin: `http://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
