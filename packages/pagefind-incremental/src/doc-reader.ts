import { fragmentBytes, packedFile } from "./fragments.ts";
import { cacheKey } from "./hash.ts";
import type { Indexer, WithIndexer } from "./indexer.ts";
import { readText } from "./read-text.ts";
import { readStoredText } from "./stored-text.ts";
import type { IndexCache, IndexDoc, ShownText } from "./types.ts";

/** A document whose HTML isn't loaded yet. */
export interface PreparedDoc {
  readonly doc: IndexDoc;
  /** Hash of all inputs of the document's index entries. */
  readonly docId: string;
  readonly keywords: string;
  readonly shown: ShownText["shown"];
}

export function prepareDoc(doc: IndexDoc, excludeClasses: readonly string[]): PreparedDoc {
  const { url, version, language, title, meta } = doc;
  const keywords = doc.keywords.join(", ");
  const docId = cacheKey("doc", url, version, language, title, keywords, ...excludeClasses);
  return { doc, docId, keywords, shown: { url, meta: { title, ...meta } } };
}

/** Number of texts sent to the indexer at a time; all of them are in memory meanwhile. */
const BATCH = 100;

export interface DocReaderOptions {
  readonly cache: IndexCache;
  readonly excludeClasses: readonly string[];
  readonly withIndexer: WithIndexer;
}

/** Reads documents and stores the resulting fragments until they're used. */
export class DocReader {
  readonly #options: DocReaderOptions;
  readonly #fragments = new Map<string, Uint8Array>();

  constructor(options: DocReaderOptions) {
    this.#options = options;
  }

  /** Resolves when the last batch has been sent; `done` resolves when it has been read. */
  async read(docs: readonly PreparedDoc[], indexer: Indexer): Promise<{ readonly done: Promise<void> }> {
    let done = Promise.resolve();
    for (let from = 0; from < docs.length; from += BATCH) {
      const texts = await Promise.all(docs.slice(from, from + BATCH).map(textOf));
      await done;
      done = indexer.read(texts).then((fragments) => {
        for (const [docId, bytes] of fragments) this.#fragments.set(docId, bytes);
      });
      // Rejections are handled where `done` is awaited.
      done.catch(() => undefined);
    }
    return { done };
  }

  /** The compressed file with the data that a search result shows. */
  async fragmentOf(doc: PreparedDoc): Promise<Uint8Array> {
    const made = this.#fragments.get(doc.docId);
    this.#fragments.delete(doc.docId);
    if (made !== undefined) return made;
    const text = await textOf(doc);
    const { excludeClasses, cache, withIndexer } = this.#options;
    const shown = readStoredText(cache, doc.docId) ?? readText(text, new Set(excludeClasses))?.text;
    if (shown !== undefined) return packedFile(fragmentBytes(text, shown));
    const [fragment] = await withIndexer((indexer) => indexer.read([text]));
    if (fragment === undefined) throw new Error(`The indexer returned nothing for ${doc.doc.url}`);
    return fragment[1];
  }
}

async function textOf({ doc, docId, keywords, shown }: PreparedDoc): Promise<ShownText> {
  const { language, title } = doc;
  return { docId, language, title, keywords, shown, html: await doc.html() };
}
