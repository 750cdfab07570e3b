/** One HTML page to be rendered by an Astro route. */
export interface PageSpec {
  /** Route file below `src/pages` without its extension, such as `posts/[slug]`. */
  readonly route: string;
  readonly params: Readonly<Record<string, string | undefined>>;
  /** Address from the site's root without the base path: `/posts/hello/`. */
  readonly path: string;
  /** All that the page shows, as plain JSON. May be made on each access, so ask once. */
  readonly view: object;
  /**
   * Hash of all that the view is made from, besides the code: the same hash means the same view. Left out where it would
   * cost about as much as the view; null where it isn't known.
   */
  inputs?(): string | null;
  /** Whether search engines may list it; left out where only the view says so. */
  readonly isListed?: boolean;
}

/** A page whose view is made when it's asked for: a large site never has all its views in memory. */
export function lazyPage(page: Omit<PageSpec, "view">, makeView: () => object): PageSpec {
  return {
    ...page,
    get view() {
      return makeView();
    },
  };
}

/** One file that is not a page: a feed, the sitemap, a picture. */
export interface FileSpec<Bytes extends FileBytes = string | Uint8Array> {
  /** Address from the site's root without the base path: `/rss.xml`. */
  readonly path: string;
  /** Hash of all that the file shows; the same key means the same bytes. */
  readonly key: string;
  /** Makes the bytes; called only when no earlier build left them under the same key. */
  make(): Promise<Bytes>;
}

/** A text, bytes, or bytes in pieces that are shared with other files. */
export type FileBytes = string | Uint8Array | readonly Uint8Array[];

/** The bytes of a file in one piece. */
export function wholeFile(bytes: FileBytes): Uint8Array {
  if (typeof bytes === "string") return Buffer.from(bytes);
  return bytes instanceof Uint8Array ? bytes : Buffer.concat(bytes);
}

/** Files of one kind, listed when they are asked for. */
export interface FileGroup {
  /** Name in the build report: `feeds`. */
  readonly name: string;
  list(): readonly FileSpec<FileBytes>[];
}
