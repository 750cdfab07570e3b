import { expect, test } from "vitest";
import { contentsOf, memoryCache, searchAll } from "../tests/search-bundle.ts";
import { type IndexDoc, type IndexOptions, PAGEFIND_VERSION, buildIndex } from "./build-index.ts";
import { LocalIndexer } from "./indexer.ts";
import { installedPagefind } from "./pagefind-api.ts";
import { stockIndex } from "./stock-index.ts";

const BODIES: Readonly<Record<string, string>> = {
  fence:
    "<p>Neighbours talked over the fence about their gardens &amp; AT&amp;T.</p><h2 id='x'>unquoted</h2>" +
    '<p>The roses were the <em>finest</em>.</p><h2 id="dogs">Dogs</h2><p>Every dog barked at café guests.</p>',
  letters:
    "<p>People wrote letters to neighbours, and waited.</p><pre>const answer = 42;</pre>" +
    '<p id="stamps" data-pagefind-title="About stamps">Stamps were dear.</p>',
  gate: '<p>The gate stood open.</p><h2 id="roses">Roses</h2><p class="aside">secret neighbours</p><p>Roses!</p>',
};

const docs: readonly IndexDoc[] = Object.entries(BODIES).map(([slug, html]) => ({
  url: `/posts/${slug}/`,
  version: "1",
  language: "en",
  title: `The ${slug}`,
  keywords: slug === "letters" ? [] : ["photos", "Nell Harrow", "home life"],
  html: () => html,
  meta: { day: "2024-01-01" },
  filters: { tag: slug === "letters" ? [] : ["photos"], year: ["2024"] },
}));

const QUERIES = [
  ...["neighbours", "the", "fence roses", '"the fence"', "café", "CAFE", "42", "nothing", "photos", "nell"],
  ...['"home life"', "secret", "letters photos", "dog", "stamps"],
];

async function build(
  some: readonly IndexDoc[],
  options: Partial<IndexOptions> = {},
): Promise<Map<string, Buffer>> {
  const files = await buildIndex(some, {
    ...{ language: "en", cache: memoryCache(), excludeClasses: ["aside"] },
    ...options,
  });
  return contentsOf(files.map((file) => ({ ...file, path: `/pagefind/${file.path}` })));
}

async function expectSameHits(
  ours: ReadonlyMap<string, Uint8Array>,
  theirs: ReadonlyMap<string, Uint8Array>,
  queries: readonly string[] = QUERIES,
): Promise<void> {
  const terms = queries.map((term) => [term, {}] as const);
  const [own, others] = [await searchAll(ours, terms), await searchAll(theirs, terms)];
  expect(own.filter((hits) => hits.length > 0).length).toBeGreaterThan(terms.length - 4);
  for (const [index, hits] of own.entries()) expect(hits, queries[index]).toEqual(others[index]);
  const narrowed = [{ tag: "photos" }, { year: "2024" }].map((filters) => [null, { filters }] as const);
  const urlsIn = async (bundle: ReadonlyMap<string, Uint8Array>) =>
    (await searchAll(bundle, narrowed)).map((hits) => hits.map(({ url }) => url).sort());
  expect(await urlsIn(ours)).toEqual(await urlsIn(theirs));
}

/** Pagefind's own index. */
async function stock(some: readonly IndexDoc[], language: string): Promise<Map<string, Buffer>> {
  const indexer = new LocalIndexer(memoryCache(), []);
  const files = await stockIndex(some, { language, excludeClasses: ["aside"], indexer });
  await indexer.finish();
  return contentsOf(files.map((file) => ({ ...file, path: `/pagefind/${file.path}` })));
}

test("queries have the results and scores of Pagefind's own index", async () => {
  await expectSameHits(await build(docs), await stock(docs, "en"));
});

test.each([
  [
    "ja",
    "私たちは庭にバラを植えました。",
    "日本語で東京都の話をしています。",
    ["庭", "日本語", "本語", "植え", "東京都"],
  ],
  [
    "zh",
    "我们在花园里种了玫瑰。",
    "北京大学的学生喜欢读书。",
    ["花园", "北京大学", "大学", "玫瑰", "喜欢读书"],
  ],
  ["th", "เราปลูกกุหลาบในสวน", "ภาษาไทยและคนในเมือง", ["กุหลาบ", "ในสวน", "ภาษาไทย", "เมือง", "หลาบ"]],
])(
  "queries without spaces between words have Pagefind's results and scores: %s",
  async (language, one, two, queries) => {
    const texts = [one, two, `${two}${one}`].map((text, index) => ({
      ...{
        url: `/${index}/`,
        version: "1",
        language,
        title: `${text.slice(0, 3)} ${index}`,
        keywords: ["photos"],
      },
      ...{ html: () => `<p>${text}</p><h2 id="x">${one}</h2><p>fence ${two}</p>`, meta: {} },
      filters: { tag: ["photos"], year: ["2024"] },
    }));
    await expectSameHits(await build(texts, { language }), await stock(texts, language), queries);
  },
);

test("another Pagefind release builds the index itself, with the same results and one note", async () => {
  const notes: string[] = [];
  const fallback = await build(docs, { pagefindVersion: "9.9.9", onNote: (note) => notes.push(note) });
  expect(notes).toEqual([expect.stringContaining("9.9.9")]);
  await expectSameHits(fallback, await build(docs, { onNote: (note) => notes.push(note) }));
  expect(notes).toHaveLength(1);
  expect([...fallback.keys()].filter((name) => /ui|highlight/.test(name))).toEqual([]);
});

test("the installed Pagefind is the supported release", () => {
  expect(installedPagefind()).toBe(PAGEFIND_VERSION);
});

test("after an edit, only that document is read, and the files are the same as without a cache", async () => {
  const cache = memoryCache();
  await build(docs, { cache });
  const read: string[] = [];
  const edited = docs.map((doc, index) => ({
    ...doc,
    version: index === 1 ? "2" : "1",
    html: () => {
      read.push(doc.url);
      return index === 1 ? "<p>Rewritten letters</p>" : doc.html();
    },
  }));
  const files = await buildIndex(edited, { language: "en", cache, excludeClasses: ["aside"] });
  expect(read).toEqual([edited[1]?.url]);
  const made = await contentsOf(files.map((file) => ({ ...file, path: `/pagefind/${file.path}` })));
  expect(made).toEqual(await build(edited));
});

test("documents that resolve late are indexed, and those known early are read once", async () => {
  const read: string[] = [];
  const counted = docs.map((doc) => ({
    ...doc,
    html: () => {
      read.push(doc.url);
      return doc.html();
    },
  }));
  const files = await buildIndex(Promise.resolve(counted), {
    ...{ language: "en", cache: memoryCache(), excludeClasses: ["aside"], early: counted.slice(0, 1) },
  });
  expect(read.sort()).toEqual(docs.map(({ url }) => url).sort());
  const made = await contentsOf(files.map((file) => ({ ...file, path: `/pagefind/${file.path}` })));
  expect(made).toEqual(await build(docs));
});

test("a lost cache entry costs time, but doesn't change the result", async () => {
  const cache = memoryCache();
  const whole = await build(docs, { cache });
  for (const key of cache.values.keys()) {
    const rest = memoryCache();
    for (const [other, value] of cache.values) if (other !== key) rest.write(other, value);
    const again = await build(docs, { cache: rest });
    expect([...again.keys()]).toEqual([...whole.keys()]);
    for (const [name, bytes] of whole) expect(again.get(name)?.equals(bytes), name).toBe(true);
  }
});
