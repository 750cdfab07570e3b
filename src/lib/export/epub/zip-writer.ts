/**
 * A zip as OCF requires (https://www.w3.org/TR/epub-33/#sec-zip-container-zipreqs). The same content gives the same bytes: all
 * files have one date, and the compressor is fflate, not the system's zlib.
 */
import { Zip, ZipDeflate, ZipPassThrough } from "fflate";

/** Earliest date in the zip format. Zip dates have no time zone, so the local time is written. */
const DAY = new Date(1980, 0, 1);

export class ZipWriter {
  readonly #zip: Zip;

  /** @param sink receives the zip's bytes in order. */
  constructor(sink: (bytes: Uint8Array) => void) {
    this.#zip = new Zip((error, bytes) => {
      if (error !== null) throw error;
      sink(bytes);
    });
  }

  /** Adds a file; content that's already compressed (`isPacked`) is stored without deflating. */
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
