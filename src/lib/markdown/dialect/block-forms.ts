import { isCalloutType } from "../callout-types.ts";
import { indentOf } from "./blocks.ts";
import { linesOutsideFences } from "./fences.ts";

/** `!!! note "Title"`; `???` and `???+` are collapsible. https://python-markdown.github.io/extensions/admonition/ */
const ADMONITION =
  /^([ \t]*)(!!!|\?\?\?\+?)[ \t]+([A-Za-z][\w-]*)(?:[ \t]+(?:inline|end)\b)*[ \t]*(?:"(.*)"|([^"].*))?[ \t]*$/;
/** `=== "Title"`; https://facelessuser.github.io/pymdown-extensions/extensions/tabbed/ */
const TAB = /^([ \t]*)===[+!]?[ \t]+"(.+)"[ \t]*$/;
/** `/// note | Title`; https://facelessuser.github.io/pymdown-extensions/extensions/blocks/ */
const BLOCK = /^([ \t]*)\/{3,}[ \t]*([A-Za-z][\w-]*)[ \t]*(?:\|[ \t]*(.*))?$/;
/** ```` ```{note} Title ````; https://mystmd.org/guide/admonitions */
const MYST = /^([ \t]*)(`{3,})\{([A-Za-z][\w-]*)\}[ \t]*(.*)$/;
const BLOCK_END = /^[ \t]*\/{3,}[ \t]*$/;

/**
 * Converts blocks of Python-Markdown (MkDocs, Pelican, Nikola), MyST and kramdown: indented admonitions and tabs become
 * Obsidian callouts, `///` blocks and MyST's fenced admonitions become `:::` containers, and kramdown's `{:toc}`
 * becomes `[TOC]`. The number of lines doesn't change.
 */
export function convertBlockForms(text: string): string {
  if (!/^[ \t]*(?:!!!|\?\?\?|===|\/\/\/|```+\{|\{:[ \t]*toc|\{\{[ \t]*toc)/im.test(text)) return text;
  return converted(text.split("\n")).join("\n");
}

function converted(lines: readonly string[]): string[] {
  const result = [...lines];
  const isText = linesOutsideFences(lines);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const myst = MYST.exec(line);
    if (myst !== null && isCalloutType(myst[3] ?? "")) {
      const [, before = "", ticks = "", name = "", label = ""] = myst;
      const close = lines.findIndex((one, index) => index > at && one.trim() === ticks);
      if (close !== -1) {
        result[at] = `${before}:::${name}${label.trim() === "" ? "" : `[${label.trim()}]`}`;
        result[close] = `${before}:::`;
        const inside = converted(result.slice(at + 1, close));
        result.splice(at + 1, inside.length, ...inside);
        at = close;
        continue;
      }
    }
    if (!isText[at]) continue;
    const end = contentEnd(lines, at);
    const [, indent = "", sign = "", type = "", quoted, title = quoted ?? ""] = ADMONITION.exec(line) ?? [];
    if (type !== "" && end > at + 1 && isNotIndentedCode(lines, at)) {
      const fold = sign === "!!!" ? "" : sign === "???" ? "-" : "+";
      result[at] = `${indent}> [!${type}]${fold} ${title}`.trimEnd();
      fill(result, at + 1, end, indent, "> ");
      at = end - 1;
      continue;
    }
    const [, tabIndent = "", tab] = TAB.exec(line) ?? [];
    const first = tab === undefined ? -1 : groupStart(lines, at);
    const isIn = result[first]?.startsWith(`${tabIndent}> > [!tab] `) === true;
    if (tab !== undefined && end > at + 1 && (isIn || isFree(lines, at)) && isNotIndentedCode(lines, at)) {
      // The blank line before the first tab becomes the head of the tab group.
      if (!isIn) result[at - 1] = `${tabIndent}> [!tabs]`;
      else for (let blank = first + 1; blank < at; blank += 1) closeGap(result, blank, tabIndent);
      result[at] = `${tabIndent}> > [!tab] ${tab}`;
      fill(result, at + 1, end, tabIndent, "> > ");
      at = end - 1;
      continue;
    }
    const [, blockIndent = "", name = "", label = ""] = BLOCK.exec(line) ?? [];
    const close = isCalloutType(name)
      ? lines.findIndex((one, index) => index > at && BLOCK_END.test(one))
      : -1;
    if (close !== -1) {
      result[at] = `${blockIndent}:::${name}${label === "" ? "" : `[${label.trim()}]`}`;
      result[close] = `${blockIndent}:::`;
      continue;
    }
    if (/^[ \t]*\{(?::[ \t]*toc\b[^}]*|\{[ \t]*toc[ \t]*\})\}[ \t]*$/i.test(line)) {
      const isBelowItem = /^[ \t]*(?:[-*+]|\d+\.)[ \t]+\S/.test(lines[at - 1] ?? "");
      result[at] = isBelowItem ? "" : "[TOC]";
      if (isBelowItem) result[at - 1] = "[TOC]";
    }
  }
  return result;
}

/** Moves the indented lines below a head into the block quote and removes their indentation. */
function fill(result: string[], from: number, to: number, indent: string, quote: string): void {
  const inside = result
    .slice(from, to)
    .map((line) => " ".repeat(Math.max(0, indentOf(line) - indentOf(indent) - 4)) + line.trimStart());
  for (const [index, line] of converted(inside).entries())
    result[from + index] = `${indent}${quote}${line}`.trimEnd();
}

function closeGap(result: string[], at: number, indent: string): void {
  if ((result[at] ?? "").trim() === "") result[at] = `${indent}>`;
}

/** Index after the last indented line below the one at `at`. */
function contentEnd(lines: readonly string[], at: number): number {
  const least = indentOf(lines[at] ?? "") + 4;
  let end = at + 1;
  for (let next = at + 1; next < lines.length; next += 1) {
    const line = lines[next] ?? "";
    if (line.trim() === "") continue;
    if (indentOf(line) < least) break;
    end = next + 1;
  }
  return end;
}

/** Index of the line above the indented lines before `at` (the head of the previous tab, if any), or -1. */
function groupStart(lines: readonly string[], at: number): number {
  const indent = indentOf(lines[at] ?? "");
  for (let before = at - 1; before >= 0; before -= 1) {
    const line = lines[before] ?? "";
    if (line.trim() !== "" && indentOf(line) < indent + 4) return before;
  }
  return -1;
}

function isFree(lines: readonly string[], at: number): boolean {
  return at > 0 && (lines[at - 1] ?? "").trim() === "";
}

/** Whether a line isn't indented code: it is indented by less than 4 columns, or as the content of a list item. */
function isNotIndentedCode(lines: readonly string[], at: number): boolean {
  const indent = indentOf(lines[at] ?? "");
  if (indent < 4) return true;
  const above = lines.slice(0, at).findLast((line) => line.trim() !== "" && indentOf(line) < indent);
  return above !== undefined && /^[ \t]*(?:[-*+]|\d+[.)])[ \t]/.test(above);
}
