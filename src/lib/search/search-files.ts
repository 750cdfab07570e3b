import * as z from "zod";
import { FileCache, hashOf } from "../cache/file-cache.ts";
import type { Blog, Post } from "../posts/model.ts";
import type { FileSpec } from "../site/outputs.ts";
import { textFile } from "../site/text-file.ts";
import type { SiteUrls } from "../site/urls.ts";
import { AnalysisStore } from "./analysis-store.ts";
import { FILE_NAME, type IndexChunk, assembleIndex, shortName } from "./assemble-index.ts";
import {
  type ChunkRange,
  facetsOf,
  filterChunk,
  fragmentNames,
  fragmentOf,
  metaFile,
  packedFile,
} from "./bundle-files.ts";
import { type PagefindRuntime, pagefindRuntime } from "./pagefind-runtime.ts";
import { FILTER_NAMES, type SearchRecord, primaryLanguage, searchRecords } from "./search-record.ts";

export interface SearchContext {
  readonly urls: SiteUrls;
  /** Stored HTML of a post's body. */
  bodyHtml(post: Post): string | Promise<string>;
  /** Folder for what is kept between builds. */
  readonly cacheDir: string;
  /** Told of each damaged file of the cache; it's made again. */
  readonly onDamage?: (file: string) => void;
}

/**
 * The search index of all posts in `blog` (in dev drafts too): the files below `/pagefind/`. Texts that an earlier build
 * has seen aren't read again; the result is the same as without them.
 * @throws Error whose cause says what Pagefind refused.
 */
export async function searchFiles(blog: Blog, context: SearchContext): Promise<FileSpec[]> {
  const cache = new FileCache(context.cacheDir, context.onDamage);
  const records = searchRecords(blog, context.urls);
  const store = new AnalysisStore(cache, async ({ post, lang, leaf }) => ({
    key: leaf,
    lang,
    title: post.title,
    lead: post.description,
    bodyHtml: await context.bodyHtml(post),
  }));
  const lang = primaryLanguage(blog.settings.lang);
  const [runtime, index] = await Promise.all([
    pagefindRuntime(lang, cache),
    wordIndex(records, store, cache),
  ]);
  return bundle(records, store, { lang, runtime, index });
}

interface WordIndex {
  readonly chunks: readonly ChunkRange[];
  readonly wordCounts: readonly number[];
  /** The bytes of a chunk by its name. */
  bytesOf(name: string): Promise<Buffer>;
}

const keptIndexSchema = z.object({
  leaves: z.string(),
  chunks: z.array(z.object({ from: z.string(), to: z.string(), name: z.string() })),
  wordCounts: z.array(z.number()),
});

const INDEX_KEY = hashOf("index");

/** The word index: that of the last build when the texts are the same, else put together anew. */
async function wordIndex(
  records: readonly SearchRecord[],
  store: AnalysisStore,
  cache: FileCache,
): Promise<WordIndex> {
  const leaves = hashOf(records.map(({ leaf }) => leaf).join());
  let assembling: Promise<ReadonlyMap<string, IndexChunk>> | null = null;
  const assemble = async (): Promise<ReadonlyMap<string, IndexChunk>> => {
    const sources = await store.postingsOf(records);
    const { chunks, postings } = assembleIndex(
      sources,
      records.map(({ leaf }) => leaf),
    );
    store.keep(postings);
    const ranges = chunks.map(({ from, to, name }) => ({ from, to, name }));
    cache.write(INDEX_KEY, JSON.stringify({ leaves, chunks: ranges, wordCounts: postings.wordCounts }));
    return new Map(chunks.map((chunk) => [chunk.name, chunk]));
  };
  const read = () => keptIndexSchema.nullable().parse(JSON.parse(cache.readText(INDEX_KEY) ?? "null"));
  let kept = read();
  if (kept?.leaves !== leaves) {
    assembling = assemble();
    await assembling;
    kept = read();
  }
  if (kept === null) throw new Error("The word index wasn't kept");
  return {
    chunks: kept.chunks,
    wordCounts: kept.wordCounts,
    bytesOf: async (name) => {
      assembling ??= assemble();
      const chunk = (await assembling).get(name);
      if (chunk === undefined) throw new Error(`The word index has no chunk ${name}`);
      return chunk.bytes;
    },
  };
}

interface BundleParts {
  readonly lang: string;
  readonly runtime: PagefindRuntime;
  readonly index: WordIndex;
}

function bundle(
  records: readonly SearchRecord[],
  store: AnalysisStore,
  { lang, runtime, index }: BundleParts,
): FileSpec[] {
  const { version, wasm } = runtime;
  const fragments = fragmentNames(records);
  const filters = FILTER_NAMES.map((name) => {
    const bytes = filterChunk(name, records);
    return { name, bytes, file: shortName(hashOf(bytes), FILE_NAME) };
  });
  const { chunks, wordCounts } = index;
  const meta = metaFile({ version, fragments, wordCounts, chunks, filters });
  const metaName = `${lang}_${shortName(hashOf(meta), FILE_NAME)}`;
  const languages = { [lang]: { hash: metaName, wasm, page_count: records.length } };
  return [
    ...[...runtime.files].map(([name, bytes]) => ({
      path: `/pagefind/${name}`,
      key: hashOf(bytes),
      make: () => Promise.resolve(bytes),
    })),
    textFile("/pagefind/pagefind-entry.json", JSON.stringify({ version, languages, include_characters: [] })),
    textFile("/pagefind/facets.json", JSON.stringify(facetsOf(records))),
    packedFile(`pagefind.${metaName}.pf_meta`, metaName, () => Promise.resolve(meta)),
    ...chunks.map(({ name }) => packedFile(`index/${name}.pf_index`, name, () => index.bytesOf(name))),
    ...filters.map(({ file, bytes }) =>
      packedFile(`filter/${file}.pf_filter`, file, () => Promise.resolve(bytes)),
    ),
    ...records.map((record, page) => {
      const name = fragments[page] ?? "";
      return packedFile(`fragment/${name}.pf_fragment`, name, async () =>
        fragmentOf(record, await store.textOf(record)),
      );
    }),
  ];
}
