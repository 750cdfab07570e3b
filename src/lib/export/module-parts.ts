import type { Nodes, Root } from "hast";

const EXPRESSIONS = new Set<string>(["mdxFlowExpression", "mdxTextExpression", "mdxjsEsm"]);
const TAGS = new Set<string>(["mdxJsxFlowElement", "mdxJsxTextElement"]);

/** A rendered tree without the parts that need a build: no expressions, and components replaced by their children. */
export function withoutModuleParts(root: Root): Root {
  return { ...root, children: keep(root.children) };
}

function keep<Node extends Nodes>(nodes: readonly Node[]): Node[] {
  return nodes.flatMap((node): Node[] => {
    if (EXPRESSIONS.has(node.type)) return [];
    if (!("children" in node)) return [node];
    const children = keep(node.children as Node[]);
    return TAGS.has(node.type) ? children : [{ ...node, children }];
  });
}
