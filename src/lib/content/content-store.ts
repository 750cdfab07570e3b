import path from "node:path";
import { FileCache } from "../cache/file-cache.ts";
import { codeVersion } from "../code-version.ts";
import { FileIndex } from "../cache/file-index.ts";
import { createPictures } from "../images/image-resolver.ts";
import type { Pictures } from "../images/image-resolver.ts";
import type { ParsedResponses } from "../responses/record.ts";
import type { AuthorEntry } from "./author-entry.ts";
import type { ContentFiles } from "./content-files.ts";
import type { RelatedMemory } from "./load-related.ts";
import type { PageEntry } from "./page-entry.ts";
import type { PostEntry } from "./post-entry.ts";

/** Results of earlier loads, on disk and in memory. A server keeps one store; each build opens its own. */
export interface ContentStore {
  /** Root of the cache, absolute. */
  readonly cacheDir: string;
  readonly onDamage: (file: string) => void;
  /** Code version for which cached results are valid. */
  readonly version: string;
  readonly posts: FileIndex<PostEntry>;
  readonly pages: FileIndex<PageEntry>;
  readonly authors: FileIndex<AuthorEntry>;
  readonly responses: FileIndex<ParsedResponses>;
  readonly pictures: Pictures;
  /** Rendered bodies; read with `readBody` in `../markdown/body-file.ts`. */
  readonly bodies: FileCache;
  /** All other cached data. */
  readonly cache: FileCache;
  readonly memory: ContentMemory;
}

/** Results of the server's last load, in addition to those on disk. */
export interface ContentMemory {
  /** The author's files as last listed, even if that load failed. */
  files: ContentFiles | null;
  related: RelatedMemory | null;
}

export interface StoreOptions {
  /** The project's root, absolute. */
  readonly root: string;
  readonly cacheDir: string;
  /** Cached results are valid for this version only. Default: a hash of the code and the lock file. */
  readonly engineVersion?: string | undefined;
  /** Called for each damaged file, which is discarded. */
  readonly onDamage?: ((file: string) => void) | undefined;
}

/** Opens the store in a cache folder. Damaged or outdated parts are treated as missing. */
export function openContentStore(options: StoreOptions): ContentStore {
  const { root, cacheDir, engineVersion: version = codeVersion(), onDamage = () => {} } = options;
  const cache = new FileCache(path.join(cacheDir, "content"), onDamage);
  const open = <T>(name: string) => new FileIndex<T>({ cache, name, version, root });
  return {
    cacheDir,
    onDamage,
    version,
    posts: open("posts"),
    pages: open("pages"),
    authors: open("authors"),
    responses: open("responses"),
    pictures: createPictures({ root, cache: new FileCache(picturesDir(cacheDir), onDamage) }),
    bodies: new FileCache(bodiesDir(cacheDir), onDamage),
    cache,
    memory: { files: null, related: null },
  };
}

/** Cache folder for picture metadata. */
export function picturesDir(cacheDir: string): string {
  return path.join(cacheDir, "pictures");
}

/** Cache folder for rendered bodies. */
export function bodiesDir(cacheDir: string): string {
  return path.join(cacheDir, "bodies");
}
