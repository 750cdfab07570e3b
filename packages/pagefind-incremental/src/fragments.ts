import { type ZlibOptions, gzip } from "node:zlib";
import { promisify } from "node:util";
import { type IndexedText, SIGNATURE } from "./read-pagefind.ts";
import type { ShownText } from "./types.ts";

const compress = promisify(gzip);

/** Compression of the files. Level 6 takes twice as long for the word index and saves only 0.5 %. */
export const PACKING = { level: 5 } as const;

/** The file that a client fetches for a result, before compression: its text, URL, headings and metadata. */
export function fragmentBytes({ shown }: ShownText, text: IndexedText): Buffer {
  const { url, meta } = shown;
  const { content, word_count, anchors } = text;
  return Buffer.from(JSON.stringify({ url, content, word_count, filters: {}, meta, anchors }));
}

/** Adds Pagefind's signature to the contents of a file, before compression. */
export function packed(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(SIGNATURE, "latin1"), bytes]);
}

/** Compresses the contents of a file, with Pagefind's signature. */
export async function packedFile(bytes: Uint8Array, packing: ZlibOptions = PACKING): Promise<Uint8Array> {
  return compress(packed(bytes), packing);
}
