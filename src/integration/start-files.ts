import { isSame, stateOf } from "../lib/cache/file-state.ts";

/** The files for which Astro restarts its dev server, as they were when its configuration was read. */
export class StartFiles {
  readonly #files: readonly string[];
  #states: readonly ReturnType<typeof stateOf>[];

  /** Make it before the files are read. @param files absolute. */
  constructor(files: readonly string[]) {
    this.#files = files;
    this.#states = files.map(stateOf);
  }

  /** A file that isn't as the running server has read it, or undefined. */
  changed(): string | undefined {
    return this.#files.find((file, index) => !isSame(stateOf(file), this.#states[index] ?? null));
  }

  /** The files as they are now count as read. */
  accept(): void {
    this.#states = this.#files.map(stateOf);
  }
}
