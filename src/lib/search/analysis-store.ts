import * as z from "zod";
import { type FileCache, hashOf } from "../cache/file-cache.ts";
import { analyseAll } from "./analyse-all.ts";
import { ANALYSIS_VERSION, type TextToAnalyse } from "./analyse-texts.ts";
import { NO_POSTINGS, type Postings } from "./postings.ts";
import { type IndexedText, textSchema } from "./read-pagefind.ts";
import type { SearchRecord } from "./search-record.ts";

/** Makes the text of a record when it has to be read. */
export type TextOf = (record: SearchRecord) => Promise<TextToAnalyse>;

/**
 * What Pagefind found in each text, kept between builds: the texts one by one under their leaf, the postings of all
 * texts of the last build in one place.
 */
export class AnalysisStore {
  readonly #cache: FileCache;
  readonly #textOf: TextOf;

  constructor(cache: FileCache, textOf: TextOf) {
    this.#cache = cache;
    this.#textOf = textOf;
  }

  /** Postings that together hold the leaves of all records; only texts that no earlier build has seen are read. */
  async postingsOf(records: readonly SearchRecord[]): Promise<Postings[]> {
    const kept = this.#readPostings();
    const known = new Set(kept.leaves);
    const missing = records.filter(({ leaf }) => !known.has(leaf));
    return [kept, ...(await this.#analyse(missing))];
  }

  /** Keeps the postings for the next build. */
  keep(postings: Postings): void {
    const { leaves, wordCounts, terms } = postings;
    const head = Buffer.from(JSON.stringify({ leaves, wordCounts, bytes: terms.length }));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(head.length);
    this.#cache.write(POSTINGS_KEY, Buffer.concat([length, head, terms]));
  }

  /** What Pagefind shows of a record's text. */
  async textOf(record: SearchRecord): Promise<IndexedText> {
    const kept = this.#readText(record.leaf);
    if (kept !== null) return kept;
    await this.#analyse([record]);
    return this.#readText(record.leaf) ?? wordless(record.leaf);
  }

  async #analyse(records: readonly SearchRecord[]): Promise<Postings[]> {
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

  #readText(leaf: string): IndexedText | null {
    const stored = this.#cache.readText(textKey(leaf));
    return stored === null ? null : textSchema.parse(JSON.parse(stored));
  }

  #readPostings(): Postings {
    const stored = this.#cache.read(POSTINGS_KEY);
    if (stored === null) return NO_POSTINGS;
    const headLength = stored.readUInt32LE(0);
    const { leaves, wordCounts } = headSchema.parse(JSON.parse(stored.toString("utf8", 4, 4 + headLength)));
    return { leaves, wordCounts, terms: stored.subarray(4 + headLength) };
  }
}

const POSTINGS_KEY = hashOf("postings", String(ANALYSIS_VERSION));

const headSchema = z.object({ leaves: z.array(z.string()), wordCounts: z.array(z.number()) });

/** Pagefind leaves out a text without a word. */
function wordless(leaf: string): IndexedText {
  return { url: leaf, content: "", word_count: 0, anchors: [] };
}

function textKey(leaf: string): string {
  return hashOf("text", leaf);
}
