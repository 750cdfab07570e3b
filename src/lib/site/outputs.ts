/** One HTML page to be rendered by an Astro route. */
export interface PageSpec {
  /** Route file below `src/pages` without its extension, such as `posts/[slug]`. */
  readonly route: string;
  readonly params: Readonly<Record<string, string | undefined>>;
  /** Address from the site's root without the base path: `/posts/hello/`. */
  readonly path: string;
  /** The page's data as plain JSON. May be computed on each access, so read it once. */
  readonly view: object;
  /**
   * Hash of all inputs of the view except the code: the same hash means the same view. Omitted if it would cost about
   * as much as the view; returns null if unknown.
   */
  inputs?(): string | null;
  /** Whether search engines may list the page; omitted if only the view has this information. */
  readonly isListed?: boolean;
}

/** A page whose view is computed on access, so that a large site never holds all views in memory. */
export function lazyPage(page: Omit<PageSpec, "view">, makeView: () => object): PageSpec {
  return {
    ...page,
    get view() {
      return makeView();
    },
  };
}

/** One file that isn't a page: a feed, the sitemap, a picture. */
export interface FileSpec<Bytes extends FileBytes = string | Uint8Array> {
  /** Address from the site's root without the base path: `/rss.xml`. */
  readonly path: string;
  /** Cache key: the same key means the same bytes. */
  readonly key: string;
  /** Generates the bytes; called only if no earlier build stored them under the same key. */
  make(): Promise<Bytes>;
}

/** A text, bytes, or chunks of bytes that can be shared between files. */
export type FileBytes = string | Uint8Array | readonly Uint8Array[];

/** The bytes of a file in one buffer. */
export function wholeFile(bytes: FileBytes): Uint8Array {
  if (typeof bytes === "string") return Buffer.from(bytes);
  return bytes instanceof Uint8Array ? bytes : Buffer.concat(bytes);
}

/** Files of one kind, listed on demand. */
export interface FileGroup {
  /** Name in the build report: `feeds`. */
  readonly name: string;
  list(): readonly FileSpec<FileBytes>[];
}
