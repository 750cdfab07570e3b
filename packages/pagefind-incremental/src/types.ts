/** A document to be found. The order of the documents is that of their pages in the index. */
export interface IndexDoc {
  /** Address shown with a result; unique in the index. */
  readonly url: string;
  /** Changes whenever `html()` would return something else, such as a hash of the source. */
  readonly version: string;
  /** Primary language subtag (`en`) by whose rules the words are cut and stemmed. */
  readonly language: string;
  readonly title: string;
  /** Words that find the document beside its title and text, with the weight of metadata: tags, names. Not shown. */
  readonly keywords: readonly string[];
  /** Body as HTML; called only when the document is new or a file that shows it has to be made. */
  html(): string | Promise<string>;
  /** Metadata of a result besides `title`. Searchable only if `keywords` repeats it. */
  readonly meta: Readonly<Record<string, string>>;
  /** Values by the filter's name. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
}

/** Storage between builds: values under hexadecimal keys. A damaged value has to count as absent. */
export interface IndexCache {
  read(key: string): Buffer | null;
  write(key: string, value: string | Uint8Array): void;
}

/** One file of the index. */
export interface IndexFile {
  /** Path below the folder of the index: `fragment/abc.pf_fragment`. */
  readonly path: string;
  /** The same key means the same bytes. */
  readonly key: string;
  make(): Promise<Uint8Array>;
}

/** A document's text on its way into the index. */
export interface IndexText {
  /** Hash of everything that the reading of the text depends on. */
  readonly docId: string;
  readonly language: string;
  readonly title: string;
  readonly keywords: string;
  readonly html: string;
}

/** An {@link IndexText} with what a result shows beside it. */
export interface ShownText extends IndexText {
  readonly shown: { readonly url: string; readonly meta: Readonly<Record<string, string>> };
}
