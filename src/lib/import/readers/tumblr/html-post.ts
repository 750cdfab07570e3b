/** Reads a post from an HTML page: from `posts/html/` in Tumblr's export, or from tumblr-backup. */
import type { Element, Root } from "hast";
import { toHtml } from "hast-util-to-html";
import { bareText } from "../../html/bare-text.ts";
import { property } from "../../html/elements.ts";
import { findElement, findElements, hasClass, replaceElements } from "../../html/tree.ts";
import { treeOf } from "../change-html.ts";
import { anyDate, englishDate } from "../source-dates.ts";
import { isBackupPage } from "./signs.ts";
import { tumblrSlug } from "./post.ts";
import type { TumblrPost } from "./post.ts";

const NO_RULES = { used: new Set(["id", "date", "tags", "title", "address", "reblog"]) };

/** Null for HTML that isn't safe to parse. @param name file name, which is the post's id. */
export function postOfPage(page: string, name: string): TumblrPost | null {
  const root = treeOf(page);
  if (root === null) return null;
  return isBackupPage(page) ? backupPost(root, name) : exportPost(root, name);
}

/** The export doesn't say which posts were public, so each is a draft. */
function exportPost(root: Root, name: string): TumblrPost {
  const footers = findElements(root, (node) => property(node, "id") === "footer");
  // Reblogged posts have a footer too; the post's own comes last.
  const footer = footers.at(-1) ?? null;
  const date = footer === null ? null : findElement(footer, (node) => property(node, "id") === "timestamp");
  const tags = footer === null ? [] : findElements(footer, (node) => hasClass(node, "tag")).map(wordsOf);
  const heading = findElement(root, ({ tagName }) => tagName === "h1");
  const title = heading === null ? "" : wordsOf(heading);
  replaceElements(root, (node) => {
    const isHead = node === heading || footers.includes(node);
    return isHead || /^(?:title|meta|link|head)$/.test(node.tagName) ? [] : null;
  });
  return {
    ...basics(name, title, toHtml(root), tags),
    state: "draft",
    date: date === null ? null : englishDate(wordsOf(date)),
    keys: { id: name, date: date === null ? "" : "date", tags, title },
  };
}

/** tumblr-backup contains only public posts. */
function backupPost(root: Root, name: string): TumblrPost {
  const article = findElement(root, ({ tagName }) => tagName === "article");
  const header = article === null ? null : findElement(article, ({ tagName }) => tagName === "header");
  const footer = article === null ? null : findElement(article, ({ tagName }) => tagName === "footer");
  const heading = article === null ? null : findElement(article, ({ tagName }) => tagName === "h2");
  const time = header === null ? null : findElement(header, ({ tagName }) => tagName === "time");
  const links = header === null ? [] : findElements(header, ({ tagName }) => tagName === "a");
  const addressWith = (sign: RegExp): string =>
    links
      .map((link) => (sign.test(wordsOf(link)) ? property(link, "href") : ""))
      .find((href) => href !== "") ?? "";
  const tags = footer === null ? [] : findElements(footer, ({ tagName }) => tagName === "a").map(wordsOf);
  const title = heading === null ? "" : wordsOf(heading);
  const notes = article === null ? [] : findElements(article, (node) => hasClass(node, "notes"));
  const body: Root = { type: "root", children: article?.children ?? [] };
  replaceElements(body, (node) =>
    node === header || node === footer || node === heading || notes.includes(node) ? [] : null,
  );
  const own = [addressWith(/^●$/), addressWith(/^¶$/)].filter((href) => /^https?:/.test(href));
  const reblog = addressWith(/^⬀$/) || addressWith(/^⬈$/);
  return {
    ...basics(
      name,
      title,
      toHtml(body),
      tags.filter((tag) => tag.startsWith("#")).map((tag) => tag.slice(1)),
    ),
    addresses: own,
    slug: tumblrSlug(own[0] ?? ""),
    date: time === null ? null : anyDate(property(time, "dateTime")),
    repostOf: reblog === "" ? null : reblog,
    keys: { id: name, date: time === null ? "" : "date", tags, title, address: own, reblog },
  };
}

function basics(name: string, title: string, html: string, tags: readonly string[]): TumblrPost {
  return {
    id: name,
    blog: "",
    addresses: [],
    slug: "",
    state: "public",
    date: null,
    title,
    html,
    tags,
    link: null,
    repostOf: null,
    isPinned: false,
    keys: {},
    rules: NO_RULES,
  };
}

function wordsOf(node: Element): string {
  return bareText(node).replaceAll(/\s+/g, " ").trim();
}
