import { isCalloutType } from "../callout-types.ts";
import type { BlockLine } from "./blocks.ts";
import type { LineIssue } from "./prepared.ts";

const START =
  /^((?:[ \t]*>)*[ \t]*):{3,}[ \t]*([A-Za-z][\w-]*)[ \t]*(?:\[(.*)\])?[ \t]*(?:\{(.*)\})?[ \t]*(.*)$/;
/** `::: {.callout-note title="A title"}` of Quarto and Pandoc, `:::{note} A title` of MyST. */
const BRACED = /^((?:[ \t]*>)*[ \t]*):{3,}[ \t]*\{[ \t]*(\.?)([#A-Za-z][^\s{}]*)([^{}]*)\}[ \t]*(.*)$/;
const END = /^(?:[ \t]*>)*[ \t]*:{3,}[ \t]*$/;

interface Open {
  readonly line: number;
  readonly text: string;
  /** Whether it became a callout; one that only names a class is left out. */
  readonly isCallout: boolean;
}

/**
 * Containers such as `:::note[Title]` … `:::` become the callouts that Obsidian writes (`> [!note] Title`), so that
 * both are rendered the same way. Unknown kinds are left unchanged and reported; of those that only name a class for
 * styles, the content is kept and a note says so.
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
    const quote = quoteOf(open);
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
          converted.push({ ...line, text: `${quote}${before}${box}`.trimEnd() });
          open.push({ line: line.line, text: line.text.trim(), isCallout });
          continue;
        }
        issues.push(unknown(line, name));
      } else if (start !== null) {
        const [, before = "", name = "", label, attributes, after = ""] = start;
        if (isCalloutType(name)) {
          const title = label ?? titleIn(attributes) ?? after;
          converted.push({ ...line, text: `${quote}${before}> [!${name}] ${title}`.trimEnd() });
          open.push({ line: line.line, text: line.text.trim(), isCallout: true });
          continue;
        }
        issues.push(unknown(line, name));
      } else if (open.length > 0 && END.test(line.text)) {
        open.pop();
        converted.push({ ...line, text: quoteOf(open).trimEnd() });
        continue;
      }
    }
    converted.push(quote === "" ? line : { ...line, text: quote + line.text });
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

function quoteOf(open: readonly Open[]): string {
  return "> ".repeat(open.filter(({ isCallout }) => isCallout).length);
}

function leftOut({ line, text }: BlockLine): LineIssue {
  return {
    line,
    message: `${text.trim()} means nothing here: its marks are left out, and its content is kept`,
    hint: "For a box write :::note, :::tip or :::warning.",
  };
}

function titleIn(attributes: string | undefined): string | undefined {
  const match = /(?:^|\s)title=(?:"([^"]*)"|'([^']*)'|(\S+))/.exec(attributes ?? "");
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

function unknown({ line, text }: BlockLine, name: string): LineIssue {
  return {
    line,
    message: `There is no container called ${name}`,
    hint: `Use note, tip, important, warning or caution:\n${text.trim().replace(name, "note")}`,
  };
}
