/** The CPU-intensive half of the work, which can run in another thread (see `Indexer`). */
import { gzipSync } from "node:zlib";
import { type IndexChunk, assembleIndex } from "./assemble-index.ts";
import { PACKING, fragmentBytes, packed } from "./fragments.ts";
import {
  type PagefindFiles,
  type PagefindOptions,
  type PagefindPage,
  closePagefind,
  pagefindFiles,
} from "./pagefind-api.ts";
import type { Postings } from "./postings.ts";
import { readPostingsFile, writePostingsFile } from "./postings-file.ts";
import { readByPagefind } from "./read-by-pagefind.ts";
import { readText } from "./read-text.ts";
import { writeStoredText } from "./stored-text.ts";
import { TextPostings } from "./text-postings.ts";
import type { IndexCache, ShownText } from "./types.ts";

export interface Assembled {
  /** Ids of documents that were neither stored nor read; if there are any, nothing was assembled. */
  readonly missing: readonly string[];
  readonly chunks: readonly IndexChunk[];
  readonly wordCounts: readonly number[];
}

/** Compressed fragments by docId. */
export type Fragments = readonly (readonly [docId: string, bytes: Uint8Array])[];

/** Reads texts and assembles the word index. Arguments and results can be sent between threads. */
export interface Indexer {
  /** Loads the postings of the last build, so that `assemble` needn't wait for them. */
  prepare(): Promise<void>;
  /** Parses texts and adds their postings to the next index. */
  read(texts: readonly ShownText[]): Promise<Fragments>;
  /** Assembles the word index. @param docIds of all documents, in page order. */
  assemble(docIds: readonly string[]): Promise<Assembled>;
  /** The files that Pagefind generates for some pages. */
  pagefindFiles(pages: readonly PagefindPage[], options?: PagefindOptions): Promise<PagefindFiles>;
  /** Stores data for later builds and frees memory. */
  finish(): Promise<void>;
}

/** Runs a task with an indexer. */
export type WithIndexer = <Result>(use: (indexer: Indexer) => Promise<Result>) => Promise<Result>;

/** An {@link Indexer} that runs in the calling thread. */
export class LocalIndexer implements Indexer {
  readonly #cache: IndexCache;
  readonly #excludeClasses: ReadonlySet<string>;
  readonly #texts: TextPostings;
  /** Postings of texts that Pagefind parsed since the last assembly. */
  #byPagefind: Postings[] = [];
  /** Postings of the last build, once they're loaded. */
  #stored: Postings | null = null;
  #unwritten: Postings | null = null;
  #last: Promise<unknown> = Promise.resolve();

  /** @param excludeClasses as in `IndexOptions`. */
  constructor(cache: IndexCache, excludeClasses: readonly string[]) {
    this.#cache = cache;
    this.#excludeClasses = new Set(excludeClasses);
    this.#texts = new TextPostings(cache);
  }

  prepare(): Promise<void> {
    return this.#inTurn(() => {
      this.#stored ??= readPostingsFile(this.#cache);
      return Promise.resolve();
    });
  }

  read(texts: readonly ShownText[]): Promise<Fragments> {
    return this.#inTurn(async () => {
      const read = texts.map((text) => ({ text, read: readText(text, this.#excludeClasses) }));
      const refused = read.flatMap((one) => (one.read === null ? [one.text] : []));
      const { postings, shownOf } = await readByPagefind(refused, [...this.#excludeClasses]);
      this.#byPagefind.push(...postings);
      for (const { docId } of refused) writeStoredText(this.#cache, shownOf(docId));
      await this.#texts.add(
        read.flatMap((one) => (one.read === null ? [] : [{ ...one.read, language: one.text.language }])),
      );
      return read.map(({ text, read: found }) => {
        const shown = found?.text ?? shownOf(text.docId);
        // Copied, because the result of gzip is part of a larger buffer.
        return [text.docId, new Uint8Array(gzipSync(packed(fragmentBytes(text, shown)), PACKING))] as const;
      });
    });
  }

  assemble(docIds: readonly string[]): Promise<Assembled> {
    return this.#inTurn(async () => {
      this.#stored ??= readPostingsFile(this.#cache);
      const read = [...this.#byPagefind, ...(await this.#texts.all())];
      const known = new Set(read.flatMap((source) => source.docIds));
      // Documents that have been read again replace their stored postings.
      const stored = { ...this.#stored, docIds: this.#stored.docIds.map((id) => (known.has(id) ? "" : id)) };
      for (const docId of stored.docIds) known.add(docId);
      const missing = docIds.filter((docId) => !known.has(docId));
      if (missing.length > 0) return { missing, chunks: [], wordCounts: [] };
      const { chunks, postings } = assembleIndex([stored, ...read], docIds);
      this.#texts.clear();
      this.#byPagefind = [];
      this.#stored = null;
      this.#unwritten = postings;
      return { missing, chunks, wordCounts: postings.wordCounts };
    });
  }

  pagefindFiles(pages: readonly PagefindPage[], options?: PagefindOptions): Promise<PagefindFiles> {
    return this.#inTurn(() => pagefindFiles(pages, options));
  }

  finish(): Promise<void> {
    return this.#inTurn(async () => {
      this.#texts.save();
      if (this.#unwritten !== null) writePostingsFile(this.#cache, this.#unwritten);
      this.#unwritten = null;
      this.#stored = null;
      await closePagefind();
    });
  }

  /** Runs requests one at a time. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
