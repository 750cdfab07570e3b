/** Inputs of the rules of spam.ts. */
import type { Element, Nodes } from "hast";
import { fromHtml } from "hast-util-from-html";
import { hashOf } from "../cache/file-cache.ts";
import { hostOf } from "./clean-text.ts";
import type { PostResponse } from "./model.ts";
import { senderSite } from "./sender-site.ts";
import { plainTextOf } from "./shown-response.ts";
import { isBomb } from "./sanitise.ts";

export interface Facts {
  readonly name: string;
  readonly nameWords: readonly string[];
  readonly authorUrl: string | null;
  /** Place of the author, else their name: to detect the same text by another author. */
  readonly author: string;
  readonly text: string;
  readonly textKey: string;
  readonly target: string;
  /** Addresses in the content, other than of the blog. */
  readonly links: readonly string[];
  /** Those that don't lead to the author's own place either. */
  readonly foreignLinks: readonly string[];
  /** Words of the links. */
  readonly labels: readonly string[];
  readonly isVerified: boolean;
  readonly isSiteName: boolean;
}

export function factsOf(record: PostResponse): Facts {
  const { name } = record.author;
  const authorUrl =
    record.author.url !== undefined && hostOf(record.author.url) !== "" ? record.author.url : null;
  const isVerified = record["wm-protocol"] === "webmention" || record["wm-protocol"] === "pingback";
  const text = plainTextOf(record) || (record.summary ?? "");
  const { links, labels } = linksOf(record, text);
  const outward = links.filter((link) => senderSite(link) !== senderSite(record["wm-target"]));
  const own = new Set([authorUrl, isVerified ? record["wm-source"] : null].map(placeOrNull));
  return {
    name,
    nameWords: name
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== ""),
    authorUrl,
    author: authorUrl === null ? name.toLowerCase() : senderSite(authorUrl),
    text: text.replace(/https?:\/\/\S+/g, " "),
    textKey: textKey(text),
    target: record["wm-target"],
    links: outward,
    foreignLinks: outward.filter((link) => !own.has(senderSite(link))),
    labels,
    isVerified,
    isSiteName: record["wm-protocol"] === "trackback",
  };
}

function placeOrNull(address: string | null): string | null {
  return address === null ? null : senderSite(address);
}

/** Links in the HTML and bare addresses in the text, each once. */
function linksOf(
  record: PostResponse,
  text: string,
): { readonly links: string[]; readonly labels: string[] } {
  const links = new Set<string>();
  const labels: string[] = [];
  const walk = (node: Nodes) => {
    if (node.type === "element" && node.tagName === "a" && typeof node.properties["href"] === "string") {
      if (hostOf(node.properties["href"]) !== "") links.add(node.properties["href"]);
      labels.push(labelOf(node));
    }
    if ("children" in node) for (const child of node.children) walk(child);
  };
  const html = record.content?.html ?? "";
  // Records are sanitised when they are stored; most have no link, and parsing takes longer than all rules together.
  if (/<a\s/i.test(html) && !isBomb(html)) walk(fromHtml(html, { fragment: true }));
  for (const [found] of text.matchAll(/\bhttps?:\/\/[^\s<>"'()[\]]+|\bwww\.[^\s<>"'()[\]]+/giu)) {
    const address = found.startsWith("http") ? found : `http://${found}`;
    if (hostOf(address) !== "") links.add(new URL(address.replace(/[.,;:!?]+$/, "")).href);
  }
  return { links: [...links], labels };
}

function labelOf(node: Element): string {
  return node.children
    .map((child) => (child.type === "text" ? child.value : child.type === "element" ? labelOf(child) : ""))
    .join("");
}

/**
 * Hash of the words of a text in one spelling, to find it again; empty for texts too short to be distinguished. A pull keeps
 * one for each response, and the texts themselves would fill the memory a second time.
 */
function textKey(text: string): string {
  const key = (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(" ");
  return key.length < 25 ? "" : hashOf(key);
}
