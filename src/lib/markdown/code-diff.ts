import type { LineMark } from "./code-fence.ts";

/** Code without the `+` and `-` of a diff, and the marks of its lines. */
export interface DiffCode {
  readonly code: string;
  /** Marks by 1-based line number. */
  readonly lines: ReadonlyMap<number, LineMark>;
}

const SIGNS: Readonly<Record<string, LineMark>> = { "+": "ins", "-": "del", "−": "del" };

/** Lines that only occur in a complete patch: file names and hunk headers. */
const PATCH = /^(?:@@ -\d|(?:---|\+\+\+) \S|diff --git )/m;

/**
 * Reads `+` and `-` at the beginning of lines. If all other lines begin with a space, as in a diff, it is also removed.
 * Null for a complete patch, whose headers make no sense in another language.
 */
export function readDiff(code: string): DiffCode | null {
  if (PATCH.test(code)) return null;
  const lines = code.split("\n");
  const marks = lines.map((line) => SIGNS[line.charAt(0)]);
  const isIndented = lines.every((line, at) => marks[at] !== undefined || line === "" || /^[ \t]/.test(line));
  return {
    code: lines.map((line, at) => (marks[at] !== undefined || isIndented ? line.slice(1) : line)).join("\n"),
    lines: new Map(marks.flatMap((mark, at) => (mark === undefined ? [] : [[at + 1, mark] as const]))),
  };
}
