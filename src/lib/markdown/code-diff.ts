import type { LineMark } from "./code-fence.ts";

/** Code of another language without the signs of a diff, and how its lines are marked. */
export interface DiffCode {
  readonly code: string;
  /** 1-based. */
  readonly lines: ReadonlyMap<number, LineMark>;
}

const SIGNS: Readonly<Record<string, LineMark>> = { "+": "ins", "-": "del", "−": "del" };

/** Lines that only a whole patch has: names of files, and places in them. */
const PATCH = /^(?:@@ -\d|(?:---|\+\+\+) \S|diff --git )/m;

/**
 * Reads `+` and `-` at the beginning of lines. Where all other lines begin with a space, as in a diff, it goes, too.
 * Null for a whole patch, whose lines mean nothing without their signs.
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
