import { FileCache } from "../cache/file-cache.ts";
import type { Blog, Post } from "../content/model.ts";
import { escapeXml } from "../escape.ts";
import { textFile } from "../site/text-file.ts";
import type { FileSpec } from "../site/outputs.ts";
import type { SiteUrls } from "../site/urls.ts";
import { facetsOf } from "./facets.ts";
import { type IndexThread, withIndexThread } from "./index-thread.ts";
import { type IndexDoc, buildIndex } from "./pagefind-incremental.ts";
import { EXCLUDED_CLASSES, type SearchRecord, primaryLanguage, searchRecords } from "./search-record.ts";

export interface SearchContext {
  readonly urls: SiteUrls;
  /** The same blog with all bodies, when posts with imports are still being rendered. */
  readonly whole?: Promise<Blog> | undefined;
  /** Stored HTML of a post's body. */
  bodyHtml(post: Post): string | Promise<string>;
  /** Folder of the search cache. */
  readonly cacheDir: string;
  /** A thread that the caller ends when all files are made; without it, one is started when it's needed. */
  readonly thread?: IndexThread | undefined;
  /** Called with a sentence for the build log. */
  readonly onNote?: (note: string) => void;
}

/**
 * The search index of all posts in `blog` (in dev with drafts): the files below `/pagefind/`. Posts that an earlier
 * build has read aren't read again; the result is the same as without them.
 * @throws Error whose cause is Pagefind's, or that of `bodyHtml`.
 */
export async function searchFiles(blog: Blog, context: SearchContext): Promise<FileSpec[]> {
  const { urls, cacheDir, thread, onNote } = context;
  const records = searchRecords(blog, urls);
  const whole = context.whole?.then((all) => (all === blog ? records : searchRecords(all, urls)));
  const docs = (of: readonly SearchRecord[]): IndexDoc[] => of.map((record) => docOf(record, context));
  const settled = records.filter(({ post }) => post.body.kind !== "module");
  try {
    const files = await buildIndex(whole?.then(docs) ?? docs(records), {
      language: primaryLanguage(blog.settings.lang),
      cache: new FileCache(cacheDir),
      excludeClasses: EXCLUDED_CLASSES,
      early: whole === undefined ? [] : docs(settled),
      withIndexer: (use) =>
        thread === undefined ? withIndexThread(cacheDir, ({ indexer }) => use(indexer)) : use(thread.indexer),
      ...(onNote === undefined ? {} : { onNote }),
    });
    // Not awaited: the thread stores its results while the files are made. Its owner gets a failure.
    thread?.end().catch(() => undefined);
    return [
      ...files.map((file) => ({ ...file, path: `/pagefind/${file.path}` })),
      textFile("/pagefind/facets.json", JSON.stringify(facetsOf((await whole) ?? records))),
    ];
  } catch (cause) {
    throw new Error("The search index couldn't be made", { cause });
  }
}

function docOf(record: SearchRecord, { bodyHtml }: SearchContext): IndexDoc {
  const { post } = record;
  const lead = post.description === "" ? "" : `<p>${escapeXml(post.description)}</p>`;
  return { ...record, html: async () => lead + (await bodyHtml(post)) };
}
