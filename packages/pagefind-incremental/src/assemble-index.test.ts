import * as fc from "fast-check";
import { expect, test } from "vitest";
import { propertyRuns } from "../../../tests/support/property-runs.ts";
import { assembleIndex } from "./assemble-index.ts";
import { ByteWriter, CborReader, fromBytes, toBytes } from "./cbor.ts";
import { type Postings, TermEntries, TermWriter, compareBytes } from "./postings.ts";

/** Words of a text, each with its positions. */
type Words = Readonly<Record<string, readonly number[]>>;

/** Postings of some texts as Pagefind would write them. */
function postingsOf(texts: ReadonlyMap<string, Words>): Postings {
  const docIds = [...texts.keys()];
  const terms = new Map<string, TermEntries>();
  for (const [doc, words] of [...texts.values()].entries()) {
    for (const [word, positions] of Object.entries(words)) {
      const places = placesOf(positions);
      const entries = terms.get(toBytes(word)) ?? new TermEntries();
      entries.push(doc, places, 0, places.length);
      terms.set(toBytes(word), entries);
    }
  }
  const writer = new TermWriter();
  for (const term of [...terms.keys()].sort(compareBytes))
    writer.write(term, (terms.get(term) ?? new TermEntries()).block());
  return { docIds, wordCounts: docIds.map((docId) => docId.length), terms: writer.finish() };
}

/** Shared by all words, since each writer reserves 64 KB. */
const out = new ByteWriter();

function placesOf(positions: readonly number[]): Buffer {
  out.cborArray(positions.length);
  for (const position of positions) out.cborUnsigned(position);
  out.cborArray(0);
  return out.take();
}

/** Index entries as a browser reads them: word, page and positions. */
function contentsOf(chunks: readonly { readonly bytes: Buffer }[]): string[] {
  return chunks.flatMap(({ bytes }) => {
    const reader = new CborReader(bytes);
    reader.array();
    return Array.from({ length: reader.array() }, () => {
      reader.array();
      const word = fromBytes(reader.text());
      const pages = readPages(reader);
      const variants = Array.from({ length: reader.array() }, () => {
        reader.array();
        return `${fromBytes(reader.text())} ${readPages(reader)}`;
      });
      return [word, pages, ...variants].join(" ");
    });
  });
}

function readPages(reader: CborReader): string {
  let page = 0;
  return Array.from({ length: reader.array() }, () => {
    reader.array();
    page += reader.unsigned();
    const positions = Array.from({ length: reader.array() }, () => reader.unsigned());
    reader.skipIntegers();
    return `${page}:${positions.join(",")}`;
  }).join(";");
}

/** Expected result of {@link contentsOf}, computed from the texts; one line per word. */
function expectedOf(texts: ReadonlyMap<string, Words>): string[] {
  const lines = new Map<string, string[]>();
  for (const [page, found] of [...texts.values()].entries()) {
    for (const [term, positions] of Object.entries(found)) {
      lines.set(term, [...(lines.get(term) ?? []), `${page}:${positions.join(",")}`]);
    }
  }
  const terms = [...lines.keys()].sort((a, b) => compareBytes(toBytes(a), toBytes(b)));
  const wholeWords = [...new Set(terms.map((term) => term.split("\0")[0] ?? ""))];
  return wholeWords.map((whole) => {
    const variants = terms.filter((term) => term.startsWith(`${whole}\0`));
    const spelt = variants.map((term) => `${term.slice(whole.length + 1)} ${lines.get(term)?.join(";")}`);
    return [whole, lines.get(whole)?.join(";") ?? "", ...spelt].join(" ");
  });
}

const someWord = fc.oneof(
  fc.constantFrom(
    "fence",
    "fen",
    "cafe",
    "cafe\0café",
    "cafe\0cafè",
    "隣人",
    "関係",
    "𝒳",
    "\uffee",
    "z".repeat(400),
  ),
  fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom("a", "b", "é", "隣", "𝒳") }),
);
const someText = fc.record({
  words: fc.dictionary(someWord, fc.array(fc.nat(70_000), { maxLength: 400 }), { maxKeys: 40 }),
  source: fc.nat(3),
  isGone: fc.boolean(),
});
const library = fc.uniqueArray(fc.tuple(fc.string({ minLength: 1 }), someText), {
  selector: ([docId]) => docId,
});

test("an index is the same regardless of how its texts, and removed ones, are spread over earlier builds", () => {
  fc.assert(
    fc.property(library, (texts) => {
      const present = new Map(
        texts.filter(([, { isGone }]) => !isGone).map(([docId, { words }]) => [docId, words]),
      );
      const docIds = [...present.keys()];
      const clean = assembleIndex([postingsOf(present)], docIds);
      const sources = [0, 1, 2, 3].map((number) =>
        postingsOf(
          new Map(
            texts.filter(([, { source }]) => source === number).map(([docId, { words }]) => [docId, words]),
          ),
        ),
      );
      const merged = assembleIndex(sources, docIds);
      expect(merged).toEqual(clean);
      expect(assembleIndex([merged.postings], docIds)).toEqual(clean);
      expect(contentsOf(clean.chunks)).toEqual(expectedOf(present));
    }),
    propertyRuns(150),
  );
});

test("results are in page order, not in the order in which texts were read", () => {
  const texts = new Map<string, Words>([
    ["old", { fence: [1] }],
    ["new", { fence: [2] }],
  ]);
  const { chunks } = assembleIndex([postingsOf(texts)], ["new", "old"]);
  expect(contentsOf(chunks)).toEqual(["fence 0:2;1:1"]);
});

test("words with the same beginning share a chunk, and an edit leaves most files unchanged", () => {
  const textOf = (page: number): Words =>
    Object.fromEntries(
      Array.from({ length: 150 }, (_, index) => {
        const stem = ((page * 37 + index * 101) % 4_000).toString(36).padStart(3, "q");
        return [`${stem}word`, Array.from({ length: 40 }, (__, at) => at * 97)];
      }),
    );
  const texts = new Map(Array.from({ length: 150 }, (_, page) => [`text-${page}`, textOf(page)] as const));
  const edited = new Map(texts).set("text-100", { ...textOf(100), zebra: [7], qqzebra: [8] });
  const before = assembleIndex([postingsOf(texts)], [...texts.keys()]).chunks;
  const after = assembleIndex([postingsOf(edited)], [...edited.keys()]).chunks;
  const known = new Set(before.map(({ name }) => name));
  expect(before.length).toBeGreaterThan(15);
  expect(after.filter(({ name }) => !known.has(name)).length).toBeLessThan(6);
  for (const [index, { to }] of before.slice(0, -1).entries()) {
    expect(before[index + 1]?.from.slice(0, 3)).not.toBe(to.slice(0, 3));
  }
});
