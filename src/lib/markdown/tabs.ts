import type { Element, ElementContent } from "hast";
import type { BodyContext, Place } from "./body-context.ts";
import { report } from "./body-context.ts";
import { codeOf, fenceOf, labelOf } from "./code-block.ts";
import { h, isElement, withoutBlanks } from "./hast.ts";

/** One tab: its title, and what it shows. */
export interface Tab {
  readonly title: readonly ElementContent[] | string;
  readonly content: readonly ElementContent[];
}

/** Reads a tab from a block in a group; null for a block that is none. */
export type TabIn = (block: ElementContent) => Tab | null;

/** Code blocks of a group are tabs by their titles or languages. */
export function codeTab(block: ElementContent): Tab | null {
  const code = isElement(block, "pre") ? codeOf(block) : null;
  if (code === null) return null;
  const fence = fenceOf(code);
  const label = labelOf(fence);
  const content = label === null ? block : { ...block, children: [withoutLabel(code)] };
  return { title: label ?? fence.title ?? fence.lang ?? "text", content: [content] };
}

/** The code without the name in brackets, which the tab has. */
function withoutLabel(code: Element): Element {
  const data: object = code.data ?? {};
  const meta = "meta" in data && typeof data.meta === "string" ? data.meta : "";
  return { ...code, data: Object.assign({}, code.data, { meta: meta.replace(/(?:^|\s)\[[^\]]+\]/, "") }) };
}

/**
 * Blocks of which a reader picks one: a radio button each, so that they work without a script. Blocks that are no tabs
 * are before the group and are reported.
 */
export function renderTabs(
  blocks: readonly ElementContent[],
  tabIn: TabIn,
  at: Element,
  context: BodyContext,
  place: Place,
): Element {
  context.found.tabs += 1;
  const group = `tabs-${context.found.tabs}`;
  const inside = { ...place, depth: place.depth + 1 };
  const parts: ElementContent[] = [];
  let count = 0;
  for (const block of withoutBlanks(blocks)) {
    const tab = tabIn(block);
    if (tab === null) {
      report(
        context,
        block.position === undefined ? at : block,
        "A group of tabs contains something other than tabs",
        "Put each part into a tab of its own:\n:::tab[Title]\nText\n:::",
      );
      continue;
    }
    count += 1;
    const id = `${group}-${count}`;
    const title =
      typeof tab.title === "string" ? tab.title : context.visit(tab.title, { ...inside, isPhrasing: true });
    parts.push(
      h("input", { type: "radio", name: group, id, checked: count === 1 }),
      h("label", { htmlFor: id }, title),
      h("div", { className: ["tab"] }, context.visit(tab.content, inside)),
    );
  }
  return h("div", { className: ["tabs"] }, parts);
}
