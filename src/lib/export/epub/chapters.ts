/** The texts of a book in their order, each with its file. */
import { hashOf } from "../../cache/file-cache.ts";
import type { Page, Post } from "../../content/model.ts";
import { seriesWithParts } from "../../content/series.ts";
import type { ExportedBlog } from "../read-blog.ts";

export interface Chapter {
  /** Name in the book, from its root. */
  readonly file: string;
  readonly text: Post | Page;
}

export interface BookPlan {
  /** Articles, then notes, then pages; each from the oldest on. */
  readonly chapters: readonly Chapter[];
  /** The chapter for a site path, its aliases included. */
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
  // An address of its own wins over somebody else's alias.
  return { chapters, byPath: new Map(paths.toReversed()) };
}

export function isPost(text: Post | Page): text is Post {
  return "date" in text;
}

/** A site path as it's compared: decoded, without the slash at its end. */
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

/** Names that any reading system takes. */
function fileName(kind: string, slug: string): string {
  const isPlain = /^[a-z0-9][a-z0-9-]{0,80}$/.test(slug);
  return `${kind}s/${isPlain ? slug : `x-${hashOf(slug).slice(0, 12)}`}.xhtml`;
}
