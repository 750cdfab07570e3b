import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import * as z from "zod";
import { hashOf } from "../lib/cache/file-cache.ts";

const entrySchema = z.object({ key: z.string(), size: z.number(), mtimeMs: z.number(), hash: z.string() });
const manifestSchema = z.record(z.string(), entrySchema);

/** What is known of one written file: the key that it was made for, and how to tell that it is still the same. */
export type TreeEntry = z.infer<typeof entrySchema>;

/**
 * A folder of finished files with a manifest beside it. A file counts as present only if it is as the manifest says;
 * anything else in the folder is removed. So a killed build, a restored cache or a hand-edited file can't be taken
 * for a good one.
 */
export class OutputTree {
  readonly folder: string;
  readonly #manifestFile: string;
  readonly #entries: Map<string, TreeEntry>;
  readonly #touched = new Set<string>();

  constructor(folder: string, manifestFile: string) {
    this.folder = folder;
    this.#manifestFile = manifestFile;
    mkdirSync(folder, { recursive: true });
    this.#entries = verify(folder, readManifest(manifestFile));
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

  write(file: string, key: string, value: string | Uint8Array): void {
    const body = typeof value === "string" ? Buffer.from(value) : value;
    this.#place(file, (target) => writeFileSync(target, body));
    this.adopt(file, key, hashOf(body));
  }

  /** Takes a file of another folder of ours by hard link, or as a copy where links are refused. */
  link(file: string, key: string, from: string): void {
    this.#place(file, (target) => linkOrCopy(from, target));
    this.adopt(file, key, hashOf(readFileSync(from)));
  }

  /** Copies an author's file, which must never share its bytes with ours. */
  copy(file: string, key: string, from: string): void {
    this.#place(file, (target) => copyFileSync(from, target));
    this.adopt(file, key, hashOf(readFileSync(from)));
  }

  /** Records a file that somebody else (a render thread) has written into the folder. */
  adopt(file: string, key: string, hash: string): void {
    const { size, mtimeMs } = statSync(path.join(this.folder, file));
    this.#entries.set(file, { key, size, mtimeMs, hash });
    this.#touched.add(file);
  }

  /** Removes all files that this build neither kept nor wrote, and says which. */
  prune(): string[] {
    const orphans = [...this.#entries.keys()].filter((file) => !this.#touched.has(file));
    for (const file of orphans) {
      this.#entries.delete(file);
      removeFile(this.folder, file);
    }
    return orphans;
  }

  save(): void {
    writeManifest(this.#manifestFile, this.#entries);
  }

  get entries(): ReadonlyMap<string, TreeEntry> {
    return this.#entries;
  }

  #place(file: string, put: (target: string) => void): void {
    put(clearPlace(this.folder, file));
  }
}

/**
 * Publishes a tree: it takes the place of `outDir` in one rename, and the folder that was there, brought up to date
 * by hard links to what changed, becomes the tree that the next build works in. So the cost follows the change.
 */
export function publish(tree: OutputTree, outDir: string, manifestFile: string): void {
  const retired = `${tree.folder}.retired`;
  rmSync(retired, { recursive: true, force: true });
  if (existsSync(outDir)) renameSync(outDir, retired);
  renameSync(tree.folder, outDir);
  if (existsSync(retired)) renameSync(retired, tree.folder);
  mkdirSync(tree.folder, { recursive: true });
  follow(tree, outDir);
  writeManifest(manifestFile, tree.entries);
}

/** Makes the working folder equal to the published one. */
function follow(tree: OutputTree, outDir: string): void {
  const present = new Set(listFiles(tree.folder));
  for (const [file, entry] of tree.entries) {
    const target = path.join(tree.folder, file);
    const isSame = present.delete(file) && isAsRecorded(target, entry);
    if (isSame) continue;
    linkOrCopy(path.join(outDir, file), clearPlace(tree.folder, file));
  }
  for (const file of present) removeFile(tree.folder, file);
}

function verify(folder: string, manifest: Record<string, TreeEntry>): Map<string, TreeEntry> {
  const entries = new Map<string, TreeEntry>();
  for (const file of listFiles(folder)) {
    const entry = Object.hasOwn(manifest, file) ? manifest[file] : undefined;
    const target = path.join(folder, file);
    if (entry !== undefined && isAsRecorded(target, entry)) entries.set(file, entry);
    else if (entry !== undefined && hashOf(readFileSync(target)) === entry.hash) {
      const { size, mtimeMs } = statSync(target);
      entries.set(file, { ...entry, size, mtimeMs });
    } else removeFile(folder, file);
  }
  return entries;
}

function isAsRecorded(file: string, entry: TreeEntry): boolean {
  const { size, mtimeMs } = lstatSync(file);
  return size === entry.size && mtimeMs === entry.mtimeMs;
}

function readManifest(file: string): Record<string, TreeEntry> {
  if (!existsSync(file)) return {};
  const [checksum, json] = readFileSync(file, "utf8").split("\n", 2);
  if (json === undefined || checksum !== hashOf(json)) return {};
  return manifestSchema.parse(JSON.parse(json));
}

function writeManifest(file: string, entries: ReadonlyMap<string, TreeEntry>): void {
  const json = JSON.stringify(Object.fromEntries(entries));
  const draft = `${file}.${process.pid}`;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(draft, `${hashOf(json)}\n${json}`);
  renameSync(draft, file);
}

/** All files below a folder, paths with forward slashes, in the order in which the disk names them. */
export function listFiles(folder: string): string[] {
  const found: string[] = [];
  collect(folder, "", found);
  return found;
}

function collect(folder: string, prefix: string, found: string[]): void {
  for (const item of readdirSync(prefix === "" ? folder : `${folder}/${prefix}`, { withFileTypes: true })) {
    const name = prefix === "" ? item.name : `${prefix}/${item.name}`;
    if (item.isDirectory()) collect(folder, name, found);
    else found.push(name);
  }
}

function linkOrCopy(from: string, target: string): void {
  try {
    linkSync(from, target);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && isLinkRefusal(error.code))) throw error;
    copyFileSync(from, target);
    const { atime, mtime } = statSync(from);
    utimesSync(target, atime, mtime);
  }
}

/** Codes by which file systems say that they can't link: no permission, across disks, unsupported, too many. */
function isLinkRefusal(code: unknown): boolean {
  return ["EPERM", "EXDEV", "ENOTSUP", "EMLINK", "EOPNOTSUPP"].includes(String(code));
}

/**
 * Makes room for a file: its folders are there, and neither the old file nor a folder of its name is. A name can turn
 * from a folder into a file and back, as when an old address goes.
 * @returns the file's absolute path.
 */
export function clearPlace(folder: string, file: string): string {
  const target = path.join(folder, file);
  rmSync(target, { force: true, recursive: true });
  for (let parent = path.dirname(file); parent !== "."; parent = path.dirname(parent)) {
    const above = path.join(folder, parent);
    if (existsSync(above) && !statSync(above).isDirectory()) rmSync(above);
  }
  mkdirSync(path.dirname(target), { recursive: true });
  return target;
}

/** Removes a file, if it's still one, and the folders that it leaves empty. */
function removeFile(folder: string, file: string): void {
  const target = path.join(folder, file);
  if (!existsSync(target) || statSync(target).isDirectory()) return;
  rmSync(target);
  let parent = path.dirname(file);
  while (parent !== "." && readdirSync(path.join(folder, parent)).length === 0) {
    rmdirSync(path.join(folder, parent));
    parent = path.dirname(parent);
  }
}
