import { describe, expect, it } from "vitest";
import { cpuClock } from "../../../tests/support/cpu-clock.ts";
import { sendHtml, startServer } from "../../../tests/support/http-server.ts";
import { discoverEndpoint } from "./discover.ts";
import { createGuardedClient } from "./guarded-fetch.ts";

const client = createGuardedClient({ siteUrl: "https://blog.example/", allowLoopback: true });

interface Served {
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly status?: number;
}

/** Serves one page for every address and discovers its endpoint; `HERE` in the page is the server's origin. */
async function discover(html: string, { headers = {}, status = 200 }: Served = {}, path = "/post?x=1") {
  await using server = await startServer((_, response) => {
    for (const [name, value] of Object.entries(headers))
      response.setHeader(name, typeof value === "string" ? value : [...value]);
    if (!response.hasHeader("content-type")) response.setHeader("content-type", "text/html");
    response.writeHead(status).end(html.replaceAll("HERE", server.origin));
  });
  const { found, finalUrl } = await discoverEndpoint(server.origin + path, client);
  expect(server.seen).toHaveLength(1);
  const endpoint = found?.endpoint.replace(server.origin, "") ?? null;
  return {
    protocol: found?.protocol ?? null,
    how: found?.how ?? null,
    endpoint,
    finalUrl: finalUrl.replace(server.origin, ""),
  };
}

describe("webmention endpoints", () => {
  it.each([
    ["an upper-case relation", '<link rel="WebMention" href="/wm">', "/wm"],
    ["several relations over lines", '<a rel="nofollow\n\twebmention" href="/wm">', "/wm"],
    ["the page itself, its query kept", '<link rel="webmention" href="">', "/post?x=1"],
    ["an address without its fragment", '<link rel="webmention" href="/wm?a=b#frag">', "/wm?a=b"],
    ["an address against <base>", '<base href="/blog/x"><link rel="webmention" href="wm">', "/blog/wm"],
    [
      "the page itself, in spite of <base>",
      '<base href="/blog/"><link rel="webmention" href="">',
      "/post?x=1",
    ],
    ["an entity in the address", '<link rel="webmention" href="/wm?a=1&amp;b=2">', "/wm?a=1&b=2"],
    [
      "a link in <noscript>, which counts without JavaScript",
      '<noscript><a rel="webmention" href="/wm"></a></noscript>',
      "/wm",
    ],
  ])("finds %s", async (_, html, endpoint) => {
    expect(await discover(html)).toMatchObject({ protocol: "webmention", endpoint });
  });

  it.each([
    ["in a <template>", '<template><link rel="webmention" href="/wm"></template>'],
    ["in a script", '<script>"<link rel=webmention href=/wm>"</script>'],
    ["in a text area", '<textarea><link rel="webmention" href="/wm"></textarea>'],
    ["with a javascript: address", '<a rel="webmention" href="javascript:alert(1)">'],
    ["with another relation", '<a rel="webmention-x" href="/wm">'],
  ])("ignores an endpoint %s", async (_, html) => {
    expect(await discover(html)).toMatchObject({ protocol: null });
  });

  it("only the first one counts, even if it's unusable", async () => {
    const html = '<a rel="webmention" href="mailto:me@blog.example"></a><a rel="webmention" href="/later">';
    expect(await discover(html)).toMatchObject({ protocol: null });
  });

  it.each([
    ["a malformed header beside a good one", ["nonsense", "</wm>; rel=webmention"]],
    ["a comma in an address", ['<http://x.example/a,b>; rel="next", </wm>; rel="webmention"']],
    ["an upper-case parameter", ["</wm>; REL=webmention; title=x"]],
    [
      "a link about another page first",
      ['</other>; rel="webmention"; anchor="/elsewhere", </wm>; rel="webmention"'],
    ],
  ])("reads %s", async (_, link) => {
    expect(await discover("", { headers: { link } })).toMatchObject({ how: "link-header", endpoint: "/wm" });
  });

  it("a Link header counts for an image, a deleted page and a page behind a login", async () => {
    const link = "</wm>; rel=webmention";
    const served = [
      { headers: { link, "content-type": "image/png" } },
      { headers: { link }, status: 410 },
      { headers: { link }, status: 401 },
    ];
    for (const options of served) expect(await discover("", options)).toMatchObject({ endpoint: "/wm" });
  });

  it("an endpoint in the first megabyte of an endless page is found", async () => {
    const html = `<link rel="webmention" href="/wm">${"<p>x</p>".repeat(200_000)}`;
    expect(await discover(html)).toMatchObject({ endpoint: "/wm" });
  });

  it.each([
    ["nested deeply", "<div>".repeat(100_000)],
    ["with a hundred thousand siblings", "<p>".repeat(100_000)],
    ["of unclosed formatting", "<b>".repeat(100_000)],
    ["of nested templates", "<template>".repeat(50_000)],
  ])("a page %s is read without crashing or hanging", async (_, html) => {
    expect(await discover(html)).toMatchObject({ protocol: null });
  });

  it("a page with more elements than any legitimate page is refused", async () => {
    await expect(discover("<b>".repeat(200_000))).rejects.toMatchObject({ code: "too-complex" });
  });
});

describe("the order of protocols", () => {
  const pingback = '<link rel="pingback" href="HERE/pb">';
  const trackback = rdf("HERE/post?x=1", "HERE/tb");

  it("webmention comes first, wherever it is declared", async () => {
    const html = `${pingback}${trackback}<a rel="webmention" href="/wm">`;
    expect(await discover(html, { headers: { "x-pingback": "http://x.example/" } })).toMatchObject({
      endpoint: "/wm",
    });
  });

  it("pingback comes before trackback", async () => {
    expect(await discover(trackback + pingback)).toMatchObject({ protocol: "pingback", endpoint: "/pb" });
    expect(await discover(trackback)).toMatchObject({ protocol: "trackback", endpoint: "/tb" });
  });

  it("a page without endpoints has none", async () => {
    expect(await discover("<p>Hello")).toMatchObject({ protocol: null, endpoint: null });
  });
});

describe("pingback servers", () => {
  it("the header wins over the element", async () => {
    const html = '<link rel="pingback" href="http://x.example/element">';
    const found = await discover(html, { headers: { "x-pingback": "http://x.example/header" } });
    expect(found).toMatchObject({ how: "x-pingback-header", endpoint: "http://x.example/header" });
  });

  it.each([
    ['<link rel="pingback" href="http://x.example/pb">', "http://x.example/pb"],
    ['<link rel="pingback" href="http://x.example/pb"/>', "http://x.example/pb"],
    ['<link rel="pingback" href="http://x.example/pb" >', "http://x.example/pb"],
    ['<link rel="pingback" href="http://x.example/pb" />', "http://x.example/pb"],
    ['<link rel="pingback" href="http://x.example/pb?a=1&amp;b=2">', "http://x.example/pb?a=1&b=2"],
    ['<link rel="pingback" href="http://x.example/&lt;&gt;&quot;">', "http://x.example/%3C%3E%22"],
    ['<link rel="pingback" href="http://x.example/?a=&amp;lt;">', "http://x.example/?a=&lt;"],
    ['<link rel="pingback" href="http://x.example/?a=&eacute;">', "http://x.example/?a=&eacute;"],
    ['<body><!-- <link rel="pingback" href="http://x.example/pb"> -->', "http://x.example/pb"],
  ])("finds %s, as the specification's expression does", async (html, endpoint) => {
    expect(await discover(html)).toMatchObject({ protocol: "pingback", how: "pingback-link", endpoint });
  });

  it.each([
    ["the other order of attributes", '<link href="http://x.example/pb" rel="pingback">'],
    ["another attribute", '<link rel="pingback" href="http://x.example/pb" data-astro-cid-x>'],
    ["single quotes", "<link rel='pingback' href='http://x.example/pb'>"],
    ["upper case", '<LINK REL="pingback" HREF="http://x.example/pb">'],
    ["two spaces", '<link  rel="pingback" href="http://x.example/pb">'],
    ["a relative address", '<link rel="pingback" href="/pb">'],
    ["another scheme", '<link rel="pingback" href="ftp://x.example/pb">'],
  ])("discovery isn't lenient: not with %s", async (_, html) => {
    expect(await discover(html)).toMatchObject({ protocol: null });
  });

  it("the Link header isn't searched", async () => {
    expect(await discover("", { headers: { link: "<http://x.example/pb>; rel=pingback" } })).toMatchObject({
      protocol: null,
    });
  });
});

describe("trackback addresses", () => {
  const own = "HERE/post?x=1";

  it("are found in a comment, as written by the tools of 2004", async () => {
    expect(await discover(`<body><p>x</p><!--\n${bareRdf(own, "HERE/tb/12")}\n-->`)).toMatchObject({
      protocol: "trackback",
      how: "trackback-rdf",
      endpoint: "/tb/12",
    });
  });

  it("are found in the HTML", async () => {
    expect(await discover(`<head>${bareRdf(own, "HERE/tb")}</head>`)).toMatchObject({ endpoint: "/tb" });
  });

  it("on a list of posts, only the block about this page counts", async () => {
    const list = rdf("HERE/a", "HERE/tb/a") + rdf(own, "HERE/tb/own") + rdf("HERE/b", "HERE/tb/b");
    expect(await discover(list)).toMatchObject({ endpoint: "/tb/own" });
    expect(await discover(rdf("HERE/a", "HERE/tb/a"))).toMatchObject({ protocol: null });
  });

  it("one block may have several descriptions", async () => {
    const block = bareRdf("HERE/a", "HERE/tb/a").replace(
      "</rdf:RDF>",
      description(own, "HERE/tb/own") + "</rdf:RDF>",
    );
    expect(await discover(`<!-- ${block} -->`)).toMatchObject({ endpoint: "/tb/own" });
  });

  it("namespaces count, not prefixes", async () => {
    const renamed = bareRdf(own, "HERE/tb").replaceAll("dc:", "d:").replaceAll(":dc", ":d");
    expect(await discover(`<!-- ${renamed} -->`)).toMatchObject({ endpoint: "/tb" });
    const foreign = bareRdf(own, "HERE/tb").replace(
      "http://purl.org/dc/elements/1.1/",
      "http://other.example/",
    );
    expect(await discover(`<!-- ${foreign} -->`)).toMatchObject({ protocol: null });
  });

  it("a title that makes the XML malformed, as in old tools, doesn't hide the address", async () => {
    const sloppy = bareRdf(own, "HERE/tb").replace('dc:title="T"', 'dc:title="Fish & chips <3"');
    expect(await discover(`<!-- ${sloppy} -->`)).toMatchObject({ endpoint: "/tb" });
  });

  it("entities in addresses are expanded", async () => {
    expect(
      await discover(rdf("HERE/post?x=1&amp;y=2", "HERE/tb?a=1&amp;b=2"), {}, "/post?x=1&y=2"),
    ).toMatchObject({
      endpoint: "/tb?a=1&b=2",
    });
  });

  it("a block may name the page's address before or after a redirect", async () => {
    await using server = await startServer(({ url }, response) => {
      if (url === "/old") response.writeHead(302, { location: "/new" }).end();
      else sendHtml(response, rdf(`${server.origin}/new`, `${server.origin}/tb`));
    });
    const { found, finalUrl } = await discoverEndpoint(`${server.origin}/old#here`, client);
    expect(found?.endpoint).toBe(`${server.origin}/tb`);
    expect(finalUrl).toBe(`${server.origin}/new`);
  });
});

function rdf(identifier: string, ping: string): string {
  return `<!-- ${bareRdf(identifier, ping)} -->`;
}

function bareRdf(identifier: string, ping: string): string {
  return `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:trackback="http://madskills.com/public/xml/rss/module/trackback/">
    ${description(identifier, ping)}</rdf:RDF>`;
}

function description(identifier: string, ping: string): string {
  return `<rdf:Description rdf:about="${identifier}" dc:identifier="${identifier}" dc:title="T" trackback:ping="${ping}" />`;
}

it("a megabyte of trackback comments takes at most a second", async () => {
  for (const comment of ["<!--trackback:ping Description & <-->", "<!--trackback:ping Description <a>-->"]) {
    const spentMs = cpuClock();
    expect((await discover(comment.repeat(1_000_000 / comment.length))).protocol).toBeNull();
    expect(spentMs()).toBeLessThan(8000);
  }
});
