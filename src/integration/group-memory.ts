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
  /** Names what the view was made from and the code; null where the view has to be made to tell. */
  readonly inputs: string | null;
}

/** The pages of a group as a build found them. */
export interface KnownGroup {
  /** Names what decides on all of them; null where each has to be looked at. */
  readonly key: string | null;
  readonly pages: readonly KnownPage[];
}

/** The pages of groups as the last build found them, so that those that can't have changed aren't made again. */
export class GroupMemory {
  readonly #cache: FileCache;

  constructor(cache: FileCache) {
    this.#cache = cache;
  }

  recall(group: string): KnownGroup {
    const stored = this.#cache.readText(hashOf("group", group));
    return stored === null ? { key: null, pages: [] } : JSON.parse(stored);
  }

  remember(group: string, known: KnownGroup): void {
    this.#cache.write(hashOf("group", group), JSON.stringify(known));
  }
}
