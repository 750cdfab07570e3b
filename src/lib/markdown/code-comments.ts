import type { LineMark, WordMark } from "./code-fence.ts";

/** Code without its annotation comments, and the marks that they define. */
export interface AnnotatedCode {
  readonly code: string;
  readonly lines: ReadonlyMap<number, LineMark>;
  readonly words: readonly WordMark[];
}

/** A comment at a line's end with `[!code name:argument]` (Shiki, VitePress) or a bare name (Docusaurus, Gatsby). */
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

const MAX_LINES = 10_000;

interface Draft {
  readonly kept: string[];
  readonly lines: Map<number, LineMark>;
  readonly words: WordMark[];
  /** 1-based first line of an unclosed `highlight-start` range, or null. */
  open: number | null;
}

/** Reads comments such as `// [!code highlight:2]`, `// [!code ++]`, `// [!code word:a]`, `// highlight-next-line`. */
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

/** Applies a Shiki comment and keeps its line without it; false for unknown names. */
function readShiki(name: string, argument: string | undefined, rest: string, draft: Draft): boolean {
  const kind = MARKS[name];
  if (kind === undefined && name !== "word") return false;
  const first = keep(rest, draft);
  if (kind === undefined) draft.words.push({ text: (argument ?? "").replace(/:\d+$/, ""), mark: "mark" });
  else mark(first, first + (Number(argument ?? 1) || 1) - 1, kind, draft);
  return true;
}

/** Applies a Docusaurus or Gatsby comment. */
function readBare(name: string, rest: string, draft: Draft): boolean {
  // A comment alone on its line refers to the next line; one after code refers to that code.
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

/**
 * Keeps the code before a comment.
 * @returns the 1-based line that the comment refers to.
 */
function keep(rest: string, { kept }: Draft): number {
  if (rest.trim() === "") return kept.length + 1;
  kept.push(rest);
  return kept.length;
}

function mark(from: number, to: number, kind: LineMark, { lines }: Draft): void {
  for (let line = from; line <= Math.min(to, from + MAX_LINES); line += 1) lines.set(line, kind);
}
