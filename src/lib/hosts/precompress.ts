/** Writes compressed copies beside the files of a built site, for servers that serve them directly. */
import { createHash } from "node:crypto";
import { globSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import * as zlib from "node:zlib";
import { FileCache } from "../cache/file-cache.ts";
import { HOST_FILES } from "./policy.ts";

/** File extensions of compressed copies. */
export const ENCODINGS = ["br", "gz", "zst"] as const;
export type Encoding = (typeof ENCODINGS)[number];

export interface PrecompressOptions {
  readonly outDir: string;
  /** Folder for data kept between builds, absolute. */
  readonly cacheDir: string;
  readonly encodings: readonly Encoding[];
}

/** Extensions of the files that get compressed copies. */
export const COMPRESSED = "html htm css js mjs json xml opml txt md svg webmanifest vtt ico map".split(" ");
const TEXT = `**/*.{${COMPRESSED.join(",")}}`;

/** Smaller files fit into one packet uncompressed. */
const MIN_BYTES = 1024;

/** Above this size, brotli's highest levels cost seconds for less than 1 %. */
const MAX_BYTES_FOR_BEST = 512 * 1024;

const CONCURRENCY = 4;

/**
 * Writes `page.html.br`, `.gz` and `.zst` beside each text file and removes older copies. Compressed data is cached
 * between builds.
 * @returns the number of copies, and the number of copies that weren't cached.
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
      // Servers detect changes by mtime, so a copy gets the times of its file.
      const { atime, mtime } = statSync(file);
      const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 32);
      for (const encoding of encodings) {
        const key = createHash("sha256").update(`${VERSION} ${encoding} ${hash}`).digest("hex").slice(0, 32);
        let compressed = cache.read(key);
        if (compressed === null) {
          compressed = bytes.length < MIN_BYTES ? Buffer.alloc(0) : await compress(bytes, encoding);
          // An empty entry marks a file that isn't worth a copy.
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

/** Part of cache keys; increase it when the compression changes. */
const VERSION = "2";

/** Whether this Node version supports zstd: 22.15 and later. */
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
      // Without it, zstd prepares 8 MB of memory per file, which takes thirty times as long as compressing a page.
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
