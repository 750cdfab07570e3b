import { type ZlibOptions, gzip } from "node:zlib";
import { promisify } from "node:util";
import { type IndexedText, SIGNATURE } from "./read-pagefind.ts";
import type { ShownText } from "./types.ts";

const compress = promisify(gzip);

/** Compression of the files. Level 6 takes twice as long for the word index, to be 0.5 % smaller. */
export const PACKING = { level: 5 } as const;

/** The file that is fetched for a result: its text, address, headings, and what is shown with it, not yet packed. */
export function fragmentBytes({ shown }: ShownText, text: IndexedText): Buffer {
  const { url, meta } = shown;
  const { content, word_count, anchors } = text;
  return Buffer.from(JSON.stringify({ url, content, word_count, filters: {}, meta, anchors }));
}

/** One of Pagefind's files before it's compressed. */
export function packed(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(SIGNATURE, "latin1"), bytes]);
}

/** One of Pagefind's files. */
export async function packedFile(bytes: Uint8Array, packing: ZlibOptions = PACKING): Promise<Uint8Array> {
  return compress(packed(bytes), packing);
}
