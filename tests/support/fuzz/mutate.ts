/** Random changes to texts, such as typos, pasted text and damaged files. */
import type { Random } from "../../../bench/random.ts";

/** Characters with a meaning in Markdown, MDX, YAML, TOML, HTML or Markdown dialects. */
const SIGNS = [
  ..."{}<>*_`$=%[]|\\~:#!&@+^-'\"()/;,.?0",
  ..."\t\u0000\u00A0\u200B\u200F\uFEFF\u2028\uD800",
  "\n",
  "\n\n",
  "    ",
  "**",
  "```",
  "~~~",
  ":::",
  "$$",
  "==",
  "%%",
  "[[",
  "]]",
  "![[",
  "{{",
  "}}",
  "{%",
  "%}",
  "{{<",
  ">}}",
  "{/*",
  "*/}",
  "<!--",
  "-->",
  "<br>",
  "</p>",
  "<div>",
  "</div>",
  "<b",
  "</",
  "/>",
  "<script>",
  "<p align=",
  "[^1]",
  "[^1]: ",
  "^[",
  "[!NOTE]",
  "> ",
  "- ",
  "1. ",
  "# ",
  "| ",
  "|--|",
  "---",
  "+++",
  "...",
  "<Aside>",
  "</Aside>",
  "<Figure",
  "import A from './a.js'",
  "export const a = 1",
  "{a}",
  "{1 + 1}",
  "&#0;",
  "&nbsp;",
  "https://a.example/",
  "www.a.example",
  "日本語「",
  "مرحبا",
  "👩‍👧",
  "é",
];

/** Makes one to four changes to a text. @param others texts from which parts may be inserted. */
export function mutated(text: string, others: readonly string[], draw: Random): string {
  let changed = text;
  const changes = draw.int(1, 4);
  for (let change = 0; change < changes; change += 1) changed = draw.pick(CHANGES)(changed, others, draw);
  return changed;
}

type Change = (text: string, others: readonly string[], draw: Random) => string;

const CHANGES: readonly Change[] = [
  signPutIn,
  signPutIn,
  signPutIn,
  partTakenOut,
  partTwice,
  partFromElsewhere,
  partFromElsewhere,
  linesSwapped,
  linesMoved,
  lineIndented,
  lineQuoted,
  cutOff,
  partWrapped,
];

function signPutIn(text: string, _: readonly string[], draw: Random): string {
  const at = draw.int(0, text.length);
  return text.slice(0, at) + draw.pick(SIGNS) + text.slice(at);
}

function partTakenOut(text: string, _: readonly string[], draw: Random): string {
  const { start, end } = part(text, draw, 12);
  return text.slice(0, start) + text.slice(end);
}

function partTwice(text: string, _: readonly string[], draw: Random): string {
  const { start, end } = part(text, draw, 60);
  return text.slice(0, end) + text.slice(start);
}

function partFromElsewhere(text: string, others: readonly string[], draw: Random): string {
  const other = others.length === 0 ? text : draw.pick(others);
  const lines = other.split("\n");
  const first = draw.int(0, lines.length - 1);
  const taken = lines.slice(first, first + draw.int(1, 6)).join("\n");
  const at = draw.chance(0.8) ? lineStart(text, draw) : draw.int(0, text.length);
  return text.slice(0, at) + taken + draw.pick(["\n", "\n\n", ""]) + text.slice(at);
}

function linesSwapped(text: string, _: readonly string[], draw: Random): string {
  const lines = text.split("\n");
  const one = draw.int(0, lines.length - 1);
  const two = draw.int(0, lines.length - 1);
  [lines[one], lines[two]] = [lines[two] ?? "", lines[one] ?? ""];
  return lines.join("\n");
}

function linesMoved(text: string, _: readonly string[], draw: Random): string {
  const lines = text.split("\n");
  const taken = lines.splice(draw.int(0, lines.length - 1), draw.int(1, 3));
  lines.splice(draw.int(0, lines.length), 0, ...taken);
  return lines.join("\n");
}

function lineIndented(text: string, _: readonly string[], draw: Random): string {
  return prefixed(text, draw.pick([" ", "  ", "    ", "\t"]), draw);
}

function lineQuoted(text: string, _: readonly string[], draw: Random): string {
  return prefixed(text, draw.pick(["> ", "- ", "  - ", "1. ", "> > ", ": "]), draw);
}

function prefixed(text: string, prefix: string, draw: Random): string {
  const lines = text.split("\n");
  const first = draw.int(0, lines.length - 1);
  const count = draw.int(1, 4);
  return lines
    .map((line, index) => (index >= first && index < first + count ? prefix + line : line))
    .join("\n");
}

function cutOff(text: string, _: readonly string[], draw: Random): string {
  return draw.chance(0.5) ? text.slice(0, draw.int(0, text.length)) : text;
}

function partWrapped(text: string, _: readonly string[], draw: Random): string {
  const { start, end } = part(text, draw, 40);
  const [open = "", close = ""] = draw.pick(PAIRS);
  return text.slice(0, start) + open + text.slice(start, end) + close + text.slice(end);
}

const PAIRS = [
  ["**", "**"],
  ["*", "*"],
  ["`", "`"],
  ["[", "](https://a.example/)"],
  ["![", "](./fence.svg)"],
  ["[[", "]]"],
  ["==", "=="],
  ["~", "~"],
  ["^", "^"],
  ["$", "$"],
  ["$$", "$$"],
  ["{", "}"],
  ["<", ">"],
  ["<b>", "</b>"],
  ["<details>", "</details>"],
  ["<pre>", "</pre>"],
  ["(", ")"],
  ["“", "”"],
  ["\n```\n", "\n```\n"],
  ["\n\n> [!NOTE]\n> ", "\n\n"],
  ["\n\n:::tip\n", "\n:::\n\n"],
  ["<!-- ", " -->"],
  ["%%", "%%"],
];

function part(text: string, draw: Random, most: number): { readonly start: number; readonly end: number } {
  const start = draw.int(0, text.length);
  return { start, end: Math.min(start + draw.int(1, most), text.length) };
}

function lineStart(text: string, draw: Random): number {
  const at = text.lastIndexOf("\n", draw.int(0, text.length));
  return at + 1;
}
