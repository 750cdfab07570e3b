import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { type FileCache, hashOf } from "../cache/file-cache.ts";
import { analyseAll } from "./analyse-all.ts";
import type { TextToAnalyse } from "./analyse-texts.ts";
import { shownOf } from "./bundle-files.ts";
import { PACKING, fragmentBytes, packed } from "./fragments.ts";
import type { IndexThread } from "./index-thread.ts";
import { NO_POSTINGS, type Postings } from "./postings.ts";
import { type IndexedText, textSchema } from "./read-pagefind.ts";
import { readText } from "./read-text.ts";
import type { SearchRecord } from "./search-record.ts";

/** Makes the text of a record when it has to be read. */
export type TextOf = (record: SearchRecord) => Promise<TextToAnalyse>;

const compress = promisify(gzip);

/** Texts handed to the thread at a time: few, since all of them are held meanwhile. */
const BATCH = 100;

/**
 * What is shown of each text. Most texts are read here, and again whenever they're asked for; what Pagefind had to read
 * itself is kept between builds under the text's leaf.
 */
export class AnalysisStore {
  readonly #cache: FileCache;
  readonly #textOf: TextOf;
  /** Files that came with the reading, until they're asked for. */
  readonly #fragments = new Map<string, Uint8Array>();

  constructor(cache: FileCache, textOf: TextOf) {
    this.#cache = cache;
    this.#textOf = textOf;
  }

  /**
   * Has the thread read texts. Ends when it has been given the last of them, so that more can be asked of it meanwhile.
   * @returns what Pagefind finds in those that it has to read itself.
   */
  async read(
    records: readonly SearchRecord[],
    thread: IndexThread,
  ): Promise<{ readonly found: Promise<Postings[]> }> {
    const refused: SearchRecord[] = [];
    let reading = Promise.resolve();
    for (let from = 0; from < records.length; from += BATCH) {
      const batch = records.slice(from, from + BATCH);
      const texts = await Promise.all(
        batch.map(async (record) => ({ ...(await this.#textOf(record)), shown: shownOf(record) })),
      );
      await reading;
      reading = thread.read(texts).then((answer) => {
        for (const [leaf, bytes] of answer.fragments) this.#fragments.set(leaf, bytes);
        const left = new Set(answer.refused);
        refused.push(...batch.filter(({ leaf }) => left.has(leaf)));
      });
      reading.catch(() => undefined);
    }
    return { found: reading.then(() => (refused.length === 0 ? [] : this.#haveRead(refused))) };
  }

  /** The compressed file with what a result shows of a record. */
  async fragmentOf(record: SearchRecord): Promise<Uint8Array> {
    const made = this.#fragments.get(record.leaf);
    this.#fragments.delete(record.leaf);
    if (made !== undefined) return made;
    return compress(packed(fragmentBytes(shownOf(record), await this.#indexedText(record))), PACKING);
  }

  async #indexedText(record: SearchRecord): Promise<IndexedText> {
    const kept = this.#keptText(record.leaf);
    if (kept !== null) return kept;
    const read = readText(await this.#textOf(record));
    if (read !== null) return read.text;
    await this.#haveRead([record]);
    return this.#keptText(record.leaf) ?? wordless(record.leaf);
  }

  /** Has Pagefind read texts, and keeps what it shows of them. */
  async #haveRead(records: readonly SearchRecord[]): Promise<Postings[]> {
    const found: Postings[] = [];
    const absent = new Set(records.map(({ leaf }) => leaf));
    await analyseAll(records, this.#textOf, ({ texts, postings }) => {
      for (const [leaf, text] of texts) {
        this.#cache.write(textKey(leaf), JSON.stringify(text));
        absent.delete(leaf);
      }
      found.push(postings);
    });
    for (const leaf of absent) this.#cache.write(textKey(leaf), JSON.stringify(wordless(leaf)));
    return [...found, { ...NO_POSTINGS, leaves: [...absent], wordCounts: [...absent].map(() => 0) }];
  }

  #keptText(leaf: string): IndexedText | null {
    const stored = this.#cache.readText(textKey(leaf));
    return stored === null ? null : textSchema.parse(JSON.parse(stored));
  }
}

/** Pagefind leaves out a text without a word. */
function wordless(leaf: string): IndexedText {
  return { url: leaf, content: "", word_count: 0, anchors: [] };
}

function textKey(leaf: string): string {
  return hashOf("text", leaf);
}
