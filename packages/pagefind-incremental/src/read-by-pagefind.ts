import { excludedSelectors, pageHtml } from "./page-html.ts";
import { pagefindFiles } from "./pagefind-api.ts";
import type { Postings } from "./postings.ts";
import { type IndexedText, takeApart } from "./read-pagefind.ts";
import type { IndexText } from "./types.ts";

export interface ReadByPagefind {
  readonly postings: readonly Postings[];
  /** The text and headings for a search result. */
  shownOf(docId: string): IndexedText;
}

/**
 * Indexes whole texts with Pagefind and parses the resulting index. Pagefind skips a text without words; here it gets
 * empty postings.
 */
export async function readByPagefind(
  texts: readonly IndexText[],
  excludeClasses: readonly string[],
): Promise<ReadByPagefind> {
  if (texts.length === 0) return { postings: [], shownOf: wordlessText };
  const pages = texts.map((text) => ({ url: text.docId, content: pageHtml(text) }));
  const files = await pagefindFiles(pages, { excludeSelectors: excludedSelectors(excludeClasses) });
  const { texts: found, postings } = takeApart(files);
  const absent = texts.map(({ docId }) => docId).filter((docId) => !found.has(docId));
  const wordless = { docIds: absent, wordCounts: absent.map(() => 0), terms: Buffer.alloc(0) };
  return {
    postings: [postings, wordless],
    shownOf: (docId) => found.get(docId) ?? wordlessText(docId),
  };
}

function wordlessText(docId: string): IndexedText {
  return { url: docId, content: "", word_count: 0, anchors: [] };
}
