import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { hashOf } from "../lib/cache/file-cache.ts";

/** What is known of one written file: the key that it was made for, and how to tell that it is still the same. */
export interface TreeEntry {
  readonly key: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly hash: string;
}

/** What a tree of finished files consists of. */
export interface Manifest {
  /** The folder that shows the same files; null before the first build. */
  readonly publishedTo: string | null;
  /** By path with forward slashes. */
  readonly entries: Map<string, TreeEntry>;
}

/** Raise it when manifests are written in another way. */
const FORMAT = "tree-1";

type Row = readonly [file: string, key: string, size: number, mtimeMs: number, hash: string];

/** Reads a manifest; one that is damaged or of another format counts as absent. @param onDamage told of it. */
export function readManifest(file: string, onDamage: (file: string) => void): Manifest {
  const nothing: Manifest = { publishedTo: null, entries: new Map() };
  if (!existsSync(file)) return nothing;
  const text = readFileSync(file, "utf8");
  const [format, checksum] = text.slice(0, text.indexOf("\n")).split(" ");
  const json = text.slice(text.indexOf("\n") + 1);
  if (checksum !== hashOf(json) || format !== FORMAT) {
    onDamage(file);
    rmSync(file, { force: true });
    return nothing;
  }
  const { publishedTo, rows }: { publishedTo: string | null; rows: readonly Row[] } = JSON.parse(json);
  const entries = new Map(
    rows.map(([name, key, size, mtimeMs, hash]) => [name, { key, size, mtimeMs, hash }] as const),
  );
  return { publishedTo, entries };
}

/** Writes a manifest behind its checksum, all at once. */
export function writeManifest(file: string, { publishedTo, entries }: Manifest): void {
  const rows = Array.from(entries, ([name, { key, size, mtimeMs, hash }]): Row => [
    name,
    key,
    size,
    mtimeMs,
    hash,
  ]);
  const json = JSON.stringify({ publishedTo, rows });
  const draft = `${file}.${process.pid}`;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(draft, `${FORMAT} ${hashOf(json)}\n${json}`);
  renameSync(draft, file);
}
