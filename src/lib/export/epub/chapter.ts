/** Renders a post or page as a document of the book. */
import type { Element, ElementContent, Nodes, Root } from "hast";
import { toXast } from "hast-util-to-xast";
import { toXml } from "xast-util-to-xml";
import { formatsOf } from "../../../i18n/formats.ts";
import { translationsForPost } from "../../../i18n/translations-for.ts";
import type { Translations } from "../../../i18n/translations.ts";
import type { Page, Post } from "../../content/model.ts";
import { dirWithin } from "../../content/text-direction.ts";
import { cleanXml, escapeXml } from "../../escape.ts";
import { webUri } from "../../feeds/uri.ts";
import { bookTree } from "../../markdown/feed-html.ts";
import { h } from "../../markdown/hast.ts";
import type { ExportedBlog } from "../read-blog.ts";
import { BookIds } from "./book-ids.ts";
import type { BookLinks } from "./book-links.ts";
import type { BookPicture, BookPictures } from "./book-pictures.ts";
import { isPost, type Chapter } from "./chapters.ts";
import { flow, type BookPlace } from "./content-model.ts";
import { conversation } from "./conversation.ts";

export interface ChapterDocument {
  readonly xhtml: string;
  readonly hasMath: boolean;
}

/** Shared by all chapters. */
export interface ChapterContext {
  readonly blog: ExportedBlog;
  readonly links: BookLinks;
  readonly pictures: BookPictures;
}

/** Renders a chapter and adds its pictures to the book. */
export async function chapterDocument(
  chapter: Chapter,
  { blog, links, pictures }: ChapterContext,
): Promise<ChapterDocument> {
  const { text, file } = chapter;
  const tree = bookTree(blog.bodyOf(text));
  const shown = new Map<string, BookPicture | null>();
  for (const address of picturesIn(tree)) shown.set(address, await pictures.find(address));
  const cover = isPost(text) && text.cover !== null ? await pictures.ofFile(text.cover.file) : null;
  const ids = new BookIds();
  const words = wordsOf(text, blog);
  const place: BookPlace = {
    link: (href) => links.from(chapter, href),
    picture: (src) => fromChapter(shown.get(src) ?? null, file),
    id: (wanted) => ids.claim(wanted),
  };
  const content = contentOf(text, tree, blog, words, place, fromChapter(cover, file));
  return { xhtml: documentOf(text, content), hasMath: holdsMath(content) };
}

/** Ids of a chapter that other chapters can link to. */
export function idsOf({ text }: Chapter, blog: ExportedBlog): ReadonlySet<string> {
  const ids = new BookIds();
  const place: BookPlace = {
    link: () => null,
    picture: () => null,
    id: (wanted) => ids.claim(wanted),
  };
  contentOf(text, bookTree(blog.bodyOf(text)), blog, wordsOf(text, blog), place, null);
  return ids.all;
}

function wordsOf({ lang }: Post | Page, { blog }: ExportedBlog): Translations {
  return translationsForPost(lang, { lang: blog.settings.lang, words: blog.settings.words });
}

function contentOf(
  text: Post | Page,
  tree: Root,
  blog: ExportedBlog,
  words: Translations,
  place: BookPlace,
  cover: string | null,
): ElementContent[] {
  const body = flow(tree.children, place);
  if (!isPost(text)) return [h("h1", {}, text.title), ...body];
  return [
    ...headOf(text, blog, words),
    ...coverOf(text, cover),
    ...(text.contentNote === null ? [] : [h("p", { className: ["content-note"] }, text.contentNote)]),
    ...body,
    ...(text.question === null ? [] : [h("p", { className: ["question"] }, text.question)]),
    ...sourceOf(text, blog),
    ...conversation(text, blog, words, place),
  ];
}

function headOf(post: Post, { blog }: ExportedBlog, words: Translations): ElementContent[] {
  const formats = formatsOf(words.lang, blog.settings.timeZone);
  const names = new Map(blog.authors.map(({ id, name }) => [id, name]));
  const byline = formats.list(post.authors.map((id) => names.get(id) ?? id));
  return [
    h("p", { className: ["byline"] }, `${formats.longDate(post.date)} · ${byline}`),
    post.isTitled
      ? h("h1", { dir: dirWithin(post.dir, post.title) }, post.title)
      : h("h1", { className: ["untitled"] }, formats.date(post.date)),
    ...(post.standfirst === null
      ? []
      : [h("p", { className: ["standfirst"], dir: dirWithin(post.dir, post.standfirst) }, post.standfirst)]),
  ];
}

function coverOf({ cover }: Post, src: string | null): ElementContent[] {
  if (cover === null || src === null) return [];
  const credit = cover.credit === null ? null : h("figcaption", {}, cover.credit);
  return [h("figure", { className: ["cover"] }, h("img", { src, alt: cover.alt }), credit)];
}

/** Link to the post on the web, for readers who want to share it. */
function sourceOf({ path }: Post, { urls }: ExportedBlog): ElementContent[] {
  const href = webUri(urls.absolute(path));
  return href === null ? [] : [h("p", { className: ["source"] }, h("a", { href, dir: "ltr" }, href))];
}

function documentOf({ title, lang, dir }: Post | Page, content: readonly ElementContent[]): string {
  const chapter = h("section", { "epub:type": "chapter" }, content);
  const tag = escapeXml(lang);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<!DOCTYPE html>",
    `<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="${tag}" xml:lang="${tag}" dir="${dir}">`,
    `<head><title>${escapeXml(title)}</title><link rel="stylesheet" type="text/css" href="../book.css"/></head>`,
    `<body>${xmlOf(chapter)}</body>`,
    "</html>",
    "",
  ].join("\n");
}

/**
 * XML 1.0 (section 2.4) forbids `]]>` in text, but the library doesn't escape it. Void elements are self-closed, for
 * reading systems that parse the book as HTML.
 */
function xmlOf(node: Element): string {
  const xml = toXml(toXast(cleaned(node)));
  return xml.replaceAll("]]>", "]]&gt;").replaceAll(/><\/(?:img|br|hr|wbr)>/g, "/>");
}

/** Removes the characters that XML forbids from text and attributes. */
function cleaned(node: Element): Element {
  return {
    ...node,
    properties: Object.fromEntries(
      Object.entries(node.properties).map(([name, value]) => [
        name,
        typeof value === "string" ? cleanXml(value) : value,
      ]),
    ),
    children: node.children.map((child): ElementContent => {
      if (child.type === "element") return cleaned(child);
      return child.type === "text" ? { type: "text", value: cleanXml(child.value) } : child;
    }),
  };
}

/** Path of a picture relative to the chapter's folder. */
function fromChapter(picture: BookPicture | null, chapter: string): string | null {
  return picture === null ? null : `${"../".repeat(chapter.split("/").length - 1)}${picture.name}`;
}

function picturesIn(node: Nodes): string[] {
  const own = node.type === "element" ? [node.properties["src"], node.properties["poster"]] : [];
  const mine = node.type === "element" && /^(?:img|video|audio)$/.test(node.tagName) ? own : [];
  const inside = "children" in node ? node.children.flatMap(picturesIn) : [];
  return [...mine.filter((address) => typeof address === "string"), ...inside];
}

function holdsMath(nodes: readonly ElementContent[]): boolean {
  return nodes.some(
    (node) => node.type === "element" && (node.tagName === "math" || holdsMath(node.children)),
  );
}
