import { expect, test } from "vitest";
import { META_PACKING } from "./bundle.ts";
import { fragmentNames, metaFile } from "./bundle-files.ts";
import { packedFile } from "./fragments.ts";
import { hashOf } from "./hash.ts";

test("the list of documents, which every search downloads, stays below 7 bytes per document", async () => {
  const docs = Array.from({ length: 1_500 }, (_, index) => {
    const url = `/posts/${index}/`;
    return { docId: hashOf(url), shown: { url, meta: {} } };
  });
  const fragments = fragmentNames(docs);
  expect(new Set(fragments).size).toBe(docs.length);
  const wordCounts = fragments.map((name) => 500 + (Number.parseInt(hashOf(name).slice(0, 6), 16) % 600));
  const meta = metaFile({ version: "1", fragments, wordCounts, chunks: [], filters: [] });
  const file = await packedFile(meta, META_PACKING);
  expect(file.length / docs.length).toBeLessThan(7);
});
