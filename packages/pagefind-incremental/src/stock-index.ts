import { plainFile } from "./bundle.ts";
import { prepareDoc } from "./doc-reader.ts";
import type { Indexer } from "./indexer.ts";
import { excludedSelectors, filterElement, metaElement, pageHtml } from "./page-html.ts";
import type { IndexDoc, IndexFile } from "./types.ts";

export interface StockOptions {
  readonly language: string;
  readonly excludeClasses: readonly string[];
  readonly indexer: Indexer;
}

/** Pagefind's UI files, which aren't part of the index. */
const INTERFACES = /^pagefind-(?:.*ui|highlight)\.(?:js|css)$/;

/**
 * Builds the index with Pagefind's Node API. Two differences from `buildIndex` with the supported release: everything
 * in `meta` is searchable, and languages without spaces between words are segmented by the rules of `language`.
 */
export async function stockIndex(
  docs: readonly IndexDoc[],
  { language, excludeClasses, indexer }: StockOptions,
): Promise<IndexFile[]> {
  const pages = docs.map(async (doc) => {
    const { docId, keywords } = prepareDoc(doc, excludeClasses);
    const more = [
      ...Object.entries(doc.meta).map(([name, value]) => metaElement(name, value)),
      ...Object.entries(doc.filters).flatMap(([name, values]) =>
        values.map((value) => filterElement(name, value)),
      ),
    ];
    const text = { ...doc, docId, keywords, html: await doc.html() };
    return { url: doc.url, content: pageHtml(text, more.join("")) };
  });
  const made = await indexer.pagefindFiles(await Promise.all(pages), {
    excludeSelectors: excludedSelectors(excludeClasses),
    forceLanguage: language,
  });
  return [...made].filter(([path]) => !INTERFACES.test(path)).map(([path, bytes]) => plainFile(path, bytes));
}
