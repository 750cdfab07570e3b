/** The chapters of a book in order, each with its file. */
import { hashOf } from "../../cache/file-cache.ts";
import type { Page, Post } from "../../content/model.ts";
import { seriesWithParts } from "../../content/series.ts";
import type { ExportedBlog } from "../read-blog.ts";

export interface Chapter {
  /** Path in the book, from its root. */
  readonly file: string;
  readonly text: Post | Page;
}

export interface BookPlan {
  /** Articles, then notes, then pages. Posts are oldest first, or in the order of the series. */
  readonly chapters: readonly Chapter[];
  /** Chapters by `pathKey` of their site path and aliases. */
  readonly byPath: ReadonlyMap<string, Chapter>;
}

/** @param seriesId null for the whole blog. */
export function planBook({ blog, urls }: ExportedBlog, seriesId: string | null): BookPlan {
  const posts = seriesId === null ? blog.posts.toReversed() : partsOf(blog, seriesId);
  const articles = posts.filter(({ kind }) => kind === "post");
  const notes = posts.filter(({ kind }) => kind === "note");
  const pages = seriesId === null ? blog.pages : [];
  const chapters: Chapter[] = [
    ...articles.map((text) => ({ file: fileName("post", text.slug), text })),
    ...notes.map((text) => ({ file: fileName("note", text.slug), text })),
    ...pages.map((text) => ({ file: fileName("page", text.slug), text })),
  ];
  const paths = chapters.flatMap((chapter) => {
    const { text } = chapter;
    const own = isPost(text) ? text.path : urls.pagePath(text.slug);
    return [own, ...text.aliases].map((path) => [pathKey(path), chapter] as const);
  });
  // Of equal paths, that of the earlier chapter wins.
  return { chapters, byPath: new Map(paths.toReversed()) };
}

export function isPost(text: Post | Page): text is Post {
  return "date" in text;
}

/** A site path for comparison: decoded, without a trailing slash or `index.html`. */
export function pathKey(path: string): string {
  try {
    return decodeURI(path)
      .normalize("NFC")
      .replace(/\/(?:index\.html)?$/, "");
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}

function partsOf({ posts, series }: ExportedBlog["blog"], id: string): readonly Post[] {
  return seriesWithParts(posts, series).find((each) => each.series.id === id)?.parts ?? [];
}

/** A file name that every reading system accepts. */
function fileName(kind: string, slug: string): string {
  const isPlain = /^[a-z0-9][a-z0-9-]{0,80}$/.test(slug);
  return `${kind}s/${isPlain ? slug : `x-${hashOf(slug).slice(0, 12)}`}.xhtml`;
}
