import type { Element, ElementContent, Root } from "hast";
import { ANY_MARK, MARK } from "./dialect/markers.ts";
import { h } from "./hast.ts";

/** The sign of a name such as `smile`; null for unknown names. */
export type EmojiOf = (name: string) => string | null;

/** Loads the names of emoji that GitHub knows, for texts that may hold some; null for others. */
export async function loadEmoji(text: string): Promise<EmojiOf | null> {
  if (!/:[a-z0-9_+-]+:/.test(text)) return null;
  const { nameToEmoji } = await import("gemoji");
  return (name) => (Object.hasOwn(nameToEmoji, name) ? (nameToEmoji[name] ?? null) : null);
}

const EVERY_EMOJI = /(?<![\p{L}\p{N}:/])(\\?):([a-z0-9_+-]+):(?![\p{L}\p{N}])/gu;

/**
 * Turns the signs that stand for inline marks into elements, and names of emoji into emoji. Highlights that cross
 * other marks stay as they were written.
 */
export function resolveMarks(root: Root, emojiOf: EmojiOf): void {
  root.children = children(root.children, emojiOf);
}

function children<Node extends Root["children"][number]>(nodes: readonly Node[], emojiOf: EmojiOf): Node[] {
  const result: Node[] = [];
  const starts: number[] = [];
  for (const node of nodes) {
    if (node.type !== "text") {
      if ("children" in node && !isVerbatim(node)) {
        const inside: { children: unknown } = node;
        inside.children = children(node.children, emojiOf);
      }
      result.push(node);
      continue;
    }
    for (const piece of piecesOf(node.value)) {
      if (piece === MARK.highlightStart) starts.push(result.push({ ...node, value: piece }) - 1);
      else if (piece === MARK.highlightEnd) close(result, starts.pop(), node);
      else result.push({ ...node, value: withEmoji(piece, emojiOf).replaceAll(MARK.glue, "") });
    }
  }
  for (const start of starts) {
    const node = result[start];
    if (node !== undefined) result[start] = asWritten(node);
  }
  return result;
}

function isVerbatim(node: object): boolean {
  return "tagName" in node && (node.tagName === "code" || node.tagName === "pre");
}

function piecesOf(text: string): readonly string[] {
  if (!ANY_MARK.test(text)) return [text];
  return text
    .split(new RegExp(`([${MARK.highlightStart}${MARK.highlightEnd}])`))
    .filter((piece) => piece !== "");
}

function close(result: unknown[], start: number | undefined, node: { readonly type: "text" }): void {
  if (start === undefined) {
    result.push({ ...node, value: "==" });
    return;
  }
  const inside = result.splice(start).slice(1).filter(isContent);
  result.push(h("mark", {}, inside));
}

function isContent(node: unknown): node is ElementContent {
  return typeof node === "object" && node !== null && "type" in node;
}

function asWritten<Node>(node: Node): Node {
  return { ...node, value: "==" };
}

function withEmoji(text: string, emojiOf: EmojiOf): string {
  if (!text.includes(":")) return text;
  return text.replace(EVERY_EMOJI, (whole, escape: string, name: string) => {
    return escape === "" ? (emojiOf(name) ?? whole) : whole;
  });
}

/** Content of a code span, or of one that represents another mark. */
export function markedCode(code: Element): { readonly mark: string; readonly text: string } | null {
  const [text] = code.children;
  if (code.children.length !== 1 || text?.type !== "text") return null;
  const value = text.value.trimStart();
  const mark = value.charAt(0);
  return ANY_MARK.test(mark) ? { mark, text: value.slice(1).trim() } : null;
}
