import type { ElementContent } from "hast";
import { element, isElement, text } from "./elements.ts";

const ADDRESS = /https?:\/\/[^\s<>"'`()[\]{}|\\^*_~]+[^\s<>"'`()[\]{}|\\^*_~.,;:!?]/gi;
const UNTOUCHED = new Set(["a", "pre", "code"]);

/** Addresses in texts as links: where one ends is said and not guessed from what follows. */
export function withBareLinks(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type === "text") return linked(node.value);
    if (!isElement(node) || UNTOUCHED.has(node.tagName)) return [node];
    return [{ ...node, children: withBareLinks(node.children) }];
  });
}

function linked(value: string): ElementContent[] {
  if (!/https?:\/\//i.test(value)) return [text(value)];
  const nodes: ElementContent[] = [];
  let done = 0;
  for (const { 0: address, index } of value.matchAll(ADDRESS)) {
    if (!URL.canParse(address)) continue;
    if (index > done) nodes.push(text(value.slice(done, index)));
    nodes.push(element("a", { href: address }, [text(address)]));
    done = index + address.length;
  }
  if (done < value.length) nodes.push(text(value.slice(done)));
  return nodes;
}
