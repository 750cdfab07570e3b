import { bundleFiles } from "./bundle.ts";
import { DocReader, type PreparedDoc, prepareDoc } from "./doc-reader.ts";
import { type Indexer, LocalIndexer, type WithIndexer } from "./indexer.ts";
import { installedPagefind } from "./pagefind-api.ts";
import { pagefindRuntime } from "./runtime.ts";
import { stockIndex } from "./stock-index.ts";
import type { IndexCache, IndexDoc, IndexFile } from "./types.ts";
import { wordIndex } from "./word-index.ts";

export type { IndexCache, IndexDoc, IndexFile, Indexer, WithIndexer };

export interface IndexOptions {
  /** Primary subtag of the language under which all documents are indexed; browsers load its stemmer. */
  readonly language: string;
  readonly cache: IndexCache;
  /** Elements with one of these classes aren't indexed, nor are their descendants. */
  readonly excludeClasses?: readonly string[];
  /** Documents of `docs` that are known before the others; they're read while `docs` is pending. */
  readonly early?: readonly IndexDoc[];
  /**
   * Runs a task with an indexer, such as one that forwards calls to a `LocalIndexer` with the same cache and classes in
   * another thread. The default runs in the calling thread. May be called again by a file's `make()`.
   */
  readonly withIndexer?: WithIndexer;
  /** Called with a sentence for the build log. */
  readonly onNote?: (note: string) => void;
  /** Version of Pagefind; the default is that of the installed package. */
  readonly pagefindVersion?: string;
}

/** The release whose file format this package writes. */
export const PAGEFIND_VERSION = "1.6.0";

/**
 * Builds a Pagefind index. Documents of the last build aren't read again; the files are the same, byte for byte, as in
 * a build without a cache. With another release of Pagefind, its Node API builds the whole index each time.
 * @throws the error of a document's `html()`; Error with Pagefind's own message.
 */
export async function buildIndex(
  docs: readonly IndexDoc[] | Promise<readonly IndexDoc[]>,
  options: IndexOptions,
): Promise<IndexFile[]> {
  const { language, cache, excludeClasses = [], early = [], onNote } = options;
  const version = options.pagefindVersion ?? installedPagefind();
  const withIndexer = options.withIndexer ?? localIndexer(cache, excludeClasses);
  if (version !== PAGEFIND_VERSION) {
    onNote?.(
      `Pagefind ${version} is not ${PAGEFIND_VERSION}, whose index can be updated incrementally: Pagefind itself ` +
        "indexes all documents in every build",
    );
    const all = await docs;
    return withIndexer((indexer) => stockIndex(all, { language, excludeClasses, indexer }));
  }
  const reader = new DocReader({ cache, excludeClasses, withIndexer });
  const known = new Map<IndexDoc, PreparedDoc>();
  const prepare = (doc: IndexDoc): PreparedDoc => {
    const prepared = known.get(doc) ?? prepareDoc(doc, excludeClasses);
    known.set(doc, prepared);
    return prepared;
  };
  const runtime = await pagefindRuntime(language, { version, cache, withIndexer });
  const prepared = Promise.resolve(docs).then((all) => all.map(prepare));
  const index = await wordIndex(prepared, early.map(prepare), { cache, reader, withIndexer });
  return bundleFiles(await prepared, reader, { version, language, runtime, index });
}

/** Runs one indexer at a time, since they share Pagefind's process. */
function localIndexer(cache: IndexCache, excludeClasses: readonly string[]): WithIndexer {
  let last: Promise<unknown> = Promise.resolve();
  return (use) => {
    const result = last.then(async () => {
      const indexer = new LocalIndexer(cache, excludeClasses);
      try {
        return await use(indexer);
      } finally {
        await indexer.finish();
      }
    });
    last = result.catch(() => undefined);
    return result;
  };
}
