import { expect, test } from "vitest";
import { hashOf } from "../cache/file-cache.ts";
import { makeBlog, makePost, makeSettings } from "../feeds/fixture.ts";
import { siteUrls } from "../site/urls.ts";
import { fragmentNames, metaFile, packedFile } from "./bundle-files.ts";
import { META_PACKING } from "./search-files.ts";
import { searchRecords } from "./search-record.ts";

test("the list of posts that every searcher fetches stays light", async () => {
  const settings = makeSettings({});
  const posts = Array.from({ length: 1_500 }, (_, index) => makePost({ slug: `post-${index}` }));
  const fragments = fragmentNames(searchRecords(makeBlog({ settings, posts }), siteUrls(settings)));
  expect(new Set(fragments).size).toBe(posts.length);
  const wordCounts = fragments.map((name) => 500 + (Number.parseInt(hashOf(name).slice(0, 6), 16) % 600));
  const meta = metaFile({ version: "1", fragments, wordCounts, chunks: [], filters: [] });
  const file = await packedFile("", "", () => Promise.resolve(meta), META_PACKING).make();
  expect(file.length / posts.length).toBeLessThan(7);
});
