import type { Nodes } from "hast";

/** All text within a node, without scripts and styles. Iterative, since exports may nest deeper than the call stack. */
export function bareText(root: Nodes): string {
  const stack: Nodes[] = [root];
  let text = "";
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === "text") text += node.value;
    else if (node.type === "element" && (node.tagName === "script" || node.tagName === "style")) continue;
    else if ("children" in node) stack.push(...node.children.toReversed());
  }
  return text;
}
