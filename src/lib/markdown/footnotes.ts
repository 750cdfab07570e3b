import type { Element, ElementContent, Root } from "hast";
import type { BodyContext, BodySource, Place } from "./body-context.ts";
import { remark, report } from "./body-context.ts";
import { classesOf, h, isElement } from "./hast.ts";

/** Whether a link is a reference to a footnote. */
export function isNoteLink(element: Element): boolean {
  return element.properties["dataFootnoteRef"] !== undefined;
}

/** Whether a link leads from a footnote back to the text. */
export function isBackLink(element: Element): boolean {
  return element.properties["dataFootnoteBackref"] !== undefined;
}

/** Whether an element is the footnotes section that the parser adds at the end. */
export function isNotes(element: Element): boolean {
  return element.tagName === "section" && classesOf(element).includes("footnotes");
}

/** Numbers of the footnotes by their ids in the parser's tree. Output ids are `fn-1` and so on, for the stylesheet. */
export function noteNumbers(root: Root): ReadonlyMap<string, number> {
  const notes = root.children.find((child) => child.type === "element" && isNotes(child));
  const numbers = new Map<string, number>();
  if (notes === undefined || notes.type !== "element") return numbers;
  const list = notes.children.find((child) => isElement(child, "ol"));
  if (list === undefined || list.type !== "element") return numbers;
  for (const item of list.children) {
    if (item.type === "element") numbers.set(String(item.properties["id"]), numbers.size + 1);
  }
  return numbers;
}

/** `<sup>` with a link to a footnote. */
export function renderNoteLink(
  link: Element,
  numbers: ReadonlyMap<string, number>,
  context: BodyContext,
): Element {
  const number = numbers.get(String(link.properties["href"]).slice(1)) ?? 0;
  const rerun = /-(\d+)$/.exec(String(link.properties["id"]).slice(`fnref-${noteName(link)}`.length))?.[1];
  return h(
    "sup",
    { className: ["note-ref"] },
    h(
      "a",
      {
        id: `fnref-${number}${rerun === undefined ? "" : `-${rerun}`}`,
        href: `#fn-${number}`,
        role: "doc-noteref",
        ariaLabel: context.words.note(number),
      },
      String(number),
    ),
  );
}

function noteName(link: Element): string {
  return String(link.properties["href"]).slice("#fn-".length);
}

/** Footnotes as a list at the end, which the stylesheet may place in the margin. */
export function renderNotes(
  section: Element,
  numbers: ReadonlyMap<string, number>,
  context: BodyContext,
  place: Place,
): Element {
  const inside = { ...place, isPhrasing: false, depth: place.depth + 1 };
  const list = section.children.find((child) => isElement(child, "ol"));
  const items = list?.type === "element" ? list.children : [];
  const notes = items.map((item): ElementContent => {
    if (item.type !== "element") return item;
    const number = numbers.get(String(item.properties["id"])) ?? 0;
    return h("li", { id: `fn-${number}` }, context.visit(item.children, inside));
  });
  return h(
    "section",
    { className: ["footnotes"], role: "doc-endnotes", ariaLabelledBy: ["footnote-label"] },
    h("h2", { id: "footnote-label", className: ["engine-word"] }, context.words.footnotes),
    h("ol", {}, notes),
  );
}

/** Back link at the end of a footnote; there is one for each reference to the footnote. */
export function renderBackLink(link: Element, numbers: ReadonlyMap<string, number>): Element {
  const target = String(link.properties["href"]).slice("#fnref-".length);
  const label = link.properties["ariaLabel"];
  const exact = numbers.get(`fn-${target}`);
  const [, name = "", rerun] = /^(.*)-(\d+)$/.exec(target) ?? [];
  const number = exact ?? numbers.get(`fn-${name}`) ?? 0;
  const href = `#fnref-${number}${exact === undefined && rerun !== undefined ? `-${rerun}` : ""}`;
  return h("a", { className: ["note-back"], href, role: "doc-backlink", ariaLabel: label }, "↩\uFE0E");
}

/** Reports footnotes that are defined twice or never referenced. */
export function checkNotes(context: BodyContext, numbers: ReadonlyMap<string, number>): void {
  const named = new Set([...numbers.keys()].map((id) => noteKey(decodeURI(id.slice("fn-".length)))));
  const written = new Set<string>();
  for (const { name, line } of notesWritten(context.source)) {
    if (written.has(noteKey(name))) {
      report(
        context,
        line,
        `The note [^${name}] is defined twice, and only the first would be shown`,
        `Give this one another name, here and where the text refers to it:\n[^${name}-2]: What the note says.`,
      );
    }
    written.add(noteKey(name));
    if (named.has(noteKey(name))) continue;
    report(
      context,
      line,
      `The note [^${name}] is never referenced in the text`,
      `Refer to it where it belongs:\nA claim that needs a source.[^${name}]`,
    );
  }
}

/** Normalizes a footnote name for comparison, so that `ß` equals `SS`. https://spec.commonmark.org/0.31.2/#matches */
function noteKey(name: string): string {
  return name.toLowerCase().toUpperCase();
}

/** Reports a `[^name]` or `[text][name]` that remains as text because the name isn't defined. */
export function checkNoteText(text: string, at: ElementContent, context: BodyContext): void {
  for (const [mark, words = "", name = ""] of text.matchAll(/(?<![\w\]])\[([^\][^]+)\]\[([^\][]*)\]/g)) {
    if (context.source.source.includes(`\\${mark}`) || name.startsWith("/")) continue;
    const key = name === "" ? words : name;
    remark(
      context,
      at,
      `${mark} is shown as text: there is no address for [${key}]`,
      `Write it on a line of its own:\n[${key}]: https://example.org/`,
    );
  }
  for (const [mark, name = ""] of text.matchAll(/\[\^([^\]\s]+)\]/g)) {
    if (context.source.source.includes(`\\${mark}`)) continue;
    report(
      context,
      at,
      `The note ${mark} isn't defined`,
      `Define it on a line of its own, further down:\n[^${name}]: What the note says.`,
    );
  }
}

function notesWritten(source: BodySource): { name: string; line: number }[] {
  if (!source.source.includes("[^")) return [];
  const notes: { name: string; line: number }[] = [];
  let fence: string | null = null;
  source.source.split("\n").forEach((text, index) => {
    const mark = /^\s*(`{3,}|~{3,})/.exec(text)?.[1];
    if (mark !== undefined && (fence === null || mark.startsWith(fence)))
      fence = fence === null ? mark : null;
    if (fence !== null) return;
    const name = /^ {0,3}\[\^([^\]\s]+)\]:/.exec(text)?.[1];
    if (name !== undefined) notes.push({ name, line: index + 1 + source.lineOffset });
  });
  return notes;
}
