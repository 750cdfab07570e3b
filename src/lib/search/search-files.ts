import { FileCache, hashOf } from "../cache/file-cache.ts";
import type { Blog, Post } from "../content/model.ts";
import { escapeXml } from "../escape.ts";
import { textFile } from "../site/text-file.ts";
import type { FileSpec } from "../site/outputs.ts";
import type { SiteUrls } from "../site/urls.ts";
import { facetsOf } from "./facets.ts";
import { type IndexThread, withIndexThread } from "./index-thread.ts";
import { type IndexDoc, buildIndex } from "./pagefind-incremental.ts";
import {
  EXCLUDED_CLASSES,
  type SearchRecord,
  primaryLanguage,
  searchRecords,
  withPost,
} from "./search-record.ts";

export interface SearchContext {
  readonly urls: SiteUrls;
  /** Resolves to the same blog once the bodies of posts with imports have been rendered. */
  readonly whole?: Promise<Blog> | undefined;
  /** Resolves to pages other than posts once they have been rendered; none by default. */
  readonly pages?: Promise<readonly SearchPage[]> | undefined;
  /** Stored HTML of a post's body. */
  bodyHtml(post: Post): string | Promise<string>;
  /** Folder of the search cache. */
  readonly cacheDir: string;
  /** A thread that the caller ends after all files have been made; without it, one is started if needed. */
  readonly thread?: IndexThread | undefined;
  /** Called with a sentence for the build log. */
  readonly onNote?: (note: string) => void;
}

/**
 * Builds the search index of all posts in `blog` (in dev, including drafts): the files below `/pagefind/`. Posts that
 * an earlier build has read aren't read again; the result is the same as without the cache.
 * @throws Error with the error of the indexer or of `bodyHtml` as its cause.
 */
export async function searchFiles(blog: Blog, context: SearchContext): Promise<FileSpec[]> {
  const { urls, cacheDir, thread, onNote } = context;
  const records = searchRecords(blog, urls);
  const docs = records.map((record) => docOf(record, context));
  const { pages, whole } = context;
  const rendered = async (): Promise<IndexDoc[]> => {
    if (whole === undefined) return docs;
    const bySlug = new Map((await whole).posts.map((post) => [post.slug, post]));
    return records.map((record, at) => {
      const post = bySlug.get(record.post.slug) ?? record.post;
      const doc = docs[at];
      return doc !== undefined && post === record.post ? doc : docOf(withPost(record, post), context);
    });
  };
  const all =
    whole === undefined && pages === undefined
      ? docs
      : Promise.all([rendered(), pages ?? []]).then(([posts, others]) => [
          ...posts,
          ...others.map((page) => pageDoc(page, blog)),
        ]);
  try {
    const files = await buildIndex(all, {
      language: primaryLanguage(blog.settings.lang),
      cache: new FileCache(cacheDir),
      excludeClasses: EXCLUDED_CLASSES,
      early: Array.isArray(all) ? [] : docs.filter((_, at) => records[at]?.post.body.kind !== "module"),
      withIndexer: (use) =>
        thread === undefined ? withIndexThread(cacheDir, ({ indexer }) => use(indexer)) : use(thread.indexer),
      ...(onNote === undefined ? {} : { onNote }),
    });
    // Not awaited, so that the thread stores its results while files are made. The owner's `end` call gets the error.
    thread?.end().catch(() => undefined);
    return [
      ...files.map((file) => ({ ...file, path: `/pagefind/${file.path}` })),
      textFile("/pagefind/facets.json", JSON.stringify(facetsOf(records))),
    ];
  } catch (cause) {
    throw new Error("The search index couldn't be made", { cause });
  }
}

/** A page other than a post, for the index. */
export interface SearchPage {
  /** Site path. */
  readonly path: string;
  readonly title: string;
  /** HTML of its text. */
  readonly html: string;
}

function pageDoc({ path, title, html }: SearchPage, { settings }: Blog): IndexDoc {
  return {
    ...{ url: path, title, keywords: [], filters: {}, html: () => html },
    version: hashOf(title, html),
    language: primaryLanguage(settings.lang),
    meta: { day: "", author: "", lang: settings.lang, dir: "" },
  };
}

function docOf(record: SearchRecord, { bodyHtml }: SearchContext): IndexDoc {
  const { post } = record;
  const lead = post.standfirst === null ? "" : `<p>${escapeXml(post.standfirst)}</p>`;
  return { ...record, html: async () => lead + (await bodyHtml(post)) };
}
