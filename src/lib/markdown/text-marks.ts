import type { Element, ElementContent, Root } from "hast";
import { ANY_MARK, MARK } from "./dialect/markers.ts";
import { h } from "./hast.ts";

/** Returns the emoji for a name such as `smile`; null for unknown names. */
export type EmojiOf = (name: string) => string | null;

/** Loads GitHub's emoji names if a text may contain some; else null. */
export async function loadEmoji(text: string): Promise<EmojiOf | null> {
  if (!/:[a-z0-9_+-]+:/.test(text)) return null;
  const { nameToEmoji } = await import("gemoji");
  return (name) => (Object.hasOwn(nameToEmoji, name) ? (nameToEmoji[name] ?? null) : null);
}

/** One or more adjacent names, such as `:tada::tada:`. */
const EVERY_EMOJI = /(?<![\p{L}\p{N}:/])\\?(?::[a-z0-9_+-]+:)+(?![\p{L}\p{N}])/gu;

/** Elements by their start markers, with the end marker and the author's syntax. */
const PAIRS: ReadonlyMap<string, { readonly tag: string; readonly written: string; readonly end: string }> =
  new Map([
    [MARK.highlightStart, { tag: "mark", written: "==", end: MARK.highlightEnd }],
    [MARK.subStart, { tag: "sub", written: "~", end: MARK.subEnd }],
    [MARK.supStart, { tag: "sup", written: "^", end: MARK.supEnd }],
  ]);
const ENDS: ReadonlyMap<string, string> = new Map([...PAIRS].map(([start, { end }]) => [end, start]));
const EVERY_MARK = new RegExp(`([${[...PAIRS.keys(), ...ENDS.keys()].join("")}])`);

/**
 * Converts markers to elements and emoji names to emoji. Highlights, subscripts and superscripts that overlap other
 * inline elements are restored as they were written.
 */
export function resolveMarks(root: Root, emojiOf: EmojiOf): void {
  root.children = children(root.children, emojiOf);
}

function children<Node extends Root["children"][number]>(nodes: readonly Node[], emojiOf: EmojiOf): Node[] {
  const result: Node[] = [];
  const starts: { readonly place: number; readonly mark: string }[] = [];
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
      const begun = ENDS.get(piece);
      if (PAIRS.has(piece)) starts.push({ place: result.push({ ...node, value: piece }) - 1, mark: piece });
      else if (begun !== undefined) close(result, starts, begun, node);
      else result.push({ ...node, value: withEmoji(piece, emojiOf).replaceAll(MARK.glue, "") });
    }
  }
  for (const { place, mark } of starts) asWritten(result, place, mark);
  return result;
}

function isVerbatim(node: object): boolean {
  return "tagName" in node && (node.tagName === "code" || node.tagName === "pre");
}

function piecesOf(text: string): readonly string[] {
  if (!ANY_MARK.test(text)) return [text];
  return text.split(EVERY_MARK).filter((piece) => piece !== "");
}

/** Closes an element at its end marker; unclosed markers inside it are restored as they were written. */
function close(
  result: unknown[],
  starts: { readonly place: number; readonly mark: string }[],
  begun: string,
  node: { readonly type: "text" },
): void {
  const at = starts.findLastIndex(({ mark }) => mark === begun);
  const start = starts[at];
  const { tag, written } = PAIRS.get(begun) ?? { tag: "mark", written: "==" };
  if (start === undefined) {
    result.push({ ...node, value: written });
    return;
  }
  for (const { place, mark } of starts.splice(at).slice(1)) asWritten(result, place, mark);
  const inside = result.splice(start.place).slice(1).filter(isContent);
  result.push(h(tag, {}, inside));
}

function isContent(node: unknown): node is ElementContent {
  return typeof node === "object" && node !== null && "type" in node;
}

function asWritten(result: unknown[], place: number, mark: string): void {
  const node = result[place];
  if (typeof node === "object" && node !== null)
    result[place] = { ...node, value: PAIRS.get(mark)?.written ?? "" };
}

function withEmoji(text: string, emojiOf: EmojiOf): string {
  if (!text.includes(":")) return text;
  return text.replace(EVERY_EMOJI, (whole) =>
    whole.startsWith("\\") ? whole : whole.replace(/:([^:]+):/g, (one, name: string) => emojiOf(name) ?? one),
  );
}

/** Marker and content of a code span that stands for other syntax (see `MARK`); null for ordinary code. */
export function markedCode(code: Element): { readonly mark: string; readonly text: string } | null {
  const [text] = code.children;
  if (code.children.length !== 1 || text?.type !== "text") return null;
  const value = text.value.trimStart();
  const mark = value.charAt(0);
  return ANY_MARK.test(mark) ? { mark, text: value.slice(1).trim() } : null;
}
