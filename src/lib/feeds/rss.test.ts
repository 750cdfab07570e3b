import fc from "fast-check";
import { parseFragment } from "parse5";
import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { propertyRuns } from "../../../tests/support/property-runs.ts";
import type { FeedDocument, FeedItem } from "./feed.ts";
import { rssXml } from "./rss.ts";

const HEAD: FeedDocument["head"] = {
  id: "tag:me.example,2024:feed",
  title: "My blog",
  description: "Words",
  lang: "en",
  homeUrl: "https://me.example/",
  selfUrl: "https://me.example/rss.xml",
  currentUrl: "https://me.example/rss.xml",
  isArchive: false,
  previousArchiveUrl: null,
  nextArchiveUrl: null,
  updated: "2024-01-01T00:00:00.000Z",
  hub: null,
  licence: null,
  blog: { title: "My blog", url: "https://me.example/" },
  styleSheet: "https://me.example/feed.css",
  timeZone: "Europe/Berlin",
};

const ITEM: FeedItem = {
  id: "tag:me.example,2024:a",
  url: "https://me.example/posts/a/",
  title: "A title",
  summary: "A summary",
  published: "2024-01-01T00:00:00.000Z",
  updated: "2024-01-01T00:00:00.000Z",
  authors: [],
  tags: [],
  lang: null,
  inReplyTo: [],
  via: null,
  conversation: null,
  imageUrl: null,
  enclosures: [],
  content: "<p>Text</p>",
};

/** Text shown by a feed reader that parses an element of the first item as HTML; elements become `[name]`. */
async function shownIn(element: string, item: Partial<FeedItem>): Promise<string> {
  const text = await rssXml({
    format: "rss",
    path: "/rss.xml",
    key: "",
    load: () => Promise.resolve({ head: HEAD, items: [{ ...ITEM, ...item }] }),
  });
  const parser = new SaxesParser();
  let open: string[] = [];
  let found = "";
  parser.on("opentag", ({ name }) => open.push(name));
  parser.on("closetag", () => (open = open.slice(0, -1)));
  parser.on("text", (part) => {
    if (open.at(-1) === element && open.includes("item")) found += part;
  });
  parser.write(text).close();
  return parseFragment(found)
    .childNodes.map((node) => ("value" in node ? node.value : `[${node.nodeName}]`))
    .join("");
}

test.each(["description", "title"])(
  "the text of a %s stays text in readers that take it for HTML",
  async (element) => {
    const text = "the <b> tag, <script>alert(1)</script> & &lt;i&gt;";
    expect(await shownIn(element, { title: text, summary: text })).toBe(text);
  },
);

test("every description is shown as written", async () => {
  const text = fc.string({
    unit: fc.constantFrom("<", ">", "&", "amp;", "lt;", "script", "!--", "a", " ", '"'),
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(text, async (summary) => {
      expect((await shownIn("description", { summary })).trim()).toBe(summary.trim());
    }),
    propertyRuns(60),
  );
});
