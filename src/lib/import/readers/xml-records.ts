/** Reads XML exports one record at a time, even very large or damaged ones. */
import { SaxesParser } from "saxes";
import { escapeHtml } from "../../escape.ts";

export interface XmlNode {
  /** Name with its usual prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  /** Text directly within it. */
  text: string;
  /** Text and children in order, if it has both. */
  mixed?: (string | XmlNode)[];
}

export interface XmlOptions {
  /** Names of the elements that are records. */
  readonly records: ReadonlySet<string>;
  /** Called for each complete record. */
  readonly onRecord: (record: XmlNode) => void;
  /** Children of records that are passed to `onPart` and not kept in the record, since there may be many. */
  readonly parts?: ReadonlySet<string>;
  /** Called for each part, before its record. */
  readonly onPart?: (part: XmlNode) => void;
  /** Called for every element outside records, without its children. */
  readonly onHeader?: (element: XmlNode, parent: string) => void;
}

/** Problems with the file as a whole. */
export interface XmlFaults {
  /** Number of places that aren't well-formed. */
  readonly count: number;
  readonly first: string | null;
  /** Whether the file ended within a record, which was read up to that point. */
  readonly isTruncated: boolean;
}

const MAX_DEPTH = 200;
const NO_PARTS: ReadonlySet<string> = new Set();

/**
 * Reads records from pieces of XML. Malformed parts are skipped, so that no record is lost by a fault; text before the
 * document (PHP warnings) is ignored. Entities of a DTD are never expanded.
 */
export function readXmlRecords(
  text: Iterable<string>,
  { records, onRecord, parts = NO_PARTS, onPart, onHeader }: XmlOptions,
): XmlFaults {
  const parser = new SaxesParser({ xmlns: false, position: false, fragment: true });
  const open: XmlNode[] = [];
  let within: XmlNode | null = null;
  let count = 0;
  let first: string | null = null;
  const prefixes = new Map<string, string>();
  parser.on("error", (error) => {
    // Parsed as a fragment, so that text after a broken end tag is read too.
    if (error.message.includes("XML declaration")) return;
    count += 1;
    first ??= error.message;
  });
  parser.on("opentag", ({ name: written, attributes }) => {
    for (const [key, address] of Object.entries(attributes)) {
      const usual = usualPrefix(address);
      if (usual !== undefined && key.startsWith("xmlns:")) prefixes.set(key.slice("xmlns:".length), usual);
    }
    const name = usualName(written, prefixes);
    const node: XmlNode = { name, attributes, children: [], text: "" };
    const parent = open.at(-1);
    const isPart = parent === within && parts.has(name);
    if (within !== null && open.length < MAX_DEPTH && !isPart && parent !== undefined) addChild(parent, node);
    open.push(node);
    if (within === null && records.has(name)) within = node;
  });
  const addText = (piece: string): void => {
    const last = open.at(-1);
    if (last === undefined) return;
    last.text += piece;
    if (last.mixed !== undefined) last.mixed.push(piece);
    else if (last.children.length > 0 && piece.trim() !== "") last.mixed = [...last.children, piece];
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    const node = open.pop();
    if (node === undefined) return;
    if (node === within) {
      within = null;
      onRecord(node);
    } else if (within !== null && open.at(-1) === within && parts.has(node.name)) {
      onPart?.(node);
    } else if (within === null) {
      onHeader?.(node, open.at(-1)?.name ?? "");
      const parent = open.at(-1);
      if (parent !== undefined) parent.text = "";
    }
  });
  for (const piece of fromRoot(text)) parser.write(piece);
  const cut = within as XmlNode | null;
  try {
    parser.close();
  } catch (error) {
    first ??= error instanceof Error ? error.message : String(error);
  }
  if (cut !== null && open.includes(cut)) {
    const cutPart = open[open.indexOf(cut) + 1];
    if (cutPart !== undefined && parts.has(cutPart.name)) onPart?.(cutPart);
    onRecord(cut);
  }
  return { count, first, isTruncated: cut !== null };
}

function addChild(parent: XmlNode, node: XmlNode): void {
  if (parent.mixed !== undefined) parent.mixed.push(node);
  else if (parent.text.trim() !== "") parent.mixed = [parent.text, node];
  parent.children.push(node);
}

/** Usual prefixes by namespace, which replace the prefixes of the file. */
const USUAL_PREFIXES: ReadonlyMap<string, string> = new Map([
  ["http://www.w3.org/2005/Atom", ""],
  ["http://purl.org/syndication/thread/1.0", "thr:"],
  ["http://purl.org/atom/app#", "app:"],
  ["http://www.w3.org/2007/app", "app:"],
  ["http://schemas.google.com/g/2005", "gd:"],
  ["http://schemas.google.com/blogger/2018", "blogger:"],
  ["http://purl.org/rss/1.0/modules/content/", "content:"],
  ["http://purl.org/dc/elements/1.1/", "dc:"],
]);

/** The usual prefix for a namespace; WordPress's namespaces differ in version and protocol. */
function usualPrefix(address: string): string | undefined {
  const [, folder] = /^https?:\/\/wordpress\.org\/export\/[\d.]+\/(excerpt\/)?$/.exec(address) ?? [];
  if (/^https?:\/\/wordpress\.org\/export\//.test(address)) return folder === undefined ? "wp:" : "excerpt:";
  return USUAL_PREFIXES.get(address);
}

function usualName(written: string, prefixes: ReadonlyMap<string, string>): string {
  const colon = written.indexOf(":");
  if (colon === -1) return written;
  const usual = prefixes.get(written.slice(0, colon));
  return usual === undefined ? written : usual + written.slice(colon + 1);
}

/** Yields the chunks without any text before the document. */
function* fromRoot(text: Iterable<string>): Generator<string> {
  let head: string | null = "";
  for (const piece of text) {
    if (head === null) {
      yield piece;
      continue;
    }
    head += piece;
    const start = /<\?xml\s|<[a-z][\w:-]*[\s>]/i.exec(head)?.index;
    if (start === undefined) continue;
    yield head.slice(start);
    head = null;
  }
}

/** Text of the first child with a name; empty if there is none. */
export function childText(node: XmlNode, name: string): string {
  return childOf(node, name)?.text.trim() ?? "";
}

export function childOf(node: XmlNode, name: string): XmlNode | null {
  return node.children.find((child) => child.name === name) ?? null;
}

export function childrenOf(node: XmlNode, name: string): readonly XmlNode[] {
  return node.children.filter((child) => child.name === name);
}

/** The markup within a node: text with HTML, or elements (Atom's `type="xhtml"`). */
export function innerMarkup(node: XmlNode | null): string {
  if (node === null) return "";
  return node.children.length === 0 ? node.text : partsOf(node);
}

function partsOf({ children, text, mixed }: XmlNode): string {
  if (mixed === undefined) return children.map(outerMarkup).join("") + escapeHtml(text);
  return mixed.map((part) => (typeof part === "string" ? escapeHtml(part) : outerMarkup(part))).join("");
}

function outerMarkup(node: XmlNode): string {
  const attributes = Object.entries(node.attributes).map(
    ([name, value]) => ` ${name}="${escapeHtml(value)}"`,
  );
  return `<${node.name}${attributes.join("")}>${partsOf(node)}</${node.name}>`;
}
