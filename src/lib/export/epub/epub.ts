/** The blog, or one of its series, as a book: EPUB 3.3 (https://www.w3.org/TR/epub-33/). */
import { FileCache } from "../../cache/file-cache.ts";
import type { Series } from "../../content/model.ts";
import type { ExportedBlog } from "../read-blog.ts";
import { BOOK_CSS } from "./book-css.ts";
import { BookLinks } from "./book-links.ts";
import { BookPictures, type BookPicture } from "./book-pictures.ts";
import { chapterDocument } from "./chapter.ts";
import { planBook } from "./chapters.ts";
import { coverImage } from "./cover.ts";
import {
  bookFacts,
  CONTAINER,
  contentsDocument,
  coverDocument,
  packageDocument,
  type WrittenChapter,
} from "./package-document.ts";
import { ZipWriter } from "./zip-writer.ts";

export interface BookOptions {
  /** The series to write; null for the whole blog. */
  readonly series: Series | null;
  /** Receives the book's bytes in order. */
  readonly sink: (bytes: Uint8Array) => void;
  /** Called with a sentence about fonts missing for the cover. */
  readonly onNote: (note: string) => void;
}

/** Writes the book; the same blog gives the same bytes. @returns the numbers of chapters and of pictures. */
export async function writeEpub(
  exported: ExportedBlog,
  { series, sink, onNote }: BookOptions,
): Promise<{ readonly texts: number; readonly pictures: number }> {
  const zip = new ZipWriter(sink);
  const add = (name: string, content: string | Uint8Array, isPacked = false): void => {
    zip.add(`EPUB/${name}`, content, isPacked);
  };
  zip.add("mimetype", "application/epub+zip", true);
  zip.add("META-INF/container.xml", CONTAINER);
  const plan = planBook(exported, series?.id ?? null);
  const facts = bookFacts(exported, plan.chapters, series);
  const cache = new FileCache(exported.folders.cacheDir);
  const cover: BookPicture = { name: "pictures/cover.png", mediaType: "image/png" };
  add(cover.name, await coverImage(facts, exported, cache, onNote), true);
  add("cover.xhtml", coverDocument(facts, cover));
  add("contents.xhtml", contentsDocument(facts, plan.chapters, exported));
  add("book.css", BOOK_CSS);
  const pictures = new BookPictures(exported, (name, bytes) => {
    add(name, bytes, !name.endsWith(".svg"));
  });
  const context = { blog: exported, pictures, links: new BookLinks(exported, plan) };
  const written: WrittenChapter[] = [];
  for (const chapter of plan.chapters) {
    const { xhtml, hasMath } = await chapterDocument(chapter, context);
    add(chapter.file, xhtml);
    written.push({ ...chapter, hasMath });
  }
  add("book.opf", packageDocument(facts, written, [cover, ...pictures.all], cover));
  zip.close();
  return { texts: written.length, pictures: pictures.all.length };
}
