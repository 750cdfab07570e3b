import { createHash, hash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** SHA-256 of the parts, each preceded by its length so that parts can't run into each other; 32 hex digits. */
export function hashOf(...parts: readonly (string | Uint8Array)[]): string {
  if (parts.every((part) => typeof part === "string")) {
    let text = "";
    for (const part of parts) text += `${Buffer.byteLength(part)}:${part}`;
    return hash("sha256", text).slice(0, 32);
  }
  const joint = createHash("sha256");
  for (const part of parts) {
    joint.update(`${typeof part === "string" ? Buffer.byteLength(part) : part.byteLength}:`);
    joint.update(part);
  }
  return joint.digest("hex").slice(0, 32);
}

/**
 * Results stored under the hash of their inputs. Each file begins with a checksum of the rest; a damaged file counts as
 * missing. Files are written to a temporary name and renamed, so a reader never sees a partial file; two builds that
 * write the same key write the same bytes.
 */
export class FileCache {
  /** Folder of the cache, for workers that share it. */
  readonly folder: string;
  readonly #onDamage: (file: string) => void;
  /** File names in each subfolder looked up so far. */
  readonly #names = new Map<string, Set<string>>();

  /** @param onDamage called for each damaged file, which is removed. */
  constructor(folder: string, onDamage: (file: string) => void = () => {}) {
    this.folder = folder;
    this.#onDamage = onDamage;
  }

  /** The bytes stored under a key (hex digits), or null when there are none or they are damaged. */
  read(key: string): Buffer | null {
    const file = this.#fileOf(key);
    let stored: Buffer;
    try {
      stored = readFileSync(file);
    } catch (error) {
      if (!isMissing(error)) throw error;
      this.#names.get(key.slice(0, 2))?.delete(key.slice(2));
      return null;
    }
    const body = stored.subarray(CHECKSUM_LENGTH);
    if (stored.subarray(0, CHECKSUM_LENGTH).toString("latin1") === hashOf(body)) return body;
    rmSync(file, { force: true });
    this.#names.get(key.slice(0, 2))?.delete(key.slice(2));
    this.#onDamage(file);
    return null;
  }

  /** The text stored under a key, or null. */
  readText(key: string): string | null {
    return this.read(key)?.toString("utf8") ?? null;
  }

  /** Reads all entries and removes damaged ones. */
  check(): void {
    if (!existsSync(this.folder)) return;
    for (const name of readdirSync(this.folder))
      for (const rest of readdirSync(path.join(this.folder, name))) this.read(name + rest);
  }

  /**
   * Whether anything is stored under a key. Doesn't detect damaged files, or files that other processes have removed
   * since the first lookup; `read` does.
   */
  has(key: string): boolean {
    const folder = key.slice(0, 2);
    let names = this.#names.get(folder);
    if (names === undefined) {
      names = new Set(namesIn(path.join(this.folder, folder)));
      this.#names.set(folder, names);
    }
    // Another process may have added it since.
    if (!names.has(key.slice(2)) && existsSync(this.#fileOf(key))) names.add(key.slice(2));
    return names.has(key.slice(2));
  }

  write(key: string, value: string | Uint8Array): void {
    const file = this.#fileOf(key);
    const draft = `${file}.${randomUUID()}`;
    const bytes = behindChecksum(value);
    try {
      writeFileSync(draft, bytes);
    } catch (error) {
      if (!isMissing(error)) throw error;
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(draft, bytes);
    }
    renameSync(draft, file);
    this.#names.get(key.slice(0, 2))?.add(key.slice(2));
  }

  #fileOf(key: string): string {
    return path.join(this.folder, key.slice(0, 2), key.slice(2));
  }
}

const CHECKSUM_LENGTH = 32;

/** Checksum and bytes of a value, in a buffer that is valid until the next call. */
function behindChecksum(value: string | Uint8Array): Buffer {
  const most = CHECKSUM_LENGTH + (typeof value === "string" ? 3 * value.length : value.byteLength);
  const room = most <= bench.length ? bench : Buffer.allocUnsafe(most);
  let length = CHECKSUM_LENGTH;
  if (typeof value === "string") length += room.write(value, CHECKSUM_LENGTH);
  else {
    room.set(value, CHECKSUM_LENGTH);
    length += value.byteLength;
  }
  room.write(hashOf(room.subarray(CHECKSUM_LENGTH, length)), 0, "latin1");
  return room.subarray(0, length);
}

/**
 * Shared buffer for most values. Allocating one for each, and counting its bytes first, takes three times as long.
 */
const bench = Buffer.allocUnsafeSlow(256 * 1024);

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
