/**
 * Converts texts that exist only in a format of Ghost's editors to HTML: Lexical since version 5, mobiledoc before
 * (https://github.com/bustle/mobiledoc-kit/blob/master/MOBILEDOC.md). Cards become the elements that Ghost renders for
 * them, so that `plainCards` handles both.
 */
import { markdownToHtml } from "satteri";
import { escapeHtml } from "../../escape.ts";
import { parsedJson } from "./parse-json.ts";

export interface EditorText {
  readonly html: string;
  /** Unknown types of cards. */
  readonly unknown: ReadonlySet<string>;
}

type Fields = Readonly<Record<string, unknown>>;

const MOST_LEVELS = 100;

/** Null if it isn't a Lexical document. */
export function lexicalHtml(json: string): EditorText | null {
  const document = parsedJson(json);
  const root = isFields(document) ? document["root"] : null;
  if (!isFields(root)) return null;
  const unknown = new Set<string>();
  return { html: childrenHtml(root, unknown, 0), unknown };
}

function childrenHtml(node: Fields, unknown: Set<string>, level: number): string {
  if (level > MOST_LEVELS) return "";
  return listIn(node, "children")
    .filter(isFields)
    .map((child) => nodeHtml(child, unknown, level + 1))
    .join("");
}

function nodeHtml(node: Fields, unknown: Set<string>, level: number): string {
  const type = textIn(node, "type").replace(/^extended-/, "");
  const inner = (tag: string): string => `<${tag}>${childrenHtml(node, unknown, level)}</${tag}>`;
  switch (type) {
    case "paragraph":
      return inner("p");
    case "heading":
      return inner(/^h[1-6]$/.test(textIn(node, "tag")) ? textIn(node, "tag") : "h2");
    case "quote":
      return `<blockquote>${inner("p")}</blockquote>`;
    case "aside":
      return inner("blockquote");
    case "list":
      return inner(textIn(node, "tag") === "ol" || textIn(node, "listType") === "number" ? "ol" : "ul");
    case "listitem":
      return inner("li");
    case "linebreak":
      return "<br>";
    case "tab":
      return " ";
    case "zwnj":
    case "tk":
    case "paywall":
      return "";
    case "text":
      return formatted(escapeHtml(textIn(node, "text")), node["format"]);
    case "link":
    case "autolink":
    case "at-link":
      return `<a href="${escapeHtml(textIn(node, "url"))}">${childrenHtml(node, unknown, level)}</a>`;
    default:
      return isForEverybody(node)
        ? cardHtml(type, node, unknown) || childrenHtml(node, unknown, level)
        : GATED;
  }
}

/** Bits of a text's format: https://github.com/facebook/lexical/blob/main/packages/lexical/src/LexicalConstants.ts */
const FORMATS = ["strong", "em", "s", "u", "code", "sub", "sup", "mark"] as const;

function formatted(html: string, format: unknown): string {
  const bits = typeof format === "number" ? format : 0;
  return FORMATS.reduce(
    (text, tag, index) => ((bits & (1 << index)) === 0 ? text : `<${tag}>${text}</${tag}>`),
    html,
  );
}

/** Ghost's markers for a card that isn't public, without the card. */
const GATED = "<!--kg-gated-block:begin nonMember:false--><!--kg-gated-block:end-->";

/** Whether a card is public; others are only for members or emails. */
function isForEverybody({ visibility }: Fields): boolean {
  if (!isFields(visibility)) return true;
  const { web, showOnWeb } = visibility;
  return showOnWeb !== false && !(isFields(web) && web["nonMember"] === false);
}

/** HTML of a card of either editor; empty if the type is unknown. */
function cardHtml(type: string, card: Fields, unknown: Set<string>): string {
  const value = (name: string): string => textIn(card, name);
  const caption = value("caption") === "" ? "" : `<figcaption>${value("caption")}</figcaption>`;
  const link = (address: string, title: string): string =>
    `<p><a href="${escapeHtml(address)}">${title === "" ? escapeHtml(address) : title}</a></p>`;
  switch (type) {
    case "image":
    case "image-card":
      return `<figure>${image(card)}${caption}</figure>`;
    case "gallery":
      return (
        listIn(card, "images")
          .filter(isFields)
          .map((one) => `<figure>${image(one)}</figure>`)
          .join("\n") + (caption === "" ? "" : `<p><em>${value("caption")}</em></p>`)
      );
    case "html":
    case "html-card":
      return value("html");
    case "markdown":
    case "card-markdown":
      return markdownToHtml(value("markdown"), { features: { frontmatter: false } }).html;
    case "codeblock":
    case "code":
      return `<pre><code class="language-${escapeHtml(value("language"))}">${escapeHtml(value("code"))}</code></pre>${caption === "" ? "" : `<p><em>${value("caption")}</em></p>`}`;
    case "horizontalrule":
    case "hr":
      return "<hr>";
    case "bookmark": {
      const { metadata } = card;
      const about = isFields(metadata) ? metadata : card;
      return `<figure class="kg-bookmark-card"><a href="${escapeHtml(value("url"))}"><div class="kg-bookmark-title">${escapeHtml(textIn(about, "title"))}</div><div class="kg-bookmark-description">${escapeHtml(textIn(about, "description"))}</div></a>${caption}</figure>`;
    }
    case "embed":
      return value("url") === "" ? value("html") : link(value("url"), "") + caption;
    case "callout":
      return `<blockquote>${value("calloutText")}</blockquote>`;
    case "toggle":
      return `<details><summary>${value("heading")}</summary>${value("content")}</details>`;
    case "audio":
    case "video":
      return `<${type} src="${escapeHtml(value("src"))}"></${type}><p><em>${value("title") === "" ? value("caption") : escapeHtml(value("title"))}</em></p>`;
    case "file":
      return link(value("src"), escapeHtml(value("fileTitle") || value("fileName")));
    case "button":
      return link(value("buttonUrl"), escapeHtml(value("buttonText")));
    case "header":
      return `<h2>${value("header") || value("heading")}</h2><p>${value("subheader") || value("subheading")}</p>`;
    case "product":
      return `<h4>${value("productTitle")}</h4>${value("productDescription")}${value("productUrl") === "" ? "" : link(value("productUrl"), escapeHtml(value("productButton")))}`;
    case "email":
    case "email-cta":
    case "signup":
    case "call-to-action":
      return `<div class="kg-email-card"></div>`;
    case "paywall":
      return "";
    default:
      unknown.add(type);
      return "";
  }
}

function image(card: Fields): string {
  const alt = textIn(card, "alt");
  return `<img src="${escapeHtml(textIn(card, "src"))}" alt="${escapeHtml(alt)}">`;
}

/** Types of sections in mobiledoc. */
const MARKUP = 1;
const IMAGE = 2;
const LIST = 3;
const CARD = 10;

/** Null if it isn't a mobiledoc. */
export function mobiledocHtml(json: string): EditorText | null {
  const document = parsedJson(json);
  if (!isFields(document) || !Array.isArray(document["sections"])) return null;
  const unknown = new Set<string>();
  const html = listIn(document, "sections").map((section) => {
    if (!Array.isArray(section)) return "";
    const [kind, first, second]: unknown[] = section;
    if (kind === MARKUP) return element(String(first), markersHtml(second, document));
    if (kind === LIST) {
      const items = (Array.isArray(second) ? second : []).map(
        (item) => `<li>${markersHtml(item, document)}</li>`,
      );
      return element(String(first), items.join(""));
    }
    if (kind === IMAGE) return `<img src="${escapeHtml(String(first))}" alt="">`;
    const card: unknown = kind === CARD ? listIn(document, "cards")[Number(first)] : null;
    if (!Array.isArray(card)) return "";
    const [name, payload]: unknown[] = card;
    return cardHtml(String(name), isFields(payload) ? payload : {}, unknown);
  });
  return { html: html.join("\n"), unknown };
}

const SECTION_TAGS = new Set(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "aside", "ul", "ol"]);
const MARKUP_TAGS = new Set(["a", "b", "code", "em", "i", "s", "strong", "sub", "sup", "u", "del"]);

function element(tag: string, html: string): string {
  const known = SECTION_TAGS.has(tag) ? tag : "p";
  return `<${known}>${html}</${known}>`;
}

/** HTML of markers: texts or atoms, each with the markups that it opens and the number of those that it closes. */
function markersHtml(markers: unknown, document: Fields): string {
  const markups = listIn(document, "markups");
  const atoms = listIn(document, "atoms");
  const open: string[] = [];
  let html = "";
  for (const marker of Array.isArray(markers) ? markers : []) {
    if (!Array.isArray(marker)) continue;
    const [kind, opened, closed, value]: unknown[] = marker;
    for (const index of Array.isArray(opened) ? opened : []) {
      const markup: unknown = markups[Number(index)];
      const [tag, attributes]: unknown[] = Array.isArray(markup) ? markup : [];
      const name = MARKUP_TAGS.has(String(tag)) ? String(tag) : "span";
      const href = Array.isArray(attributes) ? String(attributes[attributes.indexOf("href") + 1] ?? "") : "";
      html += name === "a" ? `<a href="${escapeHtml(href)}">` : `<${name}>`;
      open.push(name);
    }
    const atom: unknown = kind === 1 ? atoms[Number(value)] : null;
    if (Array.isArray(atom)) html += atom[0] === "soft-return" ? "<br>" : escapeHtml(String(atom[1] ?? ""));
    else html += escapeHtml(typeof value === "string" ? value : "");
    for (let count = 0; count < Number(closed) && open.length > 0; count++) html += `</${open.pop() ?? ""}>`;
  }
  return (
    html +
    open
      .toReversed()
      .map((name) => `</${name}>`)
      .join("")
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textIn(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value : "";
}

function listIn(fields: Fields, name: string): readonly unknown[] {
  const value = fields[name];
  return Array.isArray(value) ? value : [];
}
