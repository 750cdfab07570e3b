import { execFileSync } from "node:child_process";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { listFiles } from "../../src/integration/list-files.ts";
import { SITES } from "../support/sites.ts";

/** Prints, for each feed, whether Python's feedparser stumbles over it and how many entries it sees. */
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

  test("every XML file is well-formed for a strict parser", () => {
    expect(xml.length).toBeGreaterThan(40);
    execFileSync("xmllint", ["--noout", "--nonet", ...xml.map((file) => path.join(site.outDir, file))]);
  });

  test("feedparser reads every feed without a complaint", () => {
    const files = feeds.map((file) => path.join(site.outDir, file));
    const told = execFileSync("/usr/bin/python3", ["-c", FEEDPARSER, ...files], { encoding: "utf8" });
    const read = JSON.parse(told) as [string, number, string, number][];
    expect(read.filter(([, bozo]) => bozo !== 0)).toEqual([]);
    expect(read.filter(([file, , , entries]) => /\/(rss|atom)\.xml$/.test(file) && entries === 0)).toEqual(
      [],
    );
  });
});
