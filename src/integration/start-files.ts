import { isSame, stateOf } from "../lib/cache/file-state.ts";

/** Files that make Astro restart its dev server, with their state when its configuration was read. */
export class StartFiles {
  readonly #files: readonly string[];
  #states: readonly ReturnType<typeof stateOf>[];

  /** Must be created before the files are read. @param files absolute. */
  constructor(files: readonly string[]) {
    this.#files = files;
    this.#states = files.map(stateOf);
  }

  /** A file that has changed since the running server read it, or undefined. */
  changed(): string | undefined {
    return this.#files.find((file, index) => !isSame(stateOf(file), this.#states[index] ?? null));
  }

  /** Marks the current state of the files as read. */
  accept(): void {
    this.#states = this.#files.map(stateOf);
  }
}
