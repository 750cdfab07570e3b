import { execFileSync } from "node:child_process";
import path from "node:path";
import { parseRssFeed } from "feedsmith";
import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { listFiles } from "../../src/integration/list-files.ts";
import { readOutput } from "../support/pages.ts";
import { SITES } from "../support/sites.ts";

/** Prints for each feed whether Python's feedparser reports errors, and how many entries it finds. */
const FEEDPARSER = `
import feedparser, json, sys
out = []
for file in sys.argv[1:]:
    feed = feedparser.parse(file)
    out.append([file, int(feed.bozo), str(feed.get("bozo_exception", "")), len(feed.entries)])
print(json.dumps(out))
`;

describe.each(SITES)("%s", (_name, site) => {
  const xml = listFiles(site.outDir).filter((file) => file.endsWith(".xml"));
  const feeds = xml.filter((file) => /(rss|atom|responses)(-\d+)?\.xml$/.test(file));

  test("a strict parser accepts every XML file as well-formed", () => {
    expect(xml.length).toBeGreaterThan(40);
    execFileSync("xmllint", ["--noout", "--nonet", ...xml.map((file) => path.join(site.outDir, file))]);
  });

  test("mail services can send the RSS feed unchanged: complete posts, absolute URLs, nothing that mail programs refuse", () => {
    const { items = [] } = parseRssFeed(readOutput(site, "rss.xml"));
    expect(items.length).toBeGreaterThan(10);
    const spaced = (text: string) => text.replace(/\s+/g, " ").trim();
    for (const { link = "", pubDate = "", content } of items) {
      const html = content?.encoded ?? "";
      expect(html).not.toMatch(
        /<(?:script|style|iframe|form|input|button|svg|object|embed|link|base|video)\b/i,
      );
      expect(html).not.toMatch(/<[^>]*\s(?:style|class|on\w+)=/i);
      for (const [, address = ""] of html.matchAll(/\s(?:href|src|srcset)="([^"]*)"/g))
        expect(address).toMatch(/^(?:https?:\/\/|mailto:)/);
      expect(Number.isNaN(Date.parse(pubDate))).toBe(false);
      const file = new URL(link).pathname.slice(site.base.length);
      const page = new JSDOM(readOutput(site, `${file}index.html`)).window.document;
      const sent = spaced(new JSDOM(html).window.document.body.textContent);
      for (const paragraph of page.querySelectorAll(".body > p:not(:has(sup))"))
        expect(sent, link).toContain(spaced(paragraph.textContent));
    }
  });

  test("feedparser parses every feed without errors", () => {
    const files = feeds.map((file) => path.join(site.outDir, file));
    const told = execFileSync("/usr/bin/python3", ["-c", FEEDPARSER, ...files], { encoding: "utf8" });
    const read = JSON.parse(told) as [string, number, string, number][];
    expect(read.filter(([, bozo]) => bozo !== 0)).toEqual([]);
    expect(read.filter(([file, , , entries]) => /\/(rss|atom)\.xml$/.test(file) && entries === 0)).toEqual(
      [],
    );
  });
});
