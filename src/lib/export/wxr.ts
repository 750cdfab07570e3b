/** The blog as WordPress eXtended RSS 1.2, which WordPress and many others import. */
import type { Page, Post } from "../content/model.ts";
import { escapeXml } from "../escape.ts";
import type { PostResponse } from "../responses/model.ts";
import { isPublic } from "../responses/shown-response.ts";
import { safeResponseHtml } from "../responses/sanitize.ts";
import { tagSlug } from "../site/slug.ts";
import type { ExportedBlog } from "./read-blog.ts";
import { toSourceFile } from "./source-file.ts";

/** Element with a file of the author's folder as JSON; other programs ignore it. */
export const WXR_FILE = "backfence:file";

const WORDPRESS_TYPES: Readonly<Record<string, string>> = { pingback: "pingback", trackback: "trackback" };

/** The export in pieces, since with the blog's pictures it may exceed memory. */
export function* exportWxr(exported: ExportedBlog): Generator<string> {
  const { blog, files } = exported;
  const { title, description, lang, url } = blog.settings;
  const tags = [...new Set(blog.posts.flatMap((post) => post.tags))].sort();
  yield lines([
    '<?xml version="1.0" encoding="UTF-8" ?>',
    '<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:backfence="https://github.com/backfence/backfence/export">',
    "<channel>",
    element("title", title),
    element("link", url),
    element("description", description),
    element("language", lang),
    "<wp:wxr_version>1.2</wp:wxr_version>",
    element("wp:base_site_url", url),
    element("wp:base_blog_url", url),
    ...blog.authors.map(
      ({ id, name }) =>
        `<wp:author><wp:author_login>${cdata(id)}</wp:author_login><wp:author_display_name>${cdata(name)}</wp:author_display_name></wp:author>`,
    ),
    ...tags.map(
      (tag) =>
        `<wp:tag>${element("wp:tag_slug", tagSlug(tag))}<wp:tag_name>${cdata(tag)}</wp:tag_name></wp:tag>`,
    ),
  ]);
  for (const [index, post] of blog.posts.entries()) yield item(post, index + 1, exported);
  for (const [index, page] of blog.pages.entries())
    yield pageItem(page, blog.posts.length + index + 1, exported);
  for (const file of files) yield `<${WXR_FILE}>${cdata(asciiJson(toSourceFile(file)))}</${WXR_FILE}>\n`;
  yield "</channel>\n</rss>\n";
}

function lines(all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}

/** JSON in which the noncharacters that XML forbids are `\u` escapes. */
function asciiJson(data: unknown): string {
  return JSON.stringify(data).replaceAll(
    /[\uFFFE\uFFFF]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16)}`,
  );
}

function pageItem(page: Page, id: number, { urls, htmlOf }: ExportedBlog): string {
  return lines([
    "<item>",
    element("title", page.title),
    element("link", urls.absolute(urls.pagePath(page.slug))),
    `<content:encoded>${cdata(htmlOf(page))}</content:encoded>`,
    `<wp:post_id>${id}</wp:post_id>`,
    element("wp:post_name", page.slug),
    "<wp:status>publish</wp:status>",
    "<wp:post_type>page</wp:post_type>",
    "</item>",
  ]);
}

function item(post: Post, id: number, { blog, urls, htmlOf }: ExportedBlog): string {
  const link = urls.absolute(post.path);
  const responses = (blog.responses[post.slug] ?? []).filter(isPublic);
  const ids = new Map(
    responses.flatMap((record, index) => [
      [String(record["wm-id"]), index + 1],
      [record.url, index + 1],
    ]),
  );
  return lines([
    "<item>",
    element("title", post.title),
    element("link", link),
    `<pubDate>${new Date(post.date).toUTCString()}</pubDate>`,
    `<dc:creator>${cdata(post.authors[0] ?? "")}</dc:creator>`,
    `<guid isPermaLink="false">${escapeXml(post.id)}</guid>`,
    `<content:encoded>${cdata(htmlOf(post))}</content:encoded>`,
    `<excerpt:encoded>${cdata(post.description)}</excerpt:encoded>`,
    `<wp:post_id>${id}</wp:post_id>`,
    `<wp:post_date_gmt>${sqlDate(post.date)}</wp:post_date_gmt>`,
    ...(post.updated === null
      ? []
      : [`<wp:post_modified_gmt>${sqlDate(post.updated)}</wp:post_modified_gmt>`]),
    element("wp:comment_status", post.comments === "open" ? "open" : "closed"),
    element("wp:post_name", post.slug),
    "<wp:status>publish</wp:status>",
    "<wp:post_type>post</wp:post_type>",
    `<wp:is_sticky>${post.isPinned ? 1 : 0}</wp:is_sticky>`,
    ...post.tags.map(
      (tag) => `<category domain="post_tag" nicename="${escapeXml(tagSlug(tag))}">${cdata(tag)}</category>`,
    ),
    ...responses.map((record, index) => comment(record, index + 1, ids)),
    "</item>",
  ]);
}

function comment(record: PostResponse, id: number, ids: ReadonlyMap<unknown, unknown>): string {
  const { author, content } = record;
  const parent = ids.get(String(record["in-reply-to"] ?? "")) ?? 0;
  return [
    "<wp:comment>",
    `<wp:comment_id>${id}</wp:comment_id>`,
    `<wp:comment_author>${cdata(author.name)}</wp:comment_author>`,
    `<wp:comment_author_url>${escapeXml(author.url ?? "")}</wp:comment_author_url>`,
    `<wp:comment_date_gmt>${sqlDate(record.published ?? record["wm-received"])}</wp:comment_date_gmt>`,
    `<wp:comment_content>${cdata(safeResponseHtml(content))}</wp:comment_content>`,
    "<wp:comment_approved>1</wp:comment_approved>",
    `<wp:comment_type>${WORDPRESS_TYPES[record["wm-protocol"]] ?? "comment"}</wp:comment_type>`,
    `<wp:comment_parent>${String(parent)}</wp:comment_parent>`,
    "</wp:comment>",
  ].join("\n");
}

function element(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}

function cdata(text: string): string {
  const clean = text.toWellFormed().replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "");
  return `<![CDATA[${clean.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
}

function sqlDate(instant: string): string {
  return new Date(instant).toISOString().slice(0, 19).replace("T", " ");
}
