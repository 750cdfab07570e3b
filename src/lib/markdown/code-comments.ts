import type { LineMark, WordMark } from "./code-fence.ts";

/** Code without the comments that say how its lines are marked, and what they said. */
export interface AnnotatedCode {
  readonly code: string;
  readonly lines: ReadonlyMap<number, LineMark>;
  readonly words: readonly WordMark[];
}

/** `[!code name:argument]` of Shiki and VitePress, or a bare name of Docusaurus and Gatsby, in a comment that ends a line. */
const COMMENT =
  /[ \t]*(?:\/\/|#|--|;|%|<!--|\/\*|\{\/\*|'|")[ \t]*(?:\[!code ([\w+-]+)(?::([^\]\n]+))?\]|(highlight-(?:line|next-line|start|end|range\{[\d,-]+\})))[ \t]*(?:-->|\*\/\}|\*\/)?[ \t]*$/;

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

const MOST_LINES = 10_000;

interface Draft {
  readonly kept: string[];
  readonly lines: Map<number, LineMark>;
  readonly words: WordMark[];
  /** First line of a part between `highlight-start` and `highlight-end`. */
  open: number | null;
}

/** Reads comments such as `// [!code highlight:2]`, `// [!code ++]`, `// [!code word:name]`, `// highlight-next-line`. */
export function readCodeComments(code: string): AnnotatedCode {
  if (!code.includes("[!code ") && !code.includes("highlight-")) return { code, lines: new Map(), words: [] };
  const draft: Draft = { kept: [], lines: new Map(), words: [], open: null };
  for (const text of code.split("\n")) {
    const [comment, name, argument, bare] = COMMENT.exec(text) ?? [];
    const rest = text.slice(0, text.length - (comment?.length ?? 0));
    const isRead =
      comment !== undefined &&
      (bare === undefined ? readShiki(name ?? "", argument, rest, draft) : readBare(bare, rest, draft));
    if (!isRead) draft.kept.push(text);
  }
  const { kept, lines, words, open } = draft;
  if (open !== null) mark(open, kept.length, "mark", draft);
  return { code: kept.join("\n"), lines, words };
}

/** Whether the comment was one of Shiki's; then its line is kept without it. */
function readShiki(name: string, argument: string | undefined, rest: string, draft: Draft): boolean {
  const kind = MARKS[name];
  if (kind === undefined && name !== "word") return false;
  const first = keep(rest, draft);
  if (kind === undefined) draft.words.push({ text: (argument ?? "").replace(/:\d+$/, ""), mark: "mark" });
  else mark(first, first + (Number(argument ?? 1) || 1) - 1, kind, draft);
  return true;
}

/** The same for a name of Docusaurus's or Gatsby's. */
function readBare(name: string, rest: string, draft: Draft): boolean {
  // A comment alone on its line speaks of the next one, one behind code of that code.
  const first = keep(rest, draft);
  const next = draft.kept.length + 1;
  if (name === "highlight-line") mark(first, first, "mark", draft);
  else if (name === "highlight-next-line") mark(next, next, "mark", draft);
  else if (name === "highlight-start") draft.open = next;
  else if (name === "highlight-end") {
    if (draft.open !== null) mark(draft.open, draft.kept.length, "mark", draft);
    draft.open = null;
  } else
    for (const [, from = "", to = from] of name.matchAll(/(\d+)(?:-(\d+))?/g))
      mark(next + Number(from) - 1, next + Number(to) - 1, "mark", draft);
  return true;
}

/** Keeps what stands before a comment. @returns the line that the comment speaks of. */
function keep(rest: string, { kept }: Draft): number {
  if (rest.trim() === "") return kept.length + 1;
  kept.push(rest);
  return kept.length;
}

function mark(from: number, to: number, kind: LineMark, { lines }: Draft): void {
  for (let line = from; line <= Math.min(to, from + MOST_LINES); line += 1) lines.set(line, kind);
}
