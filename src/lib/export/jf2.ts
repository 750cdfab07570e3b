/** The blog as a JF2 feed (https://jf2.spec.indieweb.org/), conversation included. */
import type { ExportedBlog } from "./read-blog.ts";
import { toSourceFile } from "./source-file.ts";

/** The key under which a JF2 export of Backfence holds the author's files. */
export const JF2_FILES = "backfence-files";

export function exportJf2({ blog, urls, htmlOf, files }: ExportedBlog): string {
  const names = new Map(blog.authors.map(({ id, name }) => [id, name]));
  const children = blog.posts.map((post) => ({
    type: "entry",
    name: post.title,
    url: urls.absolute(post.path),
    uid: post.id,
    published: post.date,
    updated: post.updated ?? undefined,
    summary: post.description || undefined,
    category: post.tags,
    author: post.authors.map((id) => ({
      type: "card",
      name: names.get(id) ?? id,
      url: urls.absolute(urls.authorPath(id)),
    })),
    syndication: post.syndication.length === 0 ? undefined : post.syndication,
    content: { html: htmlOf(post) ?? undefined },
    children: (blog.responses[post.slug] ?? []).filter(({ status }) => status === "approved"),
  }));
  const feed = {
    type: "feed",
    name: blog.settings.title,
    summary: blog.settings.description || undefined,
    url: blog.settings.url,
    children,
    [JF2_FILES]: files.map(toSourceFile),
  };
  return `${JSON.stringify(feed, null, 2)}\n`;
}
