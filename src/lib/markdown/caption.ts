import type { ElementContent } from "hast";
import type { BodyContext } from "./body-context.ts";
import { propLine } from "./props.ts";
import { h, nodesOf } from "./hast.ts";
import type { Content } from "./hast.ts";
import { renderLink } from "./link.ts";
import type { MdxJsx } from "./mdx-nodes.ts";
import { typeset } from "./typography.ts";

/** The creator of a picture or video, linked if there is an address. */
export function creditOf(
  credit: { readonly credit?: string | undefined; readonly creditUrl?: string | undefined },
  node: MdxJsx,
  context: BodyContext,
): ElementContent | null {
  if (credit.credit === undefined) return null;
  const name = typeset(credit.credit, context.source.lang);
  return h("span", { className: ["credit"] }, linked(name, credit.creditUrl, "creditUrl", node, context));
}

/** Content linked to the address in a prop; the content alone if there is no address. */
export function linked(
  content: Content,
  url: string | undefined,
  prop: string,
  node: MdxJsx,
  context: BodyContext,
): Content {
  if (url === undefined) return content;
  return h("a", { href: renderLink(url, propLine(node, prop, context), context) }, content);
}

/** `<figcaption>` with the non-empty parts, separated by spaces; null if all are empty. */
export function figcaption(...parts: readonly Content[]): ElementContent | null {
  const there = parts.map((part) => nodesOf([part])).filter((nodes) => nodes.length > 0);
  if (there.length === 0) return null;
  return h(
    "figcaption",
    {},
    there.flatMap((nodes, index) => (index === 0 ? nodes : [" ", ...nodes])),
  );
}
