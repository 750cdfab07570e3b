/** Links of a book: to a chapter if the book contains the page, else to the web. */
import path from "node:path";
import { webUri } from "../../feeds/uri.ts";
import { percentDecoded } from "../../percent-decoded.ts";
import type { ExportedBlog } from "../read-blog.ts";
import { xmlId } from "./book-ids.ts";
import { idsOf } from "./chapter.ts";
import { isPost, pathKey, type BookPlan, type Chapter } from "./chapters.ts";

export class BookLinks {
  readonly #blog: ExportedBlog;
  readonly #plan: BookPlan;
  readonly #ids = new Map<Chapter, ReadonlySet<string>>();

  constructor(blog: ExportedBlog, plan: BookPlan) {
    this.#blog = blog;
    this.#plan = plan;
  }

  /** Resolves a link in a chapter; null for a link that a book can't contain. */
  from(chapter: Chapter, href: string): string | null {
    const { urls } = this.#blog;
    if (href.trim() === "") return null;
    const { text } = chapter;
    const here = urls.absolute(isPost(text) ? text.path : urls.pagePath(text.slug));
    const url = URL.parse(href, here);
    if (url === null) return null;
    if (/^(?:mailto|tel):$/.test(url.protocol))
      return /^[\w.~:/?#@!$&'()*+,;=%-]+$/.test(url.href) ? url.href : null;
    const site = urls.sitePathOf(url.href);
    const target = site === null ? undefined : this.#chapterAt(site.replace(/[?#].*$/s, ""));
    if (target === undefined) return webUri(url.href);
    const id = xmlId(percentDecoded(url.hash.slice(1)));
    const fragment = id !== null && this.#idsOf(target).has(id) ? `#${id}` : "";
    if (target === chapter) return fragment === "" ? path.posix.basename(chapter.file) : fragment;
    return path.posix.relative(path.posix.dirname(chapter.file), target.file) + fragment;
  }

  #chapterAt(sitePath: string): Chapter | undefined {
    const { byPath } = this.#plan;
    return byPath.get(pathKey(sitePath)) ?? byPath.get(pathKey(sitePath.replace(/responses\/\d+\/$/, "")));
  }

  #idsOf(chapter: Chapter): ReadonlySet<string> {
    const known = this.#ids.get(chapter);
    if (known !== undefined) return known;
    const ids = idsOf(chapter, this.#blog);
    this.#ids.set(chapter, ids);
    return ids;
  }
}
