/**
 * Converts HTML to text with marks like Pagefind's parser does before it splits words, by the rules of
 * `pagefind/src/fossick/parser.rs` in release 1.6.0. Supports only plainly serialized HTML: elements closed in order,
 * values in double quotes. For anything else the result is null, and Pagefind parses the text itself.
 */

/** The indexed text of a document, with marks for anchors and weights. Entities aren't decoded yet. */
export interface TokenizedHtml {
  readonly text: string;
  /** Text of elements with an `id`, by the part of their mark after the element's name. */
  readonly anchors: ReadonlyMap<string, string>;
}

interface Node {
  readonly tag: string;
  value: string;
  isIgnored: boolean;
  /** Keys of the anchors whose text includes this element's own text. */
  readonly anchors: readonly string[] | null;
}

export const ANCHOR_MARK = "___PAGEFIND_ANCHOR___";
export const WEIGHT_MARK = "___PAGEFIND_AUTO_WEIGHT___";
export const WEIGHT_END = "___END_PAGEFIND_WEIGHT___";

const SENTENCES = new Set("h1 h2 h3 h4 h5 h6 p td div ul li article section".split(" "));

/** Elements whose text is part of the surrounding anchor's text. */
const INLINE = new Set(
  (
    "a abbr acronym b bdo big br button cite code dfn em i img input kbd label map object output q samp script select " +
    "small span strong sub sup textarea time tt var"
  ).split(" "),
);

/** Elements skipped with their descendants: by Pagefind itself, or by the selectors it gets (`page-html.ts`). */
const IGNORED = new Set("label form footer nav video audio button".split(" "));

const VOID = new Set(
  "area base basefont bgsound br col embed hr img input keygen link meta param source track wbr".split(" "),
);

/** Elements that change the parser's state, or that aren't expected in a text. */
const STRANGE = new Set(
  (
    "html head body frame frameset title textarea plaintext script style xmp iframe noembed noframes noscript template " +
    "svg math"
  ).split(" "),
);

/** Weights of headings. */
const WEIGHTS: Readonly<Record<string, string>> = { h1: "7", h2: "6", h3: "5", h4: "4", h5: "3", h6: "2" };

/** Elements after which a space is inserted: see `pageHtml`. */
const WORD_ENDS = new Set("blockquote caption dd dt figcaption figure pre summary table th tr".split(" "));

const TAG = /<([a-z][a-z\d-]*)((?:[ \n\t]+[\w:@.-]+(?:="[^"]*")?)*)[ \n\t]*\/?>/y;
const TAG_NAME = /^[a-z][a-z\d-]*$/;
const ATTRIBUTE = /[ \n\t]+([\w:@.-]+)(?:="([^"]*)")?/g;

/** An SVG without text that consists only of empty shapes. */
const DRAWING =
  /<svg(?: [\w:-]+="[^"<>&]*")*>(?:<(rect|path|circle|ellipse|line|polyline|polygon|use)(?: [\w:-]+="[^"<>&]*")*(?: ?\/>|><\/\1>)|\s)*<\/svg>/y;

/** Parses the HTML of a text; null if it isn't plainly serialized HTML. */
export function tokenizeHtml(html: string, excludeClasses: ReadonlySet<string>): TokenizedHtml | null {
  if (html.includes("PAGEFIND_") || html.includes("data-pagefind") || html.includes("\0")) return null;
  return new Scan(excludeClasses).read(html);
}

class Scan {
  readonly #anchors = new Map<string, string>();
  readonly #stack: Node[] = [];
  readonly #excludeClasses: ReadonlySet<string>;
  #node: Node = { tag: "", value: "", isIgnored: false, anchors: null };

  constructor(excludeClasses: ReadonlySet<string>) {
    this.#excludeClasses = excludeClasses;
  }

  read(html: string): TokenizedHtml | null {
    let at = 0;
    while (at < html.length) {
      const next = html.indexOf("<", at);
      if (next !== at) this.#text(html.slice(at, next < 0 ? html.length : next));
      if (next < 0) break;
      at = this.#tag(html, next);
      if (at < 0) return null;
    }
    return this.#stack.length === 0 ? { text: this.#node.value, anchors: this.#anchors } : null;
  }

  /** @returns the position after the tag, or -1 if the HTML isn't supported. */
  #tag(html: string, at: number): number {
    if (html[at + 1] === "/") return this.#closingTag(html, at + 2);
    const plainEnd = html.indexOf(">", at);
    if (plainEnd < 0) return -1;
    const name = html.slice(at + 1, plainEnd);
    // Fast path: most tags have no attributes, and the longer pattern takes three times as long.
    if (name !== "svg" && TAG_NAME.test(name)) return this.#open(name, "") ? plainEnd + 1 : -1;
    TAG.lastIndex = at;
    const found = TAG.exec(html);
    if (found === null) return -1;
    const [, opened = "", attributes = ""] = found;
    if (opened === "svg") {
      DRAWING.lastIndex = at;
      return DRAWING.test(html) && !/ id=/.test(attributes) ? DRAWING.lastIndex : -1;
    }
    const end = TAG.lastIndex;
    return this.#open(opened, attributes) ? end : -1;
  }

  /** Closes the innermost open element; other closing tags aren't supported. @returns as {@link #tag}. */
  #closingTag(html: string, at: number): number {
    const { tag } = this.#node;
    const end = at + tag.length;
    return html.startsWith(tag, at) && html[end] === ">" && this.#close() ? end + 1 : -1;
  }

  #text(text: string): void {
    const node = this.#node;
    node.value += text;
    if (node.isIgnored || node.anchors === null) return;
    for (const key of node.anchors) this.#anchors.set(key, (this.#anchors.get(key) ?? "") + text);
  }

  #open(tag: string, attributes: string): boolean {
    if (STRANGE.has(tag)) return false;
    const facts = factsOf(tag, attributes, this.#excludeClasses);
    if (facts === null) return false;
    const isVoid = VOID.has(tag);
    if (isVoid && facts.isIgnored) return false;
    const parent = this.#node;
    const inherited = INLINE.has(tag) ? parent.anchors : null;
    const own = facts.id === null ? null : this.#mark(tag, facts.id);
    if (tag === "br") parent.value += " ";
    if (isVoid) return true;
    this.#stack.push(parent);
    this.#node = {
      tag,
      value: "",
      isIgnored: facts.isIgnored,
      anchors: own === null ? inherited : [...(inherited ?? []), own],
    };
    return true;
  }

  /** Inserts the mark of an anchor. @returns its key. */
  #mark(tag: string, id: string): string {
    const key = `${this.#anchors.size}:${id}`;
    this.#anchors.set(key, "");
    this.#node.value += ` ${ANCHOR_MARK}${tag}:${key} `;
    return key;
  }

  #close(): boolean {
    const node = this.#node;
    const { tag } = node;
    const parent = this.#stack.pop();
    if (parent === undefined) return false;
    this.#node = parent;
    if (!node.isIgnored) {
      const value = SENTENCES.has(tag) ? sentence(node.value) : node.value;
      if (value === null) return false;
      const weight = WEIGHTS[tag];
      parent.value += weight === undefined ? value : ` ${WEIGHT_MARK}${weight} ${value} ${WEIGHT_END} `;
    }
    if (WORD_ENDS.has(tag)) this.#text(" ");
    return true;
  }
}

interface TagFacts {
  readonly id: string | null;
  readonly isIgnored: boolean;
}

/** Null for attributes whose effect isn't implemented here. */
function factsOf(tag: string, attributes: string, excludeClasses: ReadonlySet<string>): TagFacts | null {
  const facts = { id: null as string | null, isIgnored: IGNORED.has(tag) };
  if (attributes === "" || !/[ \n\t](?:id|class|hidden|aria-hidden)\b/i.test(attributes)) return facts;
  const seen = new Set<string>();
  for (const [, name = "", value = ""] of attributes.matchAll(ATTRIBUTE)) {
    const known = name.toLowerCase();
    if (seen.has(known) || (known !== name && /^(?:id|class|hidden|aria-hidden)$/.test(known))) return null;
    seen.add(name);
    if (name === "id") {
      if (!/^[^&\s\p{White_Space}]*$/u.test(value)) return null;
      facts.id = value;
    } else if (name === "hidden") facts.isIgnored = true;
    else if (name === "aria-hidden") {
      if (value === "true") facts.isIgnored = true;
      else if (value !== "false") return null;
    } else if (name === "class") {
      if (value.includes("&")) return null;
      if (value.split(/[ \t\n\f\r]+/).some((one) => excludeClasses.has(one))) facts.isIgnored = true;
    }
  }
  return facts;
}

/** Adds a period to a block's text if it ends with a word; null if that isn't certain. */
function sentence(value: string): string | null {
  const last = value.charCodeAt(value.length - 1);
  if (Number.isNaN(last)) return "  ";
  if (last < 128) return ASCII_END.test(String.fromCharCode(last)) ? ` ${value}. ` : ` ${value} `;
  const character = /.$/su.exec(value)?.[0] ?? "";
  if (!SETTLED.test(character)) return null;
  return WORD_END.test(character) ? ` ${value}. ` : ` ${value} `;
}

const ASCII_END = /[\w'")$*]/;
const WORD_END = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]/u;

/** Unicode blocks without new letters for years, so that Rust and Node agree on which characters are letters. */
const SETTLED =
  /[\u0080-\u085f\u0900-\u0bff\u1e00-\u218f\u2190-\u2bff\u3000-\u33ff\u4e00-\u9fff\uac00-\ud7a3\ufe00-\ufe0f\uff00-\uffef\u{1f000}-\u{1faff}]/u;
