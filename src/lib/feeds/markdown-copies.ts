/** Markdown copies of posts, for readers and programs that prefer plain text. */
import { fromHtml } from "hast-util-from-html";
import { toMdast } from "hast-util-to-mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { toMarkdown } from "mdast-util-to-markdown";
import { stringify } from "yaml";
import { hashOf } from "../cache/file-cache.ts";
import type { Blog } from "../content/model.ts";
import type { FileSpec } from "../site/outputs.ts";
import type { FeedItem } from "./feed.ts";
import { markdownPath } from "./markdown-path.ts";
import { type PostItemContext, postEntries } from "./post-items.ts";

/**
 * Returns `/posts/<slug>/index.md` for each published post, or nothing if the `markdownCopies` setting is off. The
 * copies are converted from the HTML in feeds, not from the source, which may contain private comments and components.
 */
export function markdownCopies(blog: Blog, context: PostItemContext): FileSpec[] {
  if (!blog.settings.markdownCopies) return [];
  return postEntries(blog, new Map(), context).map((entry) => ({
    path: markdownPath(entry.post.slug, context.urls),
    key: hashOf("markdown", entry.digest),
    make: async () => markdownOf(await entry.load()),
  }));
}

/** Converts an item to Markdown (GFM) with YAML front matter. */
export function markdownOf(item: FeedItem): string {
  const facts = {
    ...(item.title === null ? {} : { title: item.title }),
    url: item.url,
    date: item.published,
    ...(item.updated === item.published ? {} : { updated: item.updated }),
    authors: item.authors.map(({ name }) => name),
    ...(item.tags.length === 0 ? {} : { tags: [...item.tags] }),
    ...(item.lang === null ? {} : { lang: item.lang }),
  };
  const tree = toMdast(fromHtml(item.content, { fragment: true }));
  const heading =
    item.title === null ? "" : toMarkdown({ type: "heading", depth: 1, children: [text(item.title)] });
  const body = toMarkdown(tree, { extensions: [gfmToMarkdown()], bullet: "-", rule: "-" });
  return [`---\n${stringify(facts)}---\n`, heading, body].filter((part) => part !== "").join("\n");
}

function text(value: string) {
  return { type: "text" as const, value };
}
