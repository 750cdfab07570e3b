import type { Nodes } from "hast";

/** Text of a tree. */
export function toText(node: Nodes): string {
  if (node.type === "text") return node.value;
  if (!("children" in node)) return "";
  return node.children.map(toText).join("");
}
