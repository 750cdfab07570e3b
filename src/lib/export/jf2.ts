/** The blog as a JF2 feed (https://jf2.spec.indieweb.org/), including conversations. */
import type { Post } from "../content/model.ts";
import { isPublic } from "../responses/shown-response.ts";
import type { ExportedBlog } from "./read-blog.ts";
import { toSourceFile } from "./source-file.ts";

/** Key of the author's files in a JF2 export. */
export const JF2_FILES = "backfence-files";
/** Line of a JF2 export after which each line is one file. */
export const JF2_FILES_LINE = `  "${JF2_FILES}": [`;

/** The export in pieces; each of the author's files is one line, so that it can be restored line by line. */
export function* exportJf2(exported: ExportedBlog): Generator<string> {
  const { blog, urls, htmlOf, files } = exported;
  const { title, description, url } = blog.settings;
  const head = JSON.stringify({ type: "feed", name: title, summary: description || undefined, url }, null, 2);
  yield `${head.slice(0, head.lastIndexOf("\n"))},\n  "children": [`;
  yield* listed([
    ...blog.posts.map((post) => () => entryOf(post, exported)),
    ...blog.pages.map((page) => () => ({
      type: "entry",
      name: page.title,
      url: urls.absolute(urls.pagePath(page.slug)),
      content: { html: htmlOf(page) },
    })),
  ]);
  yield `],\n${JF2_FILES_LINE}`;
  yield* listed(files.map((file) => () => toSourceFile(file)));
  yield "]\n}\n";
}

function* listed(items: readonly (() => unknown)[]): Generator<string> {
  for (const [index, item] of items.entries())
    yield `\n    ${JSON.stringify(item())}${index === items.length - 1 ? "\n  " : ","}`;
}

function entryOf(post: Post, { blog, urls, htmlOf }: ExportedBlog): unknown {
  const names = new Map(blog.authors.map(({ id, name }) => [id, name]));
  return {
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
    content: { html: htmlOf(post) },
    children: (blog.responses[post.slug] ?? []).filter(isPublic),
  };
}
