import { htmlToHast } from "satteri";
import type { Element, ElementContent, Nodes, Root, RootContent } from "hast";
import type { LineIssue } from "./dialect/prepared.ts";
import { didYouMean } from "../did-you-mean.ts";
import { HTML_NAMES } from "./dialect/html-tags.ts";
import { COMPONENTS } from "./components/registry.ts";
import { isElement } from "./hast.ts";
import { isBareAddress } from "./link-text.ts";

interface RawTag {
  readonly name: string;
  readonly line: number;
}

interface Assembly {
  readonly key: string;
  readonly elements: Element[];
  readonly tags: RawTag[];
  readonly issues: LineIssue[];
  readonly notes: LineIssue[];
  readonly open: Map<string, number[]>;
}

/** A tree without raw HTML. Errors and notes have the lines of the prepared text. */
export interface AssembledHtml {
  readonly root: Root;
  readonly issues: readonly LineIssue[];
  readonly notes: readonly LineIssue[];
}

/**
 * Replaces raw HTML in a Markdown tree with elements, nested as browsers do. Elements created by Markdown keep their
 * positions and data; elements from the author's HTML are recognized by `isAuthored`.
 */
export function assembleHtml(root: Root, source: string): AssembledHtml {
  if (!holdsRaw(root)) return { root, issues: [], notes: [] };
  let key = "bf";
  while (source.includes(key)) key += "x";
  const assembly: Assembly = { key, elements: [], tags: [], issues: [], notes: [], open: new Map() };
  const html = root.children.map((child) => written(child, assembly)).join("");
  reportUnclosed(assembly);
  const parsed = htmlToHast(html, { fragment: true });
  const seen = new Set<number>();
  const children = "children" in parsed ? restored(parsed.children, assembly, seen, 1) : [];
  reportDropped(assembly, seen);
  return { root: { ...root, children }, issues: assembly.issues, notes: assembly.notes };
}

/** Whether an element comes from a tag that the author wrote in Markdown. */
export function isAuthored(element: Element): boolean {
  return element.data !== undefined && "isAuthored" in element.data;
}

/** Name of an author's tag as it was written; `tagName` is in lower case. */
export function writtenName({ data, tagName }: Element): string {
  return data !== undefined && "written" in data && typeof data.written === "string" ? data.written : tagName;
}

function holdsRaw(node: Nodes): boolean {
  if (String(node.type) === "raw") return true;
  return "children" in node && node.children.some(holdsRaw);
}

function written(node: Nodes, assembly: Assembly): string {
  if (String(node.type) === "raw" && "value" in node) {
    return tagged(String(node.value), node.position?.start.line ?? 1, assembly);
  }
  if (node.type === "text") return node.value.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  if (node.type !== "element") return "";
  if (isElement(node, "a") && isBareAddress(node) && (assembly.open.get("a")?.length ?? 0) > 0)
    return node.children.map((child) => written(child, assembly)).join("");
  const index = assembly.elements.push(node) - 1;
  const start = `<${node.tagName} data-${assembly.key}e="${index}">`;
  if (VOID.has(node.tagName)) return start;
  const inside = holdsRaw(node) ? node.children.map((child) => written(child, assembly)).join("") : "";
  return `${start}${inside}</${node.tagName}>`;
}

const VOID = new Set("area base br col embed hr img input link meta source track wbr".split(" "));
const MAY_STAY_OPEN = new Set(
  "p li dt dd td th tr thead tbody tfoot option optgroup rt rp rb rtc colgroup caption html head body".split(
    " ",
  ),
);
const TOKEN =
  /<!--[\s\S]*?(?:-->|$)|<[!?][^>]*>?|<(\/?)([A-Za-z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^'">])*)>|<\/?[A-Za-z][^\s/>]*(?=[\s/])[\s\S]*$/g;

/** Adds a numbered attribute to every start tag, to find its line after parsing. */
function tagged(html: string, firstLine: number, { key, tags, issues, notes, open }: Assembly): string {
  return html.replace(
    TOKEN,
    (whole: string, slash: string | undefined, name: string | undefined, rest: string, offset: number) => {
      const line = firstLine + (html.slice(0, offset).match(/\n/g)?.length ?? 0);
      if (name === undefined && whole.startsWith("<!--")) {
        if (whole.endsWith("-->")) return whole;
        issues.push(openComment(whole, line));
        return `${whole}-->`;
      }
      if (name === undefined && /^<[!?]/.test(whole)) {
        notes.push(declaration(whole, line));
        return whole;
      }
      if (name === undefined) {
        issues.push(brokenTag(whole, line));
        return whole.replace("<", "&lt;");
      }
      const lower = name.toLowerCase();
      if (isComponentName(name)) {
        if (slash !== "/") issues.push(isComponent(name, line));
        return "";
      }
      if (slash === "/") {
        if (open.get(lower)?.pop() === undefined && !MAY_STAY_OPEN.has(lower))
          issues.push(neverOpened(name, line));
        return whole;
      }
      // The slash of `<a href=/posts/>` belongs to the address.
      const isVoid = VOID.has(lower) || /(?:^|[\s"'])\/$/.test(rest);
      if (!isVoid && !MAY_STAY_OPEN.has(lower)) open.set(lower, [...(open.get(lower) ?? []), line]);
      const index = tags.push({ name, line }) - 1;
      return `<${slash ?? ""}${name} data-${key}t="${index}"${rest}>`;
    },
  );
}

function restored(
  nodes: readonly (RootContent | ElementContent)[],
  assembly: Assembly,
  seen: Set<number>,
  line: number,
): ElementContent[] {
  const { key, elements, tags } = assembly;
  const result: ElementContent[] = [];
  let current = line;
  for (const node of nodes) {
    if (node.type === "text") result.push({ ...node, position: positionAt(current) });
    if (node.type !== "element") continue;
    const index = numberIn(node, `data${capital(key)}e`);
    const original = index === null ? undefined : elements[index];
    if (original !== undefined) {
      current = original.position?.start.line ?? current;
      result.push(
        holdsRaw(original)
          ? { ...original, children: restored(node.children, assembly, seen, current) }
          : original,
      );
      continue;
    }
    const number = numberIn(node, `data${capital(key)}t`);
    if (number !== null) {
      seen.add(number);
      current = tags[number]?.line ?? current;
    }
    // An end tag without an open paragraph creates an empty one.
    if (number === null && node.tagName === "p" && node.children.length === 0) continue;
    const { [`data${capital(key)}t`]: _, ...properties } = node.properties;
    result.push({
      ...node,
      properties,
      children: restored(node.children, assembly, seen, current),
      position: positionAt(current),
      data: Object.assign({}, node.data, { isAuthored: true, written: tags[number ?? -1]?.name }),
    });
  }
  return result;
}

function positionAt(line: number): NonNullable<Nodes["position"]> {
  return { start: { line, column: 1 }, end: { line, column: 1 } };
}

function numberIn(element: Element, property: string): number | null {
  const value = element.properties[property];
  return value === undefined || value === null ? null : Number(value);
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function reportUnclosed({ open, issues }: Assembly): void {
  for (const [name, lines] of open) {
    // An unknown element is already reported as such; closing it wouldn't help.
    if (!HTML_NAMES.has(name) && !name.includes("-")) continue;
    for (const line of lines) {
      issues.push({
        line,
        message: `<${name}> is never closed`,
        hint: `Close it where it ends:\n</${name}>`,
      });
    }
  }
}

/** Error for an unclosed comment: Markdown reads the rest of the text or block quote as part of it. */
function openComment(whole: string, line: number): LineIssue {
  const first = (whole.split("\n", 1)[0] ?? "").trim();
  return {
    line,
    message: `A comment is never closed, so the text after it isn't shown: ${first.slice(0, 60)}`,
    hint: `Close it where it ends:\n${first} -->`,
  };
}

/** Error for a tag without `>`: browsers would read the text after it as attributes. */
function brokenTag(whole: string, line: number): LineIssue {
  const [first = ""] = whole.split("\n");
  const quote = (first.split('"').length - 1) % 2 === 1 ? '"' : "";
  return {
    line,
    message: `The tag <${/^<(\/?[^\s/>]+)/.exec(first)?.[1] ?? ""}> has no end, so the text after it would be part of it`,
    hint: `Close its quotes and write > where it ends:\n${first.trimEnd()}${quote}>`,
  };
}

function neverOpened(name: string, line: number): LineIssue {
  return {
    line,
    message: `</${name}> closes a tag that was never opened`,
    hint: `Remove it, or open it further up: <${name}>`,
  };
}

function declaration(text: string, line: number): LineIssue {
  return {
    line,
    message: `Browsers read this as a comment, so it isn't shown: ${text}`,
    hint: "Remove it, or write \\< for the character itself.",
  };
}

/** Whether a capitalized tag is a component: HTML itself doesn't distinguish `<Figure>` from `<figure>`. */
function isComponentName(name: string): boolean {
  return COMPONENTS.has(name) || (/^[A-Z]/.test(name) && !HTML_NAMES.has(name.toLowerCase()));
}

function isComponent(name: string, line: number): LineIssue {
  const isOurs = COMPONENTS.has(name);
  const near = isOurs ? null : didYouMean(name, COMPONENTS.keys());
  const guess = near === null ? "" : `Did you mean <${near}>? `;
  const own =
    isOurs || near !== null
      ? "Name the file .mdx."
      : `For the characters themselves write \\<${name}>. For a component of your own name the file .mdx and import it.`;
  return {
    line,
    message: isOurs
      ? `<${name}> is a component, and a file that ends in .md is Markdown without components`
      : `HTML has no tag <${name}>`,
    hint: `${guess}${own} There { and } enclose JavaScript: write \\{ and \\} for the characters themselves.`,
  };
}

function reportDropped({ tags, issues }: Assembly, seen: ReadonlySet<number>): void {
  for (const [index, { name, line }] of tags.entries()) {
    if (seen.has(index)) continue;
    issues.push({
      line,
      message: `<${name}> isn't allowed here, and browsers ignore it`,
      hint: `Remove it, or add the elements it needs around it: rows and cells belong in <table>, and a post can't contain a whole page. For the characters themselves write \\<${name}>.`,
    });
  }
}
