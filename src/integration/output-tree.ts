import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { hashOf } from "../lib/cache/file-cache.ts";
import { wholeFile, type FileBytes } from "../lib/site/outputs.ts";
import type { CheckedTree } from "./check-tree.ts";
import { LinkedCopy } from "./linked-copy.ts";
import { writeManifest, type TreeEntry } from "./manifest.ts";
import { prepareTarget, linkOrCopy, removeFile } from "./prepare-target.ts";
import { copyOf, publish } from "./publish.ts";

export { listFiles } from "./list-files.ts";

/**
 * A folder of finished files with a manifest beside it. A file counts as present only if it is as the manifest says;
 * anything else in the folder is removed. So a killed build, a restored cache or a hand-edited file can't be taken
 * for a good one.
 */
export class OutputTree {
  readonly folder: string;
  readonly #manifestFile: string;
  readonly #entries: Map<string, TreeEntry>;
  readonly #publishedTo: string | null;
  readonly #isRenewed: boolean;
  readonly #touched = new Set<string>();
  readonly #changed = new Set<string>();
  #copy: LinkedCopy | null = null;
  #room = Buffer.alloc(0);

  /** Takes what was found in the folder. */
  constructor(folder: string, manifestFile: string, { manifest, isRenewed }: CheckedTree) {
    this.folder = folder;
    this.#manifestFile = manifestFile;
    this.#entries = manifest.entries;
    this.#publishedTo = manifest.publishedTo;
    this.#isRenewed = isRenewed;
  }

  /**
   * Links what will be recorded into a second folder at once, if the tree is empty and nothing is published: after a
   * first build the next one needs it. Not where publishing will have to copy, from one disk to another.
   */
  copyAhead(outDir: string): void {
    if (this.#entries.size > 0 || existsSync(outDir)) return;
    const parent = statSync(path.dirname(outDir), { throwIfNoEntry: false });
    if (parent?.dev === statSync(this.folder).dev) this.#copy = new LinkedCopy(copyOf(this.folder));
  }

  /** Whether the file at this path (`posts/hello/index.html`) was made for this key. Keeps the file from {@link prune}. */
  has(file: string, key: string): boolean {
    if (this.#entries.get(file)?.key !== key) return false;
    this.#touched.add(file);
    return true;
  }

  read(file: string): Buffer {
    return readFileSync(path.join(this.folder, file));
  }

  write(file: string, key: string, value: FileBytes): void {
    const body =
      typeof value === "string" || value instanceof Uint8Array ? wholeFile(value) : this.#joined(value);
    writeFileSync(prepareTarget(this.folder, file), body);
    this.#recordNow(file, key, hashOf(body));
  }

  /** Pieces in a buffer that the next file overwrites: a new one for each would have the collector run more often. */
  #joined(pieces: readonly Uint8Array[]): Uint8Array {
    const size = pieces.reduce((sum, { length }) => sum + length, 0);
    if (size > this.#room.length) this.#room = Buffer.allocUnsafeSlow(size);
    let end = 0;
    for (const piece of pieces) {
      this.#room.set(piece, end);
      end += piece.length;
    }
    return this.#room.subarray(0, end);
  }

  /** Takes a file of another folder of ours by hard link, or as a copy where links are refused. */
  link(file: string, key: string, from: string): void {
    linkOrCopy(from, prepareTarget(this.folder, file));
    this.#recordNow(file, key, hashOf(readFileSync(from)));
  }

  /** Copies an author's file, which must never share its bytes with ours. */
  copy(file: string, key: string, from: string): void {
    copyFileSync(from, prepareTarget(this.folder, file));
    this.#recordNow(file, key, hashOf(readFileSync(from)));
  }

  /** Records a file that has been written into the folder. */
  record(file: string, { key, size, mtimeMs, hash }: TreeEntry): void {
    this.#entries.set(file, { key, size, mtimeMs, hash });
    this.#touched.add(file);
    this.#changed.add(file);
    this.#copy?.add(this.folder, file);
  }

  #recordNow(file: string, key: string, hash: string): void {
    const { size, mtimeMs } = statSync(path.join(this.folder, file));
    this.record(file, { key, size, mtimeMs, hash });
  }

  /**
   * Notes what a build has written that can't go on, so that the next one takes it for what it is and not for damage.
   * Files of the last build may have been replaced: what is published is compared with all of it the next time.
   */
  keep(): void {
    if (this.#changed.size > 0)
      writeManifest(this.#manifestFile, { publishedTo: null, entries: this.#entries });
  }

  /** Removes all files that this build neither kept nor wrote, and says which. */
  prune(): string[] {
    const orphans = [...this.#entries.keys()].filter((file) => !this.#touched.has(file));
    for (const file of orphans) {
      this.#entries.delete(file);
      this.#changed.add(file);
      removeFile(this.folder, file);
    }
    return orphans;
  }

  /**
   * Puts the tree in the place of `outDir`; the folder that was there becomes the tree of the next build.
   * @param say told when the folder can't be swapped all at once.
   */
  publish(outDir: string, say: (line: string) => void): void {
    const isKnown = this.#publishedTo === outDir;
    if (!isKnown || this.#isRenewed || this.#changed.size > 0)
      writeManifest(this.#manifestFile, { publishedTo: outDir, entries: this.#entries });
    const changed = isKnown ? this.#changed : null;
    publish({ folder: this.folder, entries: this.#entries, outDir, changed, copy: this.#copy, say });
  }

  get entries(): ReadonlyMap<string, TreeEntry> {
    return this.#entries;
  }
}
