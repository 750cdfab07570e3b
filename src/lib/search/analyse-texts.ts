import { escapeHtml } from "../escape.ts";
import { close, createIndex } from "pagefind";
import { type PagefindFiles, type TakenApart, takeApart } from "./read-pagefind.ts";

/** A text to be read by Pagefind. */
export interface TextToAnalyse {
  /** Names the text, and all that its analysis depends on. */
  readonly key: string;
  /** Language by whose rules the words are cut and stemmed; a primary subtag such as `en`. */
  readonly lang: string;
  readonly title: string;
  /** Plain text that goes before the body. */
  readonly lead: string;
  readonly bodyHtml: string;
}

/** Not read: what isn't the author's text, and links that only lead about the page. */
const EXCLUDED = [
  "video",
  "audio",
  "button",
  "a.anchor",
  ".note-ref",
  ".note-back",
  ".engine-word",
  "[hidden]",
  "[aria-hidden=true]",
];

/**
 * The fields of a text that Pagefind indexes beside its body, sorted. It would take the first picture and its
 * alternative text for `image`; so that every text has the same fields, `image` is given, without a word in it.
 */
export const META_FIELDS = ["image", "title"] as const;

/** Ends of elements after which Pagefind doesn't see that a word ends. */
const WORD_ENDS = /<\/(?:blockquote|caption|dd|dt|figcaption|figure|pre|summary|table|th|tr)>/g;

/**
 * Has Pagefind read texts, and takes its index apart.
 * @throws Error with Pagefind's own message.
 */
export async function analyseTexts(texts: readonly TextToAnalyse[]): Promise<TakenApart> {
  return takeApart(await pagefindFiles(texts.map((text) => ({ url: text.key, content: documentOf(text) }))));
}

/** The files that Pagefind makes of some pages. */
export async function pagefindFiles(
  pages: readonly { readonly url: string; readonly content: string }[],
): Promise<PagefindFiles> {
  const { index, errors } = await createIndex({ excludeSelectors: EXCLUDED });
  if (index === undefined) throw new Error(`Pagefind didn't start: ${errors.join("; ")}`);
  try {
    const added = await Promise.all(pages.map((page) => index.addHTMLFile(page)));
    refuse(added.flatMap((answer) => answer.errors));
    const made = await index.getFiles();
    refuse(made.errors);
    return new Map(made.files.map(({ path, content }) => [path.replaceAll("\\", "/"), content]));
  } finally {
    await index.deleteIndex();
  }
}

/** Ends Pagefind's process, so that its memory is free. */
export async function endPagefind(): Promise<void> {
  await close();
}

/**
 * The text as a page with nothing else on it: Pagefind weighs headings, and keeps them for results within a page. The
 * title stands outside the body, since a result shows it anyway: an excerpt then begins with the text.
 */
export function documentOf(text: TextToAnalyse): string {
  const { lang, title } = text;
  return (
    `<!doctype html><html lang="${escapeHtml(lang)}"><body><main data-pagefind-body>` +
    `<h1 data-pagefind-meta="title" data-pagefind-ignore>${escapeHtml(title)}</h1>` +
    `<i data-pagefind-meta="image:-"></i>${innerHtml(text).replaceAll(WORD_ENDS, "$& ")}</main></body></html>`
  );
}

/** What is read of a text: the lead and the body. */
export function innerHtml({ lead, bodyHtml }: TextToAnalyse): string {
  return lead === "" ? bodyHtml : `<p>${escapeHtml(lead)}</p>${bodyHtml}`;
}

function refuse(errors: readonly string[]): void {
  if (errors.length > 0) throw new Error(`Pagefind refused a text: ${errors.join("; ")}`);
}
