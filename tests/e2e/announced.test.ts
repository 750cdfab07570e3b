import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { discoverEndpoint } from "../../src/lib/protocols/discover.ts";
import { findTrackback } from "../../src/lib/protocols/discover-trackback.ts";
import { createGuardedClient } from "../../src/lib/protocols/guarded-fetch.ts";
import { parsePage } from "../../src/lib/protocols/page.ts";
import { readOutput } from "../support/pages.ts";
import { serveStatic, type StaticServer } from "../support/static-server.ts";

/** The regular expression for clients in Pingback 1.0, section 2.3. */
const PINGBACK = /<link rel="pingback" href="([^"]+)" ?\/?>/;

const OPEN = "posts/one-more-story/";
const CLOSED = "posts/virtual-backyard-fence/";
const client = createGuardedClient({ siteUrl: "https://reader.example/", allowLoopback: true });

describe.each([
  ["at the root", inject("demo"), "https://backfence.example/"],
  ["below a base path", inject("demoBelow"), "https://backfence.example/blog/"],
])("the blog %s", (_name, site, url) => {
  let server: StaticServer;
  beforeAll(async () => {
    server = await serveStatic(site.outDir, site.base);
  });
  afterAll(() => server.close());

  test("announces its webmention endpoint in the header, and in the page for hosts without headers", async () => {
    const { found } = await discoverEndpoint(server.url + OPEN, client);
    const endpoint = "https://webmention.io/backfence.example/webmention";
    expect(found).toEqual({ protocol: "webmention", how: "link-header", endpoint });
    expect(readOutput(site, `${OPEN}index.html`)).toContain(`<link rel="webmention" href="${endpoint}">`);
  });

  test("pingback clients find the endpoint with the regular expression of the specification, and in the header", async () => {
    const html = readOutput(site, `${OPEN}index.html`);
    expect(PINGBACK.exec(html)?.[1]).toBe("https://backfence.example/pingback");
    const response = await client.fetch(server.url + OPEN);
    expect(response.header("x-pingback")).toBe("https://backfence.example/pingback");
  });

  test("a trackback client of 2004 finds the ping URL for the post's own URL and no other", async () => {
    const page = parsePage(await client.fetch(server.url + OPEN));
    expect(findTrackback(page, url + OPEN)).toEqual({
      how: "trackback-rdf",
      endpoint: "https://backfence.example/trackback/one-more-story",
    });
    expect(findTrackback(page, url + CLOSED)).toBeNull();
  });

  test("accepts no trackbacks where the conversation is closed, and says so", async () => {
    const page = parsePage(await client.fetch(server.url + CLOSED));
    expect(findTrackback(page, url + CLOSED)).toBeNull();
    expect(page.text).toContain("Comments on this post are closed.");
    expect(page.text).not.toContain('id="respond"');
  });
});
