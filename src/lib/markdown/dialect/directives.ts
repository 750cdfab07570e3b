import { isCalloutType } from "../callout-types.ts";
import type { BlockLine } from "./blocks.ts";
import type { LineIssue } from "./prepared.ts";

const START =
  /^((?:[ \t]*>)*[ \t]*):{3,}[ \t]*([A-Za-z][\w-]*)[ \t]*(?:\[(.*)\])?[ \t]*(?:\{(.*)\})?[ \t]*(.*)$/;
const END = /^(?:[ \t]*>)*[ \t]*:{3,}[ \t]*$/;

interface Open {
  readonly line: number;
  readonly text: string;
}

/**
 * Containers such as `:::note[Title]` … `:::` become the callouts that Obsidian writes (`> [!note] Title`), so that
 * both are rendered the same way. Unknown kinds are left unchanged and reported.
 */
export function convertDirectives(lines: readonly BlockLine[]): {
  lines: BlockLine[];
  issues: LineIssue[];
} {
  const issues: LineIssue[] = [];
  const converted: BlockLine[] = [];
  const open: Open[] = [];
  for (const line of lines) {
    const quote = "> ".repeat(open.length);
    if (line.kind === "text") {
      const start = START.exec(line.text);
      if (start !== null) {
        const [, before = "", name = "", label, attributes, after = ""] = start;
        if (isCalloutType(name)) {
          const title = label ?? titleIn(attributes) ?? after;
          converted.push({ ...line, text: `${quote}${before}> [!${name}] ${title}`.trimEnd() });
          open.push({ line: line.line, text: line.text.trim() });
          continue;
        }
        issues.push(unknown(line, name));
      } else if (open.length > 0 && END.test(line.text)) {
        open.pop();
        converted.push({ ...line, text: "> ".repeat(open.length).trimEnd() });
        continue;
      }
    }
    converted.push(open.length === 0 ? line : { ...line, text: quote + line.text });
  }
  for (const { line, text } of open) {
    issues.push({
      line,
      message: `${text} is never closed`,
      hint: "Write three colons on a line of their own where it ends:\n:::",
    });
  }
  return { lines: converted, issues };
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
