/** Input data for the rules in spam.ts. */
import type { Element, Nodes } from "hast";
import { fromHtml } from "hast-util-from-html";
import { hashOf } from "../cache/file-cache.ts";
import { hostOf } from "./clean-text.ts";
import type { PostResponse } from "./model.ts";
import { senderSite } from "./sender-site.ts";
import { plainTextOf } from "./shown-response.ts";
import { isTooLarge } from "./sanitize.ts";

export interface Facts {
  readonly name: string;
  readonly nameWords: readonly string[];
  readonly authorUrl: string | null;
  /** Site of the author, else the name; to detect the same text by another author. */
  readonly author: string;
  readonly text: string;
  readonly textKey: string;
  readonly target: string;
  /** Links in the content, except to the blog. */
  readonly links: readonly string[];
  /** `links` without those to the author's own site. */
  readonly foreignLinks: readonly string[];
  /** Texts of the links. */
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

/** Links in the HTML and plain URLs in the text, without duplicates. */
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
  // Parses only records with a link: most have none, and parsing takes longer than all rules together.
  if (/<a\s/i.test(html) && !isTooLarge(html)) walk(fromHtml(html, { fragment: true }));
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
 * Hash of a text's normalized words, to recognize the same text; empty for texts too short to be distinctive. A pull
 * keeps one key per response in memory, so the keys are hashes rather than the texts.
 */
function textKey(text: string): string {
  const key = (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(" ");
  return key.length < 25 ? "" : hashOf(key);
}
