/** Compressed copies beside the files of a built site, for servers that send them as they are. */
import { createHash } from "node:crypto";
import { globSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import * as zlib from "node:zlib";
import { FileCache } from "../cache/file-cache.ts";
import { HOST_FILES } from "./policy.ts";

/** File name endings of compressed copies. */
export const ENCODINGS = ["br", "gz", "zst"] as const;
export type Encoding = (typeof ENCODINGS)[number];

export interface PrecompressOptions {
  readonly outDir: string;
  /** Folder for what is kept between builds, absolute. */
  readonly cacheDir: string;
  readonly encodings: readonly Encoding[];
}

/** Endings of the files that have compressed copies. */
export const COMPRESSED = "html htm css js mjs json xml opml txt md svg webmanifest vtt ico map".split(" ");
const TEXT = `**/*.{${COMPRESSED.join(",")}}`;

/** Smaller files fit into one packet as they are. */
const MIN_BYTES = 1024;

/** Above this, the last steps of brotli cost seconds for less than a hundredth. */
const MAX_BYTES_FOR_BEST = 512 * 1024;

const CONCURRENCY = 4;

/**
 * Writes `page.html.br`, `.gz` and `.zst` beside each text file and removes older copies. A file that an
 * earlier build has compressed isn't compressed again.
 * @returns how many copies there are, and how many of them were made now.
 */
export async function precompress(options: PrecompressOptions): Promise<{ copies: number; made: number }> {
  const { outDir, cacheDir } = options;
  const encodings = options.encodings.filter((encoding) => encoding !== "zst" || hasZstd());
  const cache = new FileCache(path.join(cacheDir, "compressed"));
  const names = globSync(TEXT, { cwd: outDir }).filter((name) => !HOST_FILES.some((file) => name === file));
  removeOld(outDir, new Set(names));
  const queue = names.sort().values();
  let [copies, made] = [0, 0];
  const work = async (): Promise<void> => {
    for (const name of queue) {
      const file = path.join(outDir, name);
      const bytes = readFileSync(file);
      // Servers tell a changed file by its time: readers don't fetch a copy again whose page is the same.
      const { atime, mtime } = statSync(file);
      const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 32);
      for (const encoding of encodings) {
        const key = createHash("sha256").update(`${VERSION} ${encoding} ${hash}`).digest("hex").slice(0, 32);
        let compressed = cache.read(key);
        if (compressed === null) {
          compressed = bytes.length < MIN_BYTES ? Buffer.alloc(0) : await compress(bytes, encoding);
          // An empty entry: not worth a copy.
          if (compressed.length > bytes.length * 0.95) compressed = Buffer.alloc(0);
          cache.write(key, compressed);
          if (compressed.length > 0) made += 1;
        }
        if (compressed.length === 0) continue;
        writeFileSync(`${file}.${encoding}`, compressed);
        utimesSync(`${file}.${encoding}`, atime, mtime);
        copies += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return { copies, made };
}

/** Changes when files are compressed in another way. */
const VERSION = "2";

/** Whether this Node has zstd: 22.15 and later. */
function hasZstd(): boolean {
  return "zstdCompress" in zlib;
}

function removeOld(outDir: string, names: ReadonlySet<string>): void {
  for (const copy of globSync(`**/*.{${ENCODINGS.join(",")}}`, { cwd: outDir }))
    if (names.has(copy.replace(/\.[^.]+$/, ""))) rmSync(path.join(outDir, copy));
}

async function compress(bytes: Buffer, encoding: Encoding): Promise<Buffer> {
  const isLarge = bytes.length > MAX_BYTES_FOR_BEST;
  if (encoding === "gz") return promisify(zlib.gzip)(bytes, { level: 9 });
  if (encoding === "zst")
    return promisify(zlib.zstdCompress)(bytes, {
      // Without it, memory for 8 MB is prepared for each file, which takes thirty times as long as a page does.
      pledgedSrcSize: bytes.length,
      params: { [zlib.constants.ZSTD_c_compressionLevel]: isLarge ? 12 : 19 },
    });
  return promisify(zlib.brotliCompress)(bytes, {
    params: {
      [zlib.constants.BROTLI_PARAM_QUALITY]: isLarge ? 9 : 11,
      [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}
