import type { LineMark } from "./code-fence.ts";

/** Code without the comments that say how its lines are marked, and what they said. */
export interface AnnotatedCode {
  readonly code: string;
  readonly lines: ReadonlyMap<number, LineMark>;
  readonly words: readonly string[];
}

const COMMENT =
  /[ \t]*(?:\/\/|#|--|;|%|<!--|\/\*|\{\/\*|'|")[ \t]*\[!code ([\w+-]+)(?::([^\]\n]+))?\][ \t]*(?:-->|\*\/\}|\*\/)?[ \t]*$/;

const MARKS: Readonly<Record<string, LineMark>> = {
  highlight: "mark",
  hl: "mark",
  focus: "mark",
  error: "mark",
  warning: "mark",
  info: "mark",
  "++": "ins",
  "--": "del",
};

/** Reads comments such as `// [!code highlight:2]`, `// [!code ++]` and `// [!code word:name]`. */
export function readCodeComments(code: string): AnnotatedCode {
  if (!code.includes("[!code ")) return { code, lines: new Map(), words: [] };
  const lines = new Map<number, LineMark>();
  const words: string[] = [];
  const kept: string[] = [];
  for (const text of code.split("\n")) {
    const [comment, name = "", argument] = COMMENT.exec(text) ?? [];
    const mark = MARKS[name];
    if (comment === undefined || (mark === undefined && name !== "word")) {
      kept.push(text);
      continue;
    }
    const rest = text.slice(0, text.length - comment.length);
    if (name === "word") words.push((argument ?? "").replace(/:\d+$/, ""));
    if (rest.trim() !== "") kept.push(rest);
    if (mark === undefined) continue;
    const first = rest.trim() === "" ? kept.length + 1 : kept.length;
    const count = Math.min(Number(argument ?? 1) || 1, 10_000);
    for (let line = first; line < first + count; line += 1) lines.set(line, mark);
  }
  return { code: kept.join("\n"), lines, words };
}
