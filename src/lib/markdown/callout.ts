import type { Element, ElementContent } from "hast";
import type { BodyContext, Place } from "./body-context.ts";
import { asideTypeOf, isFoldedType, titleOfType } from "./callout-types.ts";
import { codeTab, renderTabs } from "./tabs.ts";
import type { Tab } from "./tabs.ts";
import { h, isBlank, isElement } from "./hast.ts";

const HEAD = /^\s*\[!([\w-]+)(?:\|[^\]]*)?\]([+-]?)[ \t]*/;

/** Parts of a callout in the syntax of GitHub and Obsidian. */
interface Callout {
  readonly type: string;
  readonly fold: "" | "+" | "-";
  readonly title: readonly ElementContent[];
  readonly content: readonly ElementContent[];
}

/** Parses `> [!NOTE]` and `> [!tip]+ Title`; null for an ordinary block quote. */
function calloutIn(quote: Element, { source }: BodyContext): Callout | null {
  const index = quote.children.findIndex((child) => !isBlank(child));
  const first = quote.children[index];
  if (first === undefined || !isElement(first, "p")) return null;
  const [text, ...rest] = first.children;
  const head = text?.type === "text" ? HEAD.exec(text.value) : null;
  if (text?.type !== "text" || head === null) return null;
  const line = source.source.split("\n")[(text.position?.start.line ?? 0) - 1] ?? "";
  if (line.includes("\\[!")) return null;
  const [written, type = "", fold = ""] = head;
  const inline: ElementContent[] = [{ ...text, value: text.value.slice(written.length) }, ...rest];
  const { before, after } = atLineEnd(inline);
  const paragraph = after.some((node) => !isBlank(node)) ? [{ ...first, children: after }] : [];
  return {
    type,
    fold: fold === "+" || fold === "-" ? fold : "",
    title: before.filter((node) => !(node.type === "text" && node.value === "")),
    content: [...paragraph, ...quote.children.slice(index + 1)],
  };
}

function atLineEnd(nodes: readonly ElementContent[]): {
  before: ElementContent[];
  after: ElementContent[];
} {
  for (const [index, node] of nodes.entries()) {
    const isBreak = isElement(node, "br");
    const newline = node.type === "text" ? node.value.indexOf("\n") : -1;
    if (!isBreak && newline === -1) continue;
    if (node.type !== "text") return { before: nodes.slice(0, index), after: nodes.slice(index + 1) };
    return {
      before: [...nodes.slice(0, index), { ...node, value: node.value.slice(0, newline).trimEnd() }],
      after: [{ ...node, value: node.value.slice(newline + 1) }, ...nodes.slice(index + 1)],
    };
  }
  return { before: [...nodes], after: [] };
}

/** Renders a callout like an `<Aside>`; collapsible ones are `<details>`. Null for an ordinary block quote. */
export function renderCallout(quote: Element, context: BodyContext, place: Place): Element | null {
  const callout = calloutIn(quote, context);
  if (callout === null) return null;
  const inside = { ...place, depth: place.depth + 1 };
  const group = callout.type.toLowerCase();
  if (group === "tabs")
    return renderTabs(callout.content, (block) => tabIn(block, context), quote, context, place);
  if (group === "code-group") return renderTabs(callout.content, codeTab, quote, context, place);
  const type = asideTypeOf(callout.type);
  const own = /^en\b/i.test(context.source.lang) ? titleOfType(callout.type) : null;
  const title =
    callout.title.length > 0
      ? context.visit(callout.title, { ...inside, isPhrasing: true })
      : (own ?? context.words.asides[type]);
  const isWord = callout.title.length === 0 && own === null;
  const classes = isWord ? ["note-box-title", "engine-word"] : ["note-box-title"];
  const content = context.visit(callout.content, inside);
  const box = ["note-box", `note-box-${type}`];
  if (callout.fold !== "" || isFoldedType(callout.type)) {
    return h(
      "details",
      { className: box, open: callout.fold === "+" },
      h("summary", { className: classes }, h("strong", {}, title)),
      content,
    );
  }
  return h(
    "div",
    { className: box, role: "note" },
    h("p", { className: classes }, h("strong", {}, title)),
    content,
  );
}

function tabIn(block: ElementContent, context: BodyContext): Tab | null {
  const callout = isElement(block, "blockquote") ? calloutIn(block, context) : null;
  if (callout === null || callout.type.toLowerCase() !== "tab") return codeTab(block);
  return { title: callout.title, content: callout.content };
}
