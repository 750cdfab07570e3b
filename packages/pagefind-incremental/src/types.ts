/** A document to index. Pages in the index have the order of the documents. */
export interface IndexDoc {
  /** URL of the result; unique in the index. */
  readonly url: string;
  /** Changes whenever the result of `html()` changes; for example, a hash of the source. */
  readonly version: string;
  /** Primary language subtag (`en`), whose rules are used to segment and stem words. */
  readonly language: string;
  readonly title: string;
  /** Search terms besides the title and text, with the weight of metadata: tags, names. Not shown. */
  readonly keywords: readonly string[];
  /** Body as HTML; called only when the document is new or its fragment has to be generated. */
  html(): string | Promise<string>;
  /** Metadata of a result besides `title`. Searchable only if `keywords` repeats it. */
  readonly meta: Readonly<Record<string, string>>;
  /** Values by the filter's name. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
}

/** Storage between builds: values under hexadecimal keys. A damaged value must count as missing. */
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

/** A document's text as input of the indexer. */
export interface IndexText {
  /** Hash of all inputs of the document's index entries. */
  readonly docId: string;
  readonly language: string;
  readonly title: string;
  readonly keywords: string;
  readonly html: string;
}

/** An {@link IndexText} with the URL and metadata that a result shows. */
export interface ShownText extends IndexText {
  readonly shown: { readonly url: string; readonly meta: Readonly<Record<string, string>> };
}
