import type { FileCache } from "../lib/cache/file-cache.ts";
import { hashOf } from "../lib/cache/file-cache.ts";

/** What a build knows of a page without making its view. */
export interface KnownPage {
  /** Site path. */
  readonly path: string;
  /** Path below the output folder. */
  readonly file: string;
  /** Names the code that renders the page and all that it shows. */
  readonly key: string;
  /** Whether search engines are meant to list it. */
  readonly isListed: boolean;
}

/** The pages of groups as the last build found them, so that a group that can't have changed isn't made again. */
export class GroupMemory {
  readonly #cache: FileCache;

  constructor(cache: FileCache) {
    this.#cache = cache;
  }

  /** Null when the group's key was another one. */
  recall(group: string, key: string): readonly KnownPage[] | null {
    const stored = this.#cache.readText(hashOf("group", group));
    if (stored === null) return null;
    const known: { key: string; pages: readonly KnownPage[] } = JSON.parse(stored);
    return known.key === key ? known.pages : null;
  }

  remember(group: string, key: string, pages: readonly KnownPage[]): void {
    this.#cache.write(hashOf("group", group), JSON.stringify({ key, pages }));
  }
}
