import type { ElementContent } from "hast";
import { element, isElement, text } from "./elements.ts";

/** URL with balanced parentheses: `https://en.wikipedia.org/wiki/Gate_(song)`. */
const ADDRESS = /https?:\/\/(?:[^\s<>"'`()[\]{}|\\^]|\([^\s<>"'`()[\]{}|\\^]*\))+/gi;
/** Trailing characters that belong to the sentence or its emphasis, not to the URL. */
const AFTER_ADDRESS = /[*_~.,;:!?]+$/;
const UNTOUCHED = new Set(["a", "pre", "code"]);

/** Turns bare URLs in text into explicit links, so that a Markdown parser doesn't have to guess where they end. */
export function withBareLinks(nodes: readonly ElementContent[], link: NewAddress): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type === "text") return linked(node.value, link);
    if (!isElement(node) || UNTOUCHED.has(node.tagName)) return [node];
    return [{ ...node, children: withBareLinks(node.children, link) }];
  });
}

/** Returns the new address of a link; null if it can't be linked. */
type NewAddress = (address: string) => string | null;

function linked(value: string, link: NewAddress): ElementContent[] {
  if (!/https?:\/\//i.test(value)) return [text(value)];
  const nodes: ElementContent[] = [];
  let done = 0;
  for (const { 0: found, index } of value.matchAll(ADDRESS)) {
    const address = found.replace(AFTER_ADDRESS, "");
    const target = URL.canParse(address) ? link(address) : null;
    if (target === null) continue;
    if (index > done) nodes.push(text(value.slice(done, index)));
    nodes.push(element("a", { href: target }, [text(address)]));
    done = index + address.length;
  }
  if (done < value.length) nodes.push(text(value.slice(done)));
  return nodes;
}
