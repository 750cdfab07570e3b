/** Stores texts in a temporary file, so that only their positions are in memory. */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** Position and length of a text in a spool, in bytes. */
export interface StoredText {
  readonly start: number;
  readonly bytes: number;
}

const BUFFER_BYTES = 1 << 20;

export class TextSpool {
  readonly #folder: string;
  readonly #file: number;
  readonly #buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  #buffered = 0;
  #written = 0;

  /** @param parent folder for the temporary file, which only this user can read. */
  constructor(parent: string = os.tmpdir()) {
    this.#folder = mkdtempSync(path.join(parent, "backfence-texts-"));
    this.#file = openSync(path.join(this.#folder, "texts"), "wx+", 0o600);
    // Where the system allows it, the open file is deleted here, so that a killed process leaves nothing behind.
    if (process.platform !== "win32") rmSync(this.#folder, { recursive: true, force: true });
  }

  store(text: string): StoredText {
    const bytes = Buffer.byteLength(text);
    const start = this.#written + this.#buffered;
    if (bytes > BUFFER_BYTES) {
      this.#flush();
      this.#written += writeAll(this.#file, Buffer.from(text), this.#written);
      return { start, bytes };
    }
    if (this.#buffered + bytes > BUFFER_BYTES) this.#flush();
    this.#buffered += this.#buffer.write(text, this.#buffered);
    return { start, bytes };
  }

  load({ start, bytes }: StoredText): string {
    if (bytes === 0) return "";
    if (start + bytes > this.#written) this.#flush();
    const buffer = Buffer.allocUnsafe(bytes);
    let read = 0;
    while (read < bytes) {
      const count = readSync(this.#file, buffer, read, bytes - read, start + read);
      if (count === 0) throw new Error("The temporary file of texts is shorter than it was written");
      read += count;
    }
    return buffer.toString();
  }

  /** Removes the file. */
  close(): void {
    closeSync(this.#file);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #flush(): void {
    this.#written += writeAll(this.#file, this.#buffer.subarray(0, this.#buffered), this.#written);
    this.#buffered = 0;
  }
}

function writeAll(file: number, bytes: Buffer, position: number): number {
  let written = 0;
  while (written < bytes.length)
    written += writeSync(file, bytes, written, bytes.length - written, position + written);
  return written;
}
