import { type FileCache, hashOf } from "../cache/file-cache.ts";
import { analyseAll } from "./analyse-all.ts";
import type { TextToAnalyse } from "./analyse-texts.ts";
import { NO_POSTINGS, type Postings } from "./postings.ts";
import { type IndexedText, textSchema } from "./read-pagefind.ts";
import type { SearchRecord } from "./search-record.ts";

/** Makes the text of a record when it has to be read. */
export type TextOf = (record: SearchRecord) => Promise<TextToAnalyse>;

/** What Pagefind shows of each text, kept between builds under the text's leaf. */
export class AnalysisStore {
  readonly #cache: FileCache;
  readonly #textOf: TextOf;

  constructor(cache: FileCache, textOf: TextOf) {
    this.#cache = cache;
    this.#textOf = textOf;
  }

  /** Has Pagefind read texts, keeps what it shows of them, and gives what it found in them. */
  async read(records: readonly SearchRecord[]): Promise<Postings[]> {
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

  /** What Pagefind shows of a record's text. */
  async textOf(record: SearchRecord): Promise<IndexedText> {
    const kept = this.#readText(record.leaf);
    if (kept !== null) return kept;
    await this.read([record]);
    return this.#readText(record.leaf) ?? wordless(record.leaf);
  }

  #readText(leaf: string): IndexedText | null {
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
