import type { Post } from "../content/model.ts";
import type { PageSpec } from "../site/outputs.ts";
import { translationsFor } from "../../i18n/translations-for.ts";
import type { BlogIndex, TagEntry } from "./blog-index.ts";
import type { ViewInput } from "./context.ts";
import { breadcrumbs } from "./json-ld.ts";
import { feedLinks, metaView, type FeedLinkView, type MetaView } from "./meta-view.ts";
import { postCard, type PostCard } from "./post-row.ts";
import type { LinkView, SiteView } from "./site-view.ts";

export interface PagerView {
  readonly page: number;
  readonly pages: number;
  readonly newer: string | null;
  readonly older: string | null;
  /** Pages to jump to: the first, the last and those around the current one; null marks a gap. */
  readonly jumps: readonly ({ readonly page: number; readonly href: string | null } | null)[];
}

/** A list of posts over several pages: all posts, or those of a tag. */
export interface ListView {
  readonly kind: "list";
  readonly site: SiteView;
  readonly meta: MetaView;
  readonly list: "posts" | "notes" | "tag";
  /** The tag's label; empty for all posts and for notes. */
  readonly label: string;
  readonly total: number;
  readonly posts: readonly PostCard[];
  readonly pager: PagerView;
  readonly feeds: readonly FeedLinkView[];
  /** Other tags of the same posts. */
  readonly relatedTags: readonly LinkView[];
}

/** All posts, newest first. */
export function postsPages(input: ViewInput, index: BlogIndex, site: SiteView): PageSpec[] {
  const { blog, context } = input;
  const { urls } = context;
  const words = translationsFor(blog.settings);
  return paginate(blog.posts, blog.settings.postsPerPage).map((posts, at, pages) => {
    const page = at + 1;
    const pager = pagerView(page, pages.length, (number) => urls.path(urls.postsPath(number)));
    const view: ListView = {
      kind: "list",
      site,
      meta: metaView(input, urls.postsPath(page), {
        title: pagedTitle(words.list.allPosts, page, pages.length, words.list.page),
        ...pagerMeta(pager),
      }),
      list: "posts",
      label: "",
      total: blog.posts.length,
      posts: posts.map((post) => postCard(input, index, post)),
      pager,
      feeds: feedLinks(input, blog.settings.title),
      relatedTags: [],
    };
    return page === 1
      ? { route: "posts/index", params: {}, path: urls.postsPath(), view }
      : { route: "posts/page/[page]", params: { page: String(page) }, path: urls.postsPath(page), view };
  });
}

/** All notes, newest first; none for a blog without notes. */
export function notesPages(input: ViewInput, index: BlogIndex, site: SiteView): PageSpec[] {
  const { blog, context } = input;
  const { urls } = context;
  if (index.notes.length === 0) return [];
  const { list } = translationsFor(blog.settings);
  const feeds = feedLinks(input, list.notes, urls.notesPath());
  return paginate(index.notes, blog.settings.postsPerPage).map((notes, at, pages) => {
    const page = at + 1;
    const path = urls.notesPath(page);
    const pager = pagerView(page, pages.length, (number) => urls.path(urls.notesPath(number)));
    const view: ListView = {
      kind: "list",
      site,
      meta: metaView(input, path, {
        title: pagedTitle(list.notes, page, pages.length, list.page),
        feeds,
        ...pagerMeta(pager),
      }),
      list: "notes",
      label: "",
      total: index.notes.length,
      posts: notes.map((note) => postCard(input, index, note)),
      pager,
      feeds,
      relatedTags: [],
    };
    return page === 1
      ? { route: "notes/index", params: {}, path, view }
      : { route: "notes/page/[page]", params: { page: String(page) }, path, view };
  });
}

/** The pages of one tag. */
export function tagPages(input: ViewInput, index: BlogIndex, site: SiteView, tag: TagEntry): PageSpec[] {
  const { blog, context } = input;
  const { urls } = context;
  const words = translationsFor(blog.settings);
  const feeds = feedLinks(input, words.list.tagged(tag.label), urls.tagPath(tag.label));
  const related = relatedTags(input, tag);
  return paginate(tag.posts, blog.settings.postsPerPage).map((posts, at, pages) => {
    const page = at + 1;
    const path = urls.tagPath(tag.label, page);
    const pager = pagerView(page, pages.length, (number) => urls.path(urls.tagPath(tag.label, number)));
    const view: ListView = {
      kind: "list",
      site,
      meta: metaView(input, path, {
        title: pagedTitle(words.list.tagged(tag.label), page, pages.length, words.list.page),
        description: words.list.taggedIntro(tag.label),
        feeds,
        jsonLd: [
          breadcrumbs([
            { name: blog.settings.title, url: urls.absolute(urls.homePath()) },
            { name: words.shell.tags, url: urls.absolute(urls.tagsPath()) },
            { name: tag.label, url: urls.absolute(urls.tagPath(tag.label)) },
          ]),
        ],
        ...pagerMeta(pager),
      }),
      list: "tag",
      label: tag.label,
      total: tag.posts.length,
      posts: posts.map((post) => postCard(input, index, post)),
      pager,
      feeds,
      relatedTags: related,
    };
    return page === 1
      ? { route: "tags/[tag]", params: { tag: tag.slug }, path, view }
      : { route: "tags/[tag]/page/[page]", params: { tag: tag.slug, page: String(page) }, path, view };
  });
}

/** Splits a list into pages; an empty list has one empty page. */
export function paginate<Item>(items: readonly Item[], size: number): Item[][] {
  const pages: Item[][] = [];
  for (let from = 0; from < items.length; from += size) pages.push(items.slice(from, from + size));
  return pages.length === 0 ? [[]] : pages;
}

/** Links from a page of a list to its other pages. */
export function pagerView(page: number, pages: number, hrefOf: (page: number) => string): PagerView {
  const near = [1, page - 1, page, page + 1, pages].filter((number) => number >= 1 && number <= pages);
  const numbers = [...new Set(near)].sort((a, b) => a - b);
  const jumps = numbers.flatMap((number, at): PagerView["jumps"][number][] => {
    const jump = { page: number, href: number === page ? null : hrefOf(number) };
    const before = numbers[at - 1];
    return before !== undefined && number - before > 1 ? [null, jump] : [jump];
  });
  return {
    page,
    pages,
    newer: page === 1 ? null : hrefOf(page - 1),
    older: page === pages ? null : hrefOf(page + 1),
    jumps,
  };
}

/** `rel=prev` and `rel=next` of a page of a list. */
export function pagerMeta(pager: PagerView): Pick<MetaView, "previous" | "next"> {
  return { previous: pager.newer, next: pager.older };
}

function pagedTitle(
  title: string,
  page: number,
  pages: number,
  words: (page: number, of: number) => string,
): string {
  return page === 1 ? title : `${title} (${words(page, pages)})`;
}

function relatedTags({ context: { urls } }: ViewInput, tag: TagEntry): LinkView[] {
  const counts = new Map<string, { label: string; count: number }>();
  for (const label of tag.posts.flatMap((post: Post) => post.tags)) {
    const slug = urls.tagSlug(label);
    if (slug === tag.slug) continue;
    counts.set(slug, { label: counts.get(slug)?.label ?? label, count: (counts.get(slug)?.count ?? 0) + 1 });
  }
  return [...counts.values()]
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1))
    .slice(0, 8)
    .map(({ label }) => ({ label, href: urls.path(urls.tagPath(label)) }));
}
