import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { blogFolder, load, post } from "../../../tests/support/blog-folder.ts";
import { startServer, type TestServer } from "../../../tests/support/http-server.ts";
import { createGuardedClient } from "../protocols/guarded-fetch.ts";
import { archivedCopy } from "./archived-copy.ts";
import { checkLinks, type LinkResult } from "./check-links.ts";
import { deadLinks, linkReport } from "./link-report.ts";
import { outgoingLinks, type OutgoingLink } from "./outgoing-links.ts";

const NOW = new Date("2026-06-01T12:00:00Z");
const client = createGuardedClient({ siteUrl: "https://test.example/", allowLoopback: true });

let server: TestServer;
let status: Record<string, number> = {};
beforeEach(async () => {
  status = {};
  server = await startServer(({ url }, response) => {
    const wanted = new URL(url, "http://x").searchParams.get("url");
    if (url.startsWith("/wayback")) {
      const copy = `http://web.archive.org/web/20200101000000/${wanted}`;
      const closest = { available: true, url: copy, status: "200", timestamp: "20200101000000" };
      const known = wanted?.endsWith("/gone") ? { closest } : {};
      response.end(JSON.stringify({ url: wanted, archived_snapshots: known }));
      return;
    }
    response.writeHead(status[url] ?? 200).end("text");
  });
});
afterEach(() => server[Symbol.asyncDispose]());

const link = (path: string, line = 1): OutgoingLink => ({
  url: server.origin + path,
  file: "content/posts/a.md",
  line,
  date: "2019-05-01T00:00:00Z",
});

function check(
  links: readonly OutgoingLink[],
  known: ReadonlyMap<string, LinkResult> = new Map(),
  now = NOW,
) {
  const pauses: number[] = [];
  const sleep = async (ms: number): Promise<void> => void pauses.push(ms);
  return checkLinks(links, { client, known, now: () => now, sleep }).then((results) => ({ results, pauses }));
}

const verdicts = (results: ReadonlyMap<string, LinkResult>): Record<string, string> =>
  Object.fromEntries([...results].map(([url, { verdict }]) => [url.slice(server.origin.length), verdict]));

test("links to other sites are found with file and line, links to the blog itself aren't", async () => {
  const root = blogFolder({
    "content/posts/a.md": post(
      "",
      "One [out](https://other.example/x#part).\n\n[in](/posts/a/) [own](https://test.example/) [m](mailto:a@b.example)\n",
    ),
    "content/pages/about.md": "---\ntitle: About\n---\n[page](http://page.example)\n",
  });
  const { blog } = await load(root);
  expect(outgoingLinks(blog).map(({ file, line, url }) => `${file}:${line} ${url}`)).toEqual([
    "content/pages/about.md:4 http://page.example",
    "content/posts/a.md:5 https://other.example/x#part",
  ]);
});

describe("each address", () => {
  test("is requested once, with pauses between requests to a host; a refusal is unclear", async () => {
    status = { "/gone": 410, "/missing": 404, "/forbidden": 403, "/broken": 503 };
    const links = ["/fine", "/fine#part", "/gone", "/missing", "/forbidden", "/broken"].map((path) =>
      link(path),
    );
    const { results, pauses } = await check(links);
    expect(verdicts(results)).toEqual({
      ...{ "/fine": "alive", "/gone": "dead", "/missing": "dead" },
      ...{ "/forbidden": "unclear", "/broken": "unclear" },
    });
    expect(server.seen).toHaveLength(5);
    expect(pauses).toEqual([1000, 1000, 1000, 1000]);
  });

  test("isn't requested from a busy server", async () => {
    status = { "/one": 200, "/two": 429 };
    const { results } = await check(["/one", "/two", "/three", "/four"].map((path) => link(path)));
    expect(server.seen.map(({ url }) => url)).toEqual(["/one", "/two"]);
    const unclear = { "/two": "unclear", "/three": "unclear", "/four": "unclear" };
    expect(verdicts(results)).toEqual({ "/one": "alive", ...unclear });
    expect(results.get(`${server.origin}/four`)?.reason).toBe(`${new URL(server.origin).host} is busy`);
  });

  test("isn't requested again while its result is fresh: a month if alive, otherwise a day", async () => {
    status = { "/gone": 404 };
    const links = [link("/fine"), link("/gone")];
    const { results } = await check(links);
    const after = (days: number): Date => new Date(NOW.getTime() + days * 86_400_000);
    await check(links, results, after(0.5));
    expect(server.seen).toHaveLength(2);
    const { results: later } = await check(links, results, after(2));
    expect(server.seen.map(({ url }) => url)).toEqual(["/fine", "/gone", "/gone"]);
    expect(later.get(`${server.origin}/gone`)?.since).toBe(NOW.toISOString());
    await check(links, later, after(31));
    expect(server.seen).toHaveLength(5);
  });

  test("with an unknown host name is dead only after a day", async () => {
    const nowhere = createGuardedClient({
      siteUrl: "https://test.example/",
      resolve: () => Promise.reject(Object.assign(new Error("no such name"), { code: "ENOTFOUND" })),
    });
    const url = "https://vanished.example/";
    const ask = (known: ReadonlyMap<string, LinkResult>, now: Date) =>
      checkLinks([{ ...link("/"), url }], { client: nowhere, known, now: () => now, sleep: async () => {} });
    const first = await ask(new Map(), NOW);
    expect(first.get(url)?.verdict).toBe("unclear");
    const second = await ask(first, new Date(NOW.getTime() + 2 * 86_400_000));
    expect(second.get(url)?.verdict).toBe("dead");
  });
});

test("a dead link is reported with its file and line and an archived copy from the post's date", async () => {
  status = { "/gone": 404, "/missing": 404 };
  const links = [link("/gone", 7), link("/gone", 9), link("/missing", 12), link("/fine", 14)];
  const { results } = await check(links);
  const api = `${server.origin}/wayback`;
  const dead = await deadLinks(links, results, (url, date) => archivedCopy(url, date, client, api));
  expect(linkReport(dead, results).replaceAll(server.origin, "http://o.example")).toBe(`content/posts/a.md:7
  http://o.example/gone is gone (answers 404)
    Archived copy: https://web.archive.org/web/20200101000000/http://o.example/gone

content/posts/a.md:9
  http://o.example/gone is gone (answers 404)
    Archived copy: https://web.archive.org/web/20200101000000/http://o.example/gone

content/posts/a.md:12
  http://o.example/missing is gone (answers 404)
    No archived copy is known: remove the link, or find the page's new address.

Addresses: 3; dead links: 3.
`);
  const questions = server.seen.filter(({ url }) => url.startsWith("/wayback"));
  expect(questions).toHaveLength(2);
  expect(questions[0]?.url).toContain("timestamp=20190501");
});

test("addresses without a clear answer are listed with the reason", async () => {
  status = { "/forbidden": 403 };
  const secure = { ...link("/"), url: server.origin.replace("http:", "https:") };
  const { results } = await check([link("/forbidden"), secure]);
  expect(linkReport([], results).replaceAll(/127\.0\.0\.1:\d+/g, "o.example"))
    .toBe(`Without a clear answer; asked again after a day:
  http://o.example/forbidden (answers 403)
  https://o.example (o.example can't be reached: wrong version number)

Addresses: 2; dead links: 0, 2 without a clear answer.
`);
});

test("an archive that is down or returns another host suggests no copy", async () => {
  expect(await archivedCopy("https://x.example/", null, client, `${server.origin}/other`)).toBe(null);
  const evil = {
    archived_snapshots: { closest: { available: true, url: "https://evil.example/", status: "200" } },
  };
  await using liar = await startServer((_, response) => void response.end(JSON.stringify(evil)));
  expect(await archivedCopy("https://x.example/", null, client, `${liar.origin}/x`)).toBe(null);
});
