/**
 * The blog's content as Astro content collections: typed metadata for `getCollection()` in your own pages and
 * components.
 *
 * @example
 * // src/content.config.ts
 * import { backfenceCollections } from "backfence/collections";
 * export const collections = backfenceCollections();
 */
import { defineCollection } from "astro:content";
import { z } from "astro/zod";
import { collectionLoader, loadOnce, type Entry } from "./integration/collection-loader.ts";
import type { LoadedBlog } from "./lib/content/load-blog.ts";
import type { Page, Post, PostKind } from "./lib/content/model.ts";
import { siteUrls } from "./lib/site/urls.ts";

const link = z.object({ label: z.string(), url: z.string() });

const page = z.object({
  title: z.string(),
  description: z.string(),
  /** BCP 47. */
  lang: z.string(),
  /** Drafts are included in dev only. */
  draft: z.boolean(),
  /** Path with the base path. */
  permalink: z.string(),
  /** Front matter under `extra:`, as the author wrote it. */
  extra: z.record(z.string(), z.unknown()),
});

const post = page.extend({
  date: z.coerce.date(),
  updated: z.coerce.date().nullable(),
  /** Author ids, at least one. */
  authors: z.array(z.string()),
  tags: z.array(z.string()),
  /** Series id. */
  series: z.string().nullable(),
  /** Reading time. */
  minutes: z.number(),
});

/** A note may have no title. */
const note = post.extend({ title: z.string().nullable() });

const author = z.object({
  name: z.string(),
  isGuest: z.boolean(),
  links: z.array(link),
  permalink: z.string(),
});

const series = z.object({ title: z.string(), description: z.string(), permalink: z.string() });

/** Options of {@link backfenceCollections}. */
export interface CollectionOptions {
  /** Content folder, relative to the project's root; same as in `backfence({ contentDir })`. */
  readonly contentDir?: string;
}

/**
 * The collections `posts`, `notes`, `pages`, `authors` and `series`. Entry ids are slugs, author ids or series ids.
 */
export function backfenceCollections({ contentDir = "content" }: CollectionOptions = {}) {
  const load = loadOnce(contentDir);
  return {
    posts: defineCollection({ loader: collectionLoader("posts", load, postEntries), schema: post }),
    notes: defineCollection({ loader: collectionLoader("notes", load, noteEntries), schema: note }),
    pages: defineCollection({ loader: collectionLoader("pages", load, pageEntries), schema: page }),
    authors: defineCollection({ loader: collectionLoader("authors", load, authorEntries), schema: author }),
    series: defineCollection({ loader: collectionLoader("series", load, seriesEntries), schema: series }),
  };
}

function postEntries(loaded: LoadedBlog): Entry[] {
  return entriesOfKind(loaded, "post");
}

function noteEntries(loaded: LoadedBlog): Entry[] {
  return entriesOfKind(loaded, "note");
}

function entriesOfKind({ blog }: LoadedBlog, kind: PostKind): Entry[] {
  const urls = siteUrls(blog.settings);
  const posts = blog.posts.filter((one) => one.kind === kind);
  return posts.map((one) => ({
    id: one.slug,
    data: {
      ...shared(one),
      title: one.isTitled ? one.title : null,
      date: one.date,
      updated: one.updated,
      authors: [...one.authors],
      tags: [...one.tags],
      series: one.series,
      minutes: one.body.minutes,
      permalink: urls.path(one.path),
    },
  }));
}

function pageEntries({ blog }: LoadedBlog): Entry[] {
  const urls = siteUrls(blog.settings);
  return blog.pages.map((one) => ({
    id: one.slug,
    data: { ...shared(one), permalink: urls.path(urls.pagePath(one.slug)) },
  }));
}

function shared({ title, description, body, lang, visibility, extra }: Post | Page): Record<string, unknown> {
  return {
    title,
    description: description === "" ? body.excerpt : description,
    lang,
    draft: visibility === "draft",
    extra,
  };
}

function authorEntries({ blog }: LoadedBlog): Entry[] {
  const urls = siteUrls(blog.settings);
  return blog.authors.map(({ id, name, isGuest, links }) => ({
    id,
    data: { name, isGuest, links: [...links], permalink: urls.path(urls.authorPath(id)) },
  }));
}

function seriesEntries({ blog }: LoadedBlog): Entry[] {
  const urls = siteUrls(blog.settings);
  return blog.series.map(({ id, title, description }) => ({
    id,
    data: { title, description, permalink: urls.path(urls.seriesPath(id)) },
  }));
}
