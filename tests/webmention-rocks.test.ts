import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkSource, mentionProblem } from "../src/lib/protocols/check-source.ts";
import { discoverEndpoint } from "../src/lib/protocols/discover.ts";
import { createGuardedClient } from "../src/lib/protocols/guarded-fetch.ts";
import { sendNotice } from "../src/lib/protocols/send.ts";
import { sendHtml, startServer } from "./support/http-server.ts";
import { startRocks, startSource } from "./support/webmention-rocks.ts";

const client = createGuardedClient({ siteUrl: "https://blog.example/", allowLoopback: true });
const trackbackFields = { title: "A post", excerpt: "", blogName: "A blog" };

let rocks: Awaited<ReturnType<typeof startRocks>>;
let blog: Awaited<ReturnType<typeof startSource>>;
let passed = 0;

beforeAll(async () => {
  [rocks, blog] = await Promise.all([startRocks(), startSource()]);
});

afterAll(async () => {
  console.log(`webmention.rocks and W3C cases: ${passed} of 43 passed`);
  await rocks[Symbol.asyncDispose]();
  await blog.server[Symbol.asyncDispose]();
});

/** Publishes a page at `path` that links to `targets`, and returns its URL. */
function publish(path: string, ...targets: readonly string[]): string {
  blog.pages.set(
    path,
    `<h1>A post</h1>${targets.map((href) => `<p><a href="${href}">link</a></p>`).join("")}`,
  );
  return blog.server.origin + path;
}

/** Handles one link like `send`: discovers the endpoint again, then sends the notification. */
async function notify(source: string, target: string) {
  const { found } = await discoverEndpoint(target, client);
  if (found === null) throw new Error(`No endpoint at ${target}`);
  return sendNotice(found, { source, target, ...trackbackFields }, client);
}

describe("webmention.rocks, discovery", () => {
  const titles: Readonly<Record<number, string>> = {
    1: "HTTP Link header, unquoted rel, relative URL",
    2: "HTTP Link header, unquoted rel, absolute URL",
    3: "HTML <link> tag, relative URL",
    4: "HTML <link> tag, absolute URL",
    5: "HTML <a> tag, relative URL",
    6: "HTML <a> tag, absolute URL",
    7: "HTTP Link header with strange casing",
    8: "HTTP Link header, quoted rel",
    9: "multiple rel values on a <link> tag",
    10: "multiple rel values on a Link header",
    11: "multiple endpoints: the header wins over <link> and <a>",
    12: "checking for exact match of rel=webmention",
    13: "false endpoint inside an HTML comment",
    14: "false endpoint in escaped HTML",
    15: "webmention href is an empty string: the page itself",
    16: "multiple endpoints: <a> before <link>",
    17: "multiple endpoints: <link> before <a>",
    18: "multiple HTTP Link headers",
    19: "single HTTP Link header with multiple values",
    20: "<link> tag with no href attribute",
    21: "endpoint has a query string",
    22: "endpoint is relative to the path",
    24: "endpoint on an element that is neither <link> nor <a>",
  };
  const endpoints: Readonly<Record<number, string>> = { 15: "/test/15", 21: "/test/21/webmention?query=yes" };

  for (const [number, title] of Object.entries(titles)) {
    it(`#${number} ${title}`, async () => {
      const target = `${rocks.origin}/test/${number}`;
      expect(await notify(publish(`/discovery-${number}`, target), target)).toMatchObject({
        outcome: "accepted",
      });
      expect(rocks.posts.good.at(-1)).toBe(endpoints[Number(number)] ?? `/test/${number}/webmention`);
      expect(rocks.posts.error).toEqual([]);
      passed++;
    });
  }

  it("#23 the target redirects to a page with a relative endpoint, both of which can be used once", async () => {
    const target = `${rocks.origin}/test/23/page`;
    expect(await notify(publish("/discovery-23", target), target)).toMatchObject({ outcome: "accepted" });
    expect(rocks.posts.error).toEqual([]);
    passed++;
  });
});

describe("webmention.rocks, updates and deletes", () => {
  it("update #1: a link is added; both targets are notified, each with an endpoint discovered again", async () => {
    const [one, two] = [`${rocks.origin}/update/1`, `${rocks.origin}/update/1/part/2`];
    const source = publish("/update-1", one);
    expect((await notify(source, one)).message).toContain("started");
    publish("/update-1", one, two);
    expect((await notify(source, one)).message).toContain("passed");
    expect((await notify(source, two)).message).toContain("passed");
    passed++;
  });

  it("update #1, out of order: a 2xx is a success by the specification, and the response text is passed on", async () => {
    const [one, two] = [`${rocks.origin}/update/1`, `${rocks.origin}/update/1/part/2`];
    const source = publish("/update-1-early", one, two);
    const early = await notify(source, two);
    expect(early).toMatchObject({ outcome: "accepted", status: 200 });
    expect(early.message).toContain("test_not_started");
    expect((await notify(source, one)).message).toContain("test_failed");
    passed++;
  });

  it("update #2: a link is removed; the target that lost it is notified as well", async () => {
    const [one, two] = [`${rocks.origin}/update/2`, `${rocks.origin}/update/2/part/2`];
    const source = publish("/update-2", one, two);
    expect((await notify(source, one)).message).toContain("started");
    expect((await notify(source, two)).message).toContain("started");
    publish("/update-2", one);
    expect((await notify(source, one)).message).toContain("passed");
    expect((await notify(source, two)).message).toContain("passed");
    passed++;
  });

  it.each([
    ["by status 410", { status: 410, html: "Gone" }],
    ["by a page of a static host", '<meta http-equiv="Status" content="410 Gone"><p>Gone</p>'],
  ])("delete #1: the post is taken down %s", async (name, tombstone) => {
    const target = `${rocks.origin}/delete/1`;
    const path = `/delete-${name.length}`;
    const source = publish(path, target);
    expect((await notify(source, target)).message).toContain("started");
    blog.pages.set(path, tombstone);
    expect((await notify(source, target)).message).toContain("passed");
    passed++;
  });
});

describe("webmention.rocks, receiver: results of our verification", () => {
  it("receiver #1: a page with a reply to the target is accepted", async () => {
    const target = `${rocks.origin}/receive/1`;
    blog.pages.set(
      "/reply",
      `<div class="h-entry"><a class="u-in-reply-to" href="${target}">in reply to</a></div>`,
    );
    const source = `${blog.server.origin}/reply`;
    expect(mentionProblem(source, target)).toBeNull();
    expect((await checkSource(source, target, client)).state).toBe("linked");
    passed++;
  });

  it("receiver #2: junk as source, as target, or as both is the sender's error", () => {
    expect(mentionProblem("junk", `${rocks.origin}/receive/2`)).toBe("bad-source");
    expect(mentionProblem(`${blog.server.origin}/x`, "junk")).toBe("bad-target");
    expect(mentionProblem("junk", "junk")).toBe("bad-source");
    expect(mentionProblem("ftp://a.example/", "https://b.example/")).toBe("bad-source");
    passed++;
  });
});

describe("W3C implementation report, receiver", () => {
  const target = "https://blog.example/posts/hello/";
  const check = async (html: string) => {
    blog.pages.set("/w3c", html);
    return (await checkSource(`${blog.server.origin}/w3c`, target, client)).state;
  };

  it.each([
    ["<a href>", `<a href="${target}">x</a>`],
    ["<img src>", `<img src="${target}" alt="">`],
    ["<video src>", `<video src="${target}"></video>`],
    ["<audio src>", `<audio src="${target}"></audio>`],
  ])("accepts the target in %s", async (_, html) => {
    expect(await check(html)).toBe("linked");
    passed++;
  });

  it.each([
    ["in plain text", `<p>${target}</p>`],
    ["in a comment", `<!-- <a href="${target}">x</a> -->`],
    ["in an attribute that doesn't link", `<p title="${target}" data-href="${target}">x</p>`],
    ["as the beginning of another address", `<a href="${target}more">x</a>`],
    ["nowhere", "<p>Hello</p>"],
  ])("rejects a source that has the target %s", async (_, html) => {
    expect(await check(html)).toBe("unlinked");
    passed++;
  });

  it("follows redirects of the source, up to a limit", async () => {
    await using server = await startServer(({ url }, response) => {
      if (url === "/moved") response.writeHead(301, { location: "/post" }).end();
      else if (url === "/post") sendHtml(response, `<a href="${target}">x</a>`);
      else response.writeHead(302, { location: `${url}x` }).end();
    });
    expect((await checkSource(`${server.origin}/moved`, target, client)).state).toBe("linked");
    expect((await checkSource(`${server.origin}/loop`, target, client)).state).toBe("unreachable");
    expect(server.seen.length).toBeLessThan(10);
    passed++;
  });

  it("ignores the fragment of the target", async () => {
    blog.pages.set("/fragment", `<a href="${target}#c12">x</a>`);
    const source = `${blog.server.origin}/fragment`;
    expect((await checkSource(source, target, client)).state).toBe("linked");
    expect((await checkSource(source, `${target}#other`, client)).state).toBe("linked");
    passed++;
  });

  it("refuses a page that mentions itself, in any spelling of its URL", () => {
    expect(mentionProblem("https://a.example/x", "http://A.example:80/x#y")).toBe("same-page");
    expect(mentionProblem("https://a.example/x?p=1", "https://a.example/x?p=2")).toBeNull();
    passed++;
  });
});
