import type { Element, ElementContent } from "hast";
import type { BodyContext, Place } from "./body-context.ts";
import { report } from "./body-context.ts";
import { codeOf, fenceOf, labelOf } from "./code-block.ts";
import { h, isElement, withoutBlanks } from "./hast.ts";

/** One tab: its title and content. */
export interface Tab {
  readonly title: readonly ElementContent[] | string;
  readonly content: readonly ElementContent[];
}

/** Converts a block in a group to a tab; null if the block isn't a tab. */
export type TabIn = (block: ElementContent) => Tab | null;

/** Converts a code block to a tab with its label, title or language as title; null for other blocks. */
export function codeTab(block: ElementContent): Tab | null {
  const code = isElement(block, "pre") ? codeOf(block) : null;
  if (code === null) return null;
  const fence = fenceOf(code);
  const label = labelOf(fence);
  const content = label === null ? block : { ...block, children: [withoutLabel(code)] };
  return { title: label ?? fence.title ?? fence.lang ?? "text", content: [content] };
}

/** The code without the label in brackets, which becomes the tab's title. */
function withoutLabel(code: Element): Element {
  const data: object = code.data ?? {};
  const meta = "meta" in data && typeof data.meta === "string" ? data.meta : "";
  return { ...code, data: Object.assign({}, code.data, { meta: meta.replace(/(?:^|\s)\[[^\]]+\]/, "") }) };
}

/**
 * Renders tabs with radio buttons, so that they work without a script. Blocks that aren't tabs are reported and left
 * out.
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
