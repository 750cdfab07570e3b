import type { ServerResponse } from "node:http";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sendText, startServer } from "../../../tests/support/http-server.ts";
import type { SendProtocol } from "./discover.ts";
import { createGuardedClient } from "./guarded-fetch.ts";
import { parsePingbackAnswer, pingbackCall } from "./send-pingback.ts";
import { parseTrackbackAnswer } from "./send-trackback.ts";
import { sendNotice } from "./send.ts";
import { readXml, XmlError } from "./xml.ts";

const client = createGuardedClient({
  siteUrl: "https://blog.example/",
  allowLoopback: true,
  timeoutMs: 20_000,
});
const notice = {
  source: "https://blog.example/posts/hello/?a=1&b=2",
  target: "https://other.example/post?x=1&y=<z>#frag",
  title: "Grüße & Küsse",
  excerpt: "Erster Satz",
  blogName: "Ein Blog",
};

/** Sends the notice to a test server; returns the result and the requests received by the server. */
async function sendTo(
  protocol: SendProtocol,
  answer: (response: ServerResponse) => void,
  path = "/endpoint",
) {
  await using server = await startServer((_, response) => answer(response));
  const result = await sendNotice(
    { protocol, endpoint: server.origin + path, how: "link-header" },
    notice,
    client,
  );
  return { result, seen: server.seen };
}

const xml =
  (text: string, status = 200) =>
  (response: ServerResponse) => {
    response.writeHead(status, { "content-type": "text/xml" }).end(text);
  };

describe("webmention", () => {
  it("sends source and target unchanged as a form and keeps the endpoint's query", async () => {
    const { seen } = await sendTo(
      "webmention",
      (response) => sendText(response, "ok"),
      "/endpoint?version=1",
    );
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ method: "POST", url: "/endpoint?version=1" });
    expect(seen[0]?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect([...new URLSearchParams(seen[0]?.body)]).toEqual([
      ["source", notice.source],
      ["target", notice.target],
    ]);
  });

  it.each([200, 201, 202, 204, 299])("counts %i as accepted", async (status) => {
    const { result } = await sendTo("webmention", (response) => void response.writeHead(status).end());
    expect(result).toMatchObject({ outcome: "accepted", status });
  });

  it("the message has the receiver's status URL", async () => {
    const { result } = await sendTo("webmention", (response) => {
      response.writeHead(201, { location: "https://other.example/status/1" }).end();
    });
    expect(result.message).toContain("https://other.example/status/1");
  });

  it.each([
    [400, "refused"],
    [403, "refused"],
    [404, "refused"],
    [429, "failed"],
    [449, "failed"],
    [500, "failed"],
    [503, "failed"],
    [304, "failed"],
  ])("HTTP %i counts as %s: only temporary errors are retried", async (status, outcome) => {
    const { result } = await sendTo("webmention", (response) => void response.writeHead(status).end());
    expect(result).toMatchObject({ outcome, status });
  });

  it("an endpoint on a private network is refused permanently, an unreachable one is retried", async () => {
    const endpoint = { protocol: "webmention", how: "link-header" } as const;
    const inner = await sendNotice({ ...endpoint, endpoint: "http://10.0.0.1/wm" }, notice, client);
    expect(inner).toMatchObject({ outcome: "refused", status: null });
    const dead = await sendNotice({ ...endpoint, endpoint: "http://127.0.0.1:1/wm" }, notice, client);
    expect(dead).toMatchObject({ outcome: "failed", status: null });
  });

  it("the receiver's message is one line without control characters", async () => {
    const { result } = await sendTo("webmention", (response) =>
      sendText(response, "\n\u001B[31mno\u202E!\nmore", 400),
    );
    expect(result.message).toBe("HTTP 400: [31mno!");
  });
});

describe("pingback", () => {
  const success =
    "<methodResponse><params><param><value><string>Thanks</string></value></param></params></methodResponse>";
  const fault = (code: string) =>
    `<?xml version="1.0"?><methodResponse><fault><value><struct>
       <member><name>faultCode</name><value>${code}</value></member>
       <member><name>faultString</name><value><string>Why not</string></value></member>
     </struct></value></fault></methodResponse>`;

  it("is an XML-RPC call with both URLs escaped", async () => {
    const { result, seen } = await sendTo("pingback", xml(success));
    expect(result).toEqual({ outcome: "accepted", status: 200, message: "Thanks" });
    expect(seen[0]?.headers["content-type"]).toBe("text/xml; charset=utf-8");
    const texts: string[] = [];
    readXml(seen[0]?.body ?? "", { text: (text) => void (text.trim() !== "" && texts.push(text)) });
    expect(texts).toEqual(["pingback.ping", notice.source, notice.target]);
  });

  it.each([
    [0, "failed"],
    [16, "failed"],
    [17, "refused"],
    [32, "refused"],
    [33, "refused"],
    [48, "accepted"],
    [49, "refused"],
    [50, "failed"],
  ])("fault %i is %s", async (code, outcome) => {
    for (const value of [`<int>${code}</int>`, `<i4>${code}</i4>`, String(code)]) {
      const { result } = await sendTo("pingback", xml(fault(value)));
      expect(result).toMatchObject({ outcome, message: `Fault ${code}: Why not` });
    }
  });

  it.each([
    ["a page of HTML", "<!doctype html><p>Hello"],
    ["nothing", ""],
    ["half an answer", success.slice(0, 60)],
    ["an answer without a value", "<methodResponse></methodResponse>"],
  ])("%s is no success", async (_, text) => {
    expect((await sendTo("pingback", xml(text))).result).toMatchObject({ outcome: "failed" });
  });

  it("a value without a type is a string", () => {
    expect(parsePingbackAnswer(success.replaceAll(/<\/?string>/g, ""))).toEqual({
      kind: "string",
      text: "Thanks",
    });
  });

  it("any pair of addresses survives XML escaping", () => {
    fc.assert(
      fc.property(
        fc.webUrl({ withQueryParameters: true, withFragments: true }),
        fc.webUrl(),
        (source, target) => {
          const texts: string[] = [];
          readXml(pingbackCall(source, target), {
            text: (text) => void (text.trim() !== "" && texts.push(text)),
          });
          expect(texts).toEqual(["pingback.ping", source, target]);
        },
      ),
    );
  });
});

describe("trackback", () => {
  it("is a form with a charset and all the text that the target displays", async () => {
    const { result, seen } = await sendTo("trackback", xml("<response><error>0</error></response>"));
    expect(result.outcome).toBe("accepted");
    expect(seen[0]?.headers["content-type"]).toBe("application/x-www-form-urlencoded; charset=utf-8");
    expect(Object.fromEntries(new URLSearchParams(seen[0]?.body))).toEqual({
      title: "Grüße & Küsse",
      url: notice.source,
      excerpt: "Erster Satz",
      blog_name: "Ein Blog",
    });
  });

  it("a long excerpt is cut between characters", async () => {
    await using server = await startServer((_, response) =>
      xml("<response><error>0</error></response>")(response),
    );
    const endpoint = { protocol: "trackback", endpoint: server.origin, how: "trackback-rdf" } as const;
    await sendNotice(endpoint, { ...notice, excerpt: "👋".repeat(300) }, client);
    expect(new URLSearchParams(server.seen[0]?.body).get("excerpt")).toBe(`${"👋".repeat(254)}…`);
  });

  it.each([
    [
      "an error",
      '<?xml version="1.0" encoding="utf-8"?><response><error>1</error><message>closed</message></response>',
      "refused",
    ],
    ["a page of HTML", "<!doctype html><p>Thanks", "failed"],
    ["an answer without a code", "<response><message>hm</message></response>", "failed"],
    ["success in the wrong place", "<x><error>0</error></x>", "failed"],
  ])("%s is no success", async (_, text, outcome) => {
    expect((await sendTo("trackback", xml(text))).result).toMatchObject({ outcome });
  });

  it("a response that declares another encoding is parsed", () => {
    const text =
      "\n<?xml version='1.0' encoding='iso-8859-1'?>\n<response>\n<error> 0 </error>\n</response>\n";
    expect(parseTrackbackAnswer(text)).toEqual({ error: 0, message: "" });
  });
});

describe("untrusted XML", () => {
  const laughs = `<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><response><error>0</error><message>&b;</message></response>`;
  const external = `<!DOCTYPE r SYSTEM "file:///etc/passwd"><response><error>0</error></response>`;

  it.each([laughs, external, "<!DOCTYPE html><response><error>0</error></response>"])(
    "with a DOCTYPE is refused: %s",
    (text) => {
      expect(() => parseTrackbackAnswer(text)).toThrow(XmlError);
      expect(() => parsePingbackAnswer(text)).toThrow(XmlError);
    },
  );

  it.each(["<a>&unknown;</a>", "<a b=c>", "<a><b></a>", "<a/><b/>", "text", "<p:a/>", "\0"])(
    "that isn't well-formed is refused: %s",
    (text) => {
      expect(() => readXml(text, {})).toThrow(XmlError);
    },
  );

  it("a response with a DOCTYPE doesn't count as accepted", async () => {
    expect((await sendTo("trackback", xml(laughs))).result.outcome).toBe("failed");
  });

  it("an endless response is cut off", async () => {
    const { result } = await sendTo(
      "trackback",
      xml(`<response><error>0</error>${"<!-- -->".repeat(9000)}</response>`),
    );
    expect(result).toMatchObject({ outcome: "refused", message: expect.stringContaining("too-large") });
  });
});
