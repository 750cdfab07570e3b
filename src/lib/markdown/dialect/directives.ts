import { isCalloutType } from "../callout-types.ts";
import type { BlockLine } from "./blocks.ts";
import type { LineIssue } from "./prepared.ts";

const START =
  /^((?:[ \t]*>)*[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?):{3,}[ \t]*([A-Za-z][\w-]*)[ \t]*(?:\[(.*)\])?[ \t]*(?:\{(.*)\})?[ \t]*(.*)$/;
/** `::: {.callout-note title="A title"}` (Quarto and Pandoc) or `:::{note} A title` (MyST). */
const BRACED = /^((?:[ \t]*>)*[ \t]*):{3,}[ \t]*\{[ \t]*(\.?)([#A-Za-z][^\s{}]*)([^{}]*)\}[ \t]*(.*)$/;
const END = /^(?:[ \t]*>)*[ \t]*:{3,}[ \t]*$/;

interface Open {
  readonly line: number;
  readonly text: string;
  /** Prefix of its lines: block quote markers, and the indentation of the list item that it is in. */
  readonly before: string;
  /** Whether it became a callout; the markers of a container that only names a class are removed. */
  readonly isCallout: boolean;
}

/**
 * Converts containers such as `:::note[Title]` … `:::` to Obsidian callouts (`> [!note] Title`), so that both are
 * rendered the same way. Unknown types are left unchanged and reported. Containers that only name a CSS class are
 * replaced by their content, with a note.
 */
export function convertDirectives(lines: readonly BlockLine[]): {
  lines: BlockLine[];
  issues: LineIssue[];
  notes: LineIssue[];
} {
  const issues: LineIssue[] = [];
  const notes: LineIssue[] = [];
  const converted: BlockLine[] = [];
  const open: Open[] = [];
  for (const line of lines) {
    if (line.kind === "text") {
      const braced = BRACED.exec(line.text);
      const start = START.exec(line.text);
      if (braced !== null) {
        const [, before = "", dot = "", name = "", attributes = "", after = ""] = braced;
        const type = name.replace(/^callout-/, "");
        const isCallout = isCalloutType(type);
        if (isCallout || dot === "." || name.startsWith("#")) {
          const fold = /\bcollapse=["']?true/.test(attributes) ? "-" : "";
          const title = titleIn(attributes) ?? after;
          const box = isCallout ? `> [!${type}]${fold} ${title}` : "";
          if (!isCallout) notes.push(leftOut(line));
          converted.push({ ...line, text: quoted(before + box, open) });
          open.push({ line: line.line, text: line.text.trim(), before, isCallout });
          continue;
        }
        issues.push(unknown(line, name));
      } else if (start !== null) {
        const [, before = "", name = "", label, attributes, after = ""] = start;
        if (isCalloutType(name)) {
          // VitePress: `::: details A title {open}`.
          const [, words = after, behind = attributes] = ATTRIBUTES_BEHIND.exec(after) ?? [];
          const title = label ?? titleIn(behind) ?? words;
          const fold = /(?:^|\s)open(?:\s|$)/.test(behind ?? "") ? "+" : "";
          converted.push({ ...line, text: quoted(`${before}> [!${name}]${fold} ${title}`, open) });
          const indent = before.replaceAll(/[^\s>]/g, " ");
          open.push({ line: line.line, text: line.text.trim(), before: indent, isCallout: true });
          continue;
        }
        issues.push(unknown(line, name));
      } else if (open.length > 0 && END.test(line.text)) {
        open.pop();
        converted.push({ ...line, text: quoted("", open) });
        continue;
      }
    }
    converted.push(open.length === 0 ? line : { ...line, text: quoted(line.text, open, line.kind) });
  }
  for (const { line, text } of open) {
    issues.push({
      line,
      message: `${text} is never closed`,
      hint: "Write three colons on a line of their own where it ends:\n:::",
    });
  }
  return { lines: converted, issues, notes };
}

/** Prefixes a line inside open containers with block quote markers, within the list item that contains them. */
function quoted(text: string, open: readonly Open[], kind: BlockLine["kind"] = "text"): string {
  let start = "";
  let rest = text;
  let depth = 0;
  for (const { before, isCallout } of open) {
    if (!isCallout) continue;
    const own = before.slice(depth);
    const [written = ""] = /^(?:[ \t]*>)*[ \t]*/.exec(rest) ?? [];
    rest = rest.slice(Math.min(written.length, own.length));
    start += `${own}> `;
    depth = Math.max(depth, before.length);
  }
  return kind === "text" ? (start + rest).trimEnd() : start + rest;
}

/** Attributes after a title. */
const ATTRIBUTES_BEHIND =
  /^(.*?)[ \t]*\{((?:[ \t]*(?:open|[.#][\w-]+|[\w-]+=(?:"[^"]*"|'[^']*'|[^\s{}]+)))+)[ \t]*\}[ \t]*$/;

function leftOut({ line, text }: BlockLine): LineIssue {
  return {
    line,
    message: `${text.trim()} isn't supported: it is left out, and its content is kept`,
    hint: "For a callout write :::note, :::tip or :::warning.",
  };
}

function titleIn(attributes: string | undefined): string | undefined {
  const match = /(?:^|\s)title=(?:"([^"]*)"|'([^']*)'|(\S+))/.exec(attributes ?? "");
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

function unknown({ line, text }: BlockLine, name: string): LineIssue {
  return {
    line,
    message: `There is no container named ${name}`,
    hint: `Use note, tip, important, warning or caution:\n${text.trim().replace(name, "note")}`,
  };
}
