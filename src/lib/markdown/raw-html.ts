import { htmlToHast } from "satteri";
import type { Element, ElementContent, Nodes, Root, RootContent } from "hast";
import type { LineIssue } from "./dialect/prepared.ts";
import { didYouMean } from "../did-you-mean.ts";
import { HTML_NAMES } from "./dialect/html-tags.ts";
import { COMPONENTS } from "./components/registry.ts";

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

/** A tree of elements alone, with the lines of the prepared text in its mistakes and notes. */
export interface AssembledHtml {
  readonly root: Root;
  readonly issues: readonly LineIssue[];
  readonly notes: readonly LineIssue[];
}

/**
 * A tree in which the pieces of HTML that an author wrote in Markdown have become elements, nested as a browser nests
 * them. Elements that Markdown made keep their positions and data. An author's elements are marked by `isAuthored`.
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
const TOKEN = /<!--[\s\S]*?(?:-->|$)|<[!?][^>]*>?|<(\/?)([A-Za-z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/g;

/** The HTML with a number on every start tag, by which its line is found again. */
function tagged(html: string, firstLine: number, { key, tags, issues, notes, open }: Assembly): string {
  return html.replace(
    TOKEN,
    (whole: string, slash: string | undefined, name: string | undefined, rest: string, offset: number) => {
      if (name === undefined && whole.startsWith("<!--")) return whole;
      const line = firstLine + (html.slice(0, offset).match(/\n/g)?.length ?? 0);
      if (name === undefined) {
        notes.push(declaration(whole, line));
        return whole;
      }
      const lower = name.toLowerCase();
      const component = componentMeant(name);
      if (component !== null) {
        if (slash !== "/") issues.push(isComponent(name, component, line));
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
    // The end tag of a paragraph that has ended already makes an empty one.
    if (number === null && node.tagName === "p" && node.children.length === 0) continue;
    const { [`data${capital(key)}t`]: _, ...properties } = node.properties;
    result.push({
      ...node,
      properties,
      children: restored(node.children, assembly, seen, current),
      position: positionAt(current),
      data: Object.assign({}, node.data, { isAuthored: true }),
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
    // What isn't HTML's is reported as such, and closing it would help nobody.
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

function neverOpened(name: string, line: number): LineIssue {
  return {
    line,
    message: `</${name}> closes a tag that was never opened`,
    hint: `Take it out, or open it further up: <${name}>`,
  };
}

function declaration(text: string, line: number): LineIssue {
  return {
    line,
    message: `Browsers read this as a comment, so it isn't shown: ${text}`,
    hint: "Take it out, or write \\< for the character itself.",
  };
}

/** The component that a tag names, or nearly names, by its capital: browsers don't tell `<Figure>` from `<figure>`. */
function componentMeant(name: string): string | null {
  if (COMPONENTS.has(name)) return name;
  return /^[A-Z][a-z]+(?:[A-Z][a-z]+)*$/.test(name) ? didYouMean(name, COMPONENTS.keys()) : null;
}

function isComponent(name: string, component: string, line: number): LineIssue {
  const guess = name === component ? "" : `Did you mean <${component}>? `;
  return {
    line,
    message:
      name === component
        ? `<${name}> is a component, and a file that ends in .md is Markdown without components`
        : `HTML has no tag <${name}>`,
    hint: `${guess}Name the file .mdx. There { and } enclose JavaScript: write \\{ and \\} for the characters themselves.`,
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
