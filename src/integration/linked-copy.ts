import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { linkOrCopy } from "./prepare-target.ts";

/**
 * A folder that shows the files of a tree a second time, by hard links: a first build gives its tree away to be
 * published, and the next one needs it. Each file is linked when it's there; to link 20,000 at the end took half a
 * second, in which all other cores had nothing to do.
 */
export class LinkedCopy {
  readonly folder: string;
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>(["."]);
  #isUsable = true;

  /** Empties the folder. */
  constructor(folder: string) {
    this.folder = folder;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }

  /**
   * Adds a file. One that comes twice, or stands where a folder must be, isn't followed here: the copy is given up.
   * @param file forward slashes.
   */
  add(tree: string, file: string): void {
    if (!this.#isUsable) return;
    this.#isUsable = !this.#files.has(file) && !this.#folders.has(file);
    if (!this.#isUsable || !this.#makeFolder(path.posix.dirname(file))) return;
    this.#files.add(file);
    linkOrCopy(`${tree}/${file}`, `${this.folder}/${file}`);
  }

  /** Whether it shows so many files, as they are. */
  isWhole(size: number): boolean {
    return this.#isUsable && this.#files.size === size;
  }

  /** Each once, by the short call. */
  #makeFolder(name: string): boolean {
    if (this.#folders.has(name)) return true;
    this.#isUsable &&= !this.#files.has(name) && this.#makeFolder(path.posix.dirname(name));
    if (!this.#isUsable) return false;
    mkdirSync(`${this.folder}/${name}`);
    this.#folders.add(name);
    return true;
  }
}
