import { Readable } from "node:stream";
import type { Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from "node:zlib";
import { FetchError } from "./fetch-error.ts";

export interface BodyLimits {
  readonly maxBytes: number;
  /** `truncate` keeps the first `maxBytes` bytes; `fail` throws `too-large`. */
  readonly whenTooLarge: "fail" | "truncate";
}

export interface Body {
  readonly bytes: Buffer;
  readonly isTruncated: boolean;
}

/** Value of `Accept-Encoding`. */
export const acceptedCodings = "gzip, deflate, br";

/**
 * Reads and decompresses a body chunk by chunk and stops at the limit, so that a decompression bomb isn't expanded
 * beyond it. Neither the compressed nor the decompressed size may exceed `maxBytes`. Incomplete compressed data is an
 * error, so that half a page isn't mistaken for a page without a link.
 *
 * @param coding the `Content-Encoding` header, null when there is none.
 * @throws FetchError `too-large`, `bad-encoding` or `network`
 */
export async function readBody(
  source: AsyncIterable<Uint8Array>,
  coding: string | null,
  limits: BodyLimits,
  url: string,
): Promise<Body> {
  const wire = counted(source, limits.maxBytes, url);
  const plain = decoded(wire, coding?.trim().toLowerCase() ?? "", url);
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of plain) {
    const room = limits.maxBytes - total;
    if (chunk.byteLength > room) {
      if (limits.whenTooLarge === "fail") throw tooLarge(url, limits.maxBytes);
      chunks.push(chunk.subarray(0, room));
      return { bytes: Buffer.concat(chunks), isTruncated: true };
    }
    chunks.push(chunk);
    total += chunk.byteLength;
  }
  return { bytes: Buffer.concat(chunks), isTruncated: false };
}

/**
 * Passes chunks on, including the one that exceeds `maxBytes`, so that an uncompressed body can still be truncated.
 * Throws if another chunk is read after that.
 */
async function* counted(source: AsyncIterable<Uint8Array>, maxBytes: number, url: string) {
  let total = 0;
  try {
    for await (const chunk of source) {
      if (total > maxBytes) throw tooLarge(url, maxBytes);
      total += chunk.byteLength;
      yield chunk;
    }
  } catch (cause) {
    if (cause instanceof FetchError) throw cause;
    throw new FetchError("network", url, "The connection was closed before the end of the response", {
      cause,
    });
  }
}

async function* decoded(
  wire: AsyncGenerator<Uint8Array>,
  coding: string,
  url: string,
): AsyncGenerator<Uint8Array> {
  if (coding === "" || coding === "identity") {
    yield* wire;
    return;
  }
  const first = await wire.next();
  if (first.done === true) return;
  const decoder = decoderFor(coding, first.value, url);
  const input = Readable.from(resumed(first.value, wire));
  input.on("error", (error) => decoder.destroy(error));
  try {
    const output: AsyncIterable<Uint8Array> = input.pipe(decoder);
    yield* output;
  } catch (cause) {
    if (cause instanceof FetchError) throw cause;
    throw new FetchError("bad-encoding", url, `The body isn't complete ${coding} data`, { cause });
  } finally {
    input.destroy();
  }
}

async function* resumed(first: Uint8Array, rest: AsyncGenerator<Uint8Array>) {
  yield first;
  yield* rest;
}

function decoderFor(coding: string, first: Uint8Array, url: string): Transform {
  if (coding === "gzip" || coding === "x-gzip") return createGunzip();
  if (coding === "br") return createBrotliDecompress();
  // Some servers send raw deflate data under this name; zlib's header has 8 in the low half of its first byte.
  if (coding === "deflate") return ((first[0] ?? 0) & 0x0f) === 0x08 ? createInflate() : createInflateRaw();
  throw new FetchError("bad-encoding", url, `The content coding "${coding}" wasn't offered`);
}

function tooLarge(url: string, maxBytes: number): FetchError {
  return new FetchError("too-large", url, `The body is larger than ${maxBytes} bytes`);
}
