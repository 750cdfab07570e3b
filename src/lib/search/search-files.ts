import { constants } from "node:zlib";
import { FileCache, hashOf } from "../cache/file-cache.ts";
import type { Blog, Post } from "../content/model.ts";
import type { FileSpec } from "../site/outputs.ts";
import { textFile } from "../site/text-file.ts";
import type { SiteUrls } from "../site/urls.ts";
import { AnalysisStore } from "./analysis-store.ts";
import { FILE_NAME, shortName } from "./assemble-index.ts";
import { facetsOf, filterChunk, fragmentNames, metaFile, packedFile } from "./bundle-files.ts";
import { PACKING } from "./fragments.ts";
import type { IndexThread } from "./index-thread.ts";
import { type PagefindRuntime, pagefindRuntime } from "./pagefind-runtime.ts";
import { type WordIndex, wordIndex } from "./word-index.ts";
import { FILTER_NAMES, type SearchRecord, primaryLanguage, searchRecords } from "./search-record.ts";

export interface SearchContext {
  readonly urls: SiteUrls;
  /** The same blog with all bodies, when those of posts with imports of their own are still to come. */
  readonly whole?: Promise<Blog> | undefined;
  /** Stored HTML of a post's body. */
  bodyHtml(post: Post): string | Promise<string>;
  /** Folder for what is kept between builds. */
  readonly cacheDir: string;
  /** Told of each damaged file of the cache; it's made again. */
  readonly onDamage?: (file: string) => void;
  /** One that whoever made it ends when all files are made; without it, one is started when it's needed. */
  readonly thread?: IndexThread | undefined;
}

/**
 * The search index of all posts in `blog` (in dev drafts too): the files below `/pagefind/`. Texts that an earlier build
 * has seen aren't read again; the result is the same as without them.
 * @throws Error whose cause says what Pagefind refused.
 */
export async function searchFiles(blog: Blog, context: SearchContext): Promise<FileSpec[]> {
  const onDamage = context.onDamage ?? (() => {});
  const cache = new FileCache(context.cacheDir, onDamage);
  const early = searchRecords(blog, context.urls);
  const whole = context.whole?.then((all) => (all === blog ? early : searchRecords(all, context.urls)));
  const store = new AnalysisStore(cache, async ({ post, lang, leaf }) => ({
    key: leaf,
    lang,
    title: post.title,
    lead: post.description,
    bodyHtml: await context.bodyHtml(post),
  }));
  const lang = primaryLanguage(blog.settings.lang);
  const settled = early.filter(({ post }) => post.body.kind !== "module");
  const { cacheDir, thread = null } = context;
  const options = { cacheDir, cache, store, onDamage, thread };
  const [runtime, index, records] = await Promise.all([
    pagefindRuntime(lang, cache),
    wordIndex(whole ?? early, whole === undefined ? [] : settled, options),
    whole ?? early,
  ]);
  return bundle(records, store, { lang, runtime, index });
}

/** The list of posts is made of random names: with small tables it's 4 % smaller. */
export const META_PACKING = { level: 9, memLevel: 5 } as const;

/** The few chunks of words that stand nearly everywhere: half of their bytes are places, which repeat little. */
const LARGE_PACKING = { level: 9, memLevel: 9, strategy: constants.Z_FILTERED } as const;

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
    packedFile(`pagefind.${metaName}.pf_meta`, metaName, () => Promise.resolve(meta), META_PACKING),
    ...chunks.map(({ name, isLarge }) =>
      packedFile(
        `index/${name}.pf_index`,
        name,
        () => index.bytesOf(name),
        isLarge ? LARGE_PACKING : PACKING,
      ),
    ),
    ...filters.map(({ file, bytes }) =>
      packedFile(`filter/${file}.pf_filter`, file, () => Promise.resolve(bytes)),
    ),
    ...records.map((record, page) => {
      const name = fragments[page] ?? "";
      return {
        path: `/pagefind/fragment/${name}.pf_fragment`,
        key: name,
        make: () => store.fragmentOf(record),
      };
    }),
  ];
}
