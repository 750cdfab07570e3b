import { readFileSync, statSync } from "node:fs";
import type { Stats } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import * as z from "zod";
import { hashOf } from "../cache/file-cache.ts";
import type { FileCache } from "../cache/file-cache.ts";
import { issueOutside } from "../site/assert-inside.ts";
import { isPictureName } from "./image-metadata.ts";
import type { MediaFacts, ImageMetadata } from "./image-metadata.ts";
import { svgFacts } from "./svg-metadata.ts";

/** Looks up the pictures of one blog. Call `load` first; `get` and `media` are synchronous. */
export interface PictureResolver {
  /** Reads the metadata of files (paths from the project's root). Missing files are ignored. */
  load(files: readonly string[]): Promise<void>;
  /** Metadata of a loaded file; null if it doesn't exist or isn't a picture. */
  get(file: string): ImageMetadata | null;
  /** The same for a media file, such as a video or its captions. */
  media(file: string): MediaFacts | null;
}

/** Pictures in a folder, with cached metadata. */
export interface Pictures extends PictureResolver {
  /** Stores sizes and times of the files, so that the next run needn't read unchanged files. */
  remember(): void;
}

/** Increase when the metadata of the same picture changes. */
const FACTS_VERSION = "4";

/** File times younger than this are not trusted: a second change may carry the same time. */
const FRESH_MS = 3000;

const statsSchema = z.record(z.string(), z.tuple([z.number(), z.number(), z.string()]));
type KnownStats = z.infer<typeof statsSchema>;

const factsSchema = z.nullable(
  z.object({
    format: z.enum(["jpeg", "png", "webp", "avif", "gif", "svg"]),
    width: z.number(),
    height: z.number(),
    isKeptAsIs: z.boolean(),
    isThemed: z.boolean(),
    tint: z.nullable(z.number()),
    dangers: z.array(z.string()),
    damage: z.nullable(z.string()),
  }),
);
type FoundFacts = z.infer<typeof factsSchema>;

/** Loaded on demand: slow to load, and needed only for pictures without cached metadata. */
const pixels = () => import("./raster-metadata.ts");

/** Creates a resolver for files below `root`. Metadata is stored in `cache` under the hash of the file's bytes. */
export function createPictures(options: {
  readonly root: string;
  readonly cache: FileCache;
  readonly now?: () => number;
}): Pictures {
  const { root, cache, now = Date.now } = options;
  const statsKey = hashOf("picture-stats", FACTS_VERSION, root);
  const stats = readStats(cache, statsKey);
  const pictures = new Map<string, ImageMetadata>();
  const media = new Map<string, MediaFacts>();
  const byHash = new Map<string, Promise<FoundFacts>>();
  const underWay = new Map<string, Promise<void>>();
  const limit = limiter(4);

  /** Old metadata is kept until the new is available, since another post may need it. */
  async function loadOne(file: string): Promise<void> {
    const found = statOf(path.join(root, file));
    if (
      found === null ||
      !found.isFile() ||
      issueOutside(homeOf(file, root), path.join(root, file)) !== null
    ) {
      pictures.delete(file);
      media.delete(file);
      return;
    }
    const known = stats[file];
    let bytes: Uint8Array | null = null;
    let hash = known !== undefined && known[0] === found.size && known[1] === found.mtimeMs ? known[2] : null;
    if (hash === null) {
      bytes = await bytesOf(path.join(root, file), found.size);
      hash = hashOf(bytes);
      stats[file] = [found.size, found.mtimeMs, hash];
    }
    if (!isPictureName(file)) {
      media.set(file, { file, hash });
      return;
    }
    const facts = await factsOf(hash, () => bytes ?? bytesOf(path.join(root, file), found.size));
    if (facts === null) pictures.delete(file);
    else pictures.set(file, { file, hash, ...facts });
  }

  /** Copies of a picture, in the folders of several posts, are processed once. */
  function factsOf(hash: string, read: () => Uint8Array | Promise<Uint8Array>): Promise<FoundFacts> {
    const known = byHash.get(hash);
    if (known !== undefined) return known;
    const finding = foundFacts(hash, read);
    byHash.set(hash, finding);
    finding.catch(() => byHash.delete(hash));
    return finding;
  }

  async function foundFacts(hash: string, read: () => Uint8Array | Promise<Uint8Array>): Promise<FoundFacts> {
    const key = hashOf("picture-facts", FACTS_VERSION, hash);
    const stored = cache.readText(key);
    if (stored !== null) return factsSchema.parse(JSON.parse(stored));
    const bytes = await read();
    const facts = looksLikeXml(bytes) ? svgFacts(bytes) : await (await pixels()).rasterFacts(bytes);
    cache.write(key, JSON.stringify(facts));
    return facts === null ? null : { ...facts, dangers: [...facts.dangers] };
  }

  return {
    async load(files) {
      await Promise.all(
        files.map((file) => {
          const running = underWay.get(file);
          if (running !== undefined) return running;
          const loading = limit(() => loadOne(file)).finally(() => underWay.delete(file));
          underWay.set(file, loading);
          return loading;
        }),
      );
    },
    get: (file) => pictures.get(file) ?? null,
    media: (file) => media.get(file) ?? null,
    remember() {
      const trusted = Object.entries(stats).filter(([, [, time]]) => now() - time > FRESH_MS);
      cache.write(statsKey, JSON.stringify(Object.fromEntries(trusted)));
    },
  };
}

function readStats(cache: FileCache, key: string): KnownStats {
  const stored = cache.readText(key);
  return stored === null ? {} : statsSchema.parse(JSON.parse(stored));
}

/** Reads small files synchronously, which is cheaper; others can be processed while a large file is read. */
function bytesOf(file: string, size: number): Uint8Array | Promise<Uint8Array> {
  return size <= SMALL_BYTES ? readFileSync(file) : readFile(file);
}

const SMALL_BYTES = 64 * 1024;

/** Null for missing files and for invalid names. Synchronous, because `stat` promises take four times the CPU time. */
function statOf(file: string): Stats | null {
  try {
    return statSync(file, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}

/** The folder that symbolic links must not leave: the project's root, or a content folder outside of it. */
function homeOf(file: string, root: string): string {
  const own = /^(?:\.\.\/)+(?:[^/]+\/)*?content(?=\/)/.exec(file)?.[0];
  return own === undefined ? root : path.join(root, own);
}

function looksLikeXml(bytes: Uint8Array): boolean {
  return /^\uFEFF?\s*</.test(new TextDecoder().decode(bytes.subarray(0, 64)));
}

/** Runs at most `most` tasks at a time, so that a large blog doesn't have all its pictures in memory. */
function limiter(most: number): <T>(task: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
