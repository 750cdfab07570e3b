/**
 * A zip as OCF wants it (https://www.w3.org/TR/epub-33/#sec-zip-container-zipreqs), the same bytes for the same content: all files have
 * one date, and the packer is not the system's.
 */
import { Zip, ZipDeflate, ZipPassThrough } from "fflate";

/** Zip knows no earlier day. It has no zone, so the parts of a local time are what is written. */
const DAY = new Date(1980, 0, 1);

export class ZipWriter {
  readonly #zip: Zip;

  /** @param sink gets the zip's bytes in their order. */
  constructor(sink: (bytes: Uint8Array) => void) {
    this.#zip = new Zip((error, bytes) => {
      if (error !== null) throw error;
      sink(bytes);
    });
  }

  /** Adds a file; what is packed already is stored as it is. */
  add(name: string, content: string | Uint8Array, isPacked = false): void {
    const file = isPacked ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 9 });
    file.mtime = DAY;
    this.#zip.add(file);
    file.push(typeof content === "string" ? new TextEncoder().encode(content) : content, true);
  }

  close(): void {
    this.#zip.end();
  }
}
