/** Options in the first line of a code block, in any common dialect. */
export interface FenceInfo {
  /** Name of the language as it was written; null without one. */
  readonly lang: string | null;
  readonly title: string | null;
  /** Lines by how they are marked; 1-based. */
  readonly lines: ReadonlyMap<number, LineMark>;
  /** Words of the code that are marked. */
  readonly words: readonly string[];
  /** Number of the first line; null when lines aren't numbered. */
  readonly firstNumber: number | null;
  /** Unknown options. */
  readonly unknown: readonly string[];
}

export type LineMark = "mark" | "ins" | "del";

interface Draft {
  lang: string | null;
  title: string | null;
  lines: Map<number, LineMark>;
  words: string[];
  firstNumber: number | null;
  unknown: string[];
}

/** Tokens: `key="…"`, `key={…}`, `key=[…]`, `{…}`, `/…/`, `"…"`, a word. */
const TOKEN =
  /([\w-]+)=(?:"([^"]*)"|'([^']*)'|\{([^}]*)\}|\[([^\]]*)\]|([^\s}]+))|\{([^}]*)\}|\/((?:\\.|[^/\\])+)\/(?=\s|$)|"([^"]*)"|'([^']*)'|(\S+)/g;

/**
 * Reads the line after the three signs: `js {1,3-4} title="a.js"`, `js:a.js`, `js:title=a.js`, `js{2}`,
 * `{.js .numberLines}`, `{r, echo=FALSE}`, `rust,ignore`, `go {hl_lines=[1]}`, `ts ins={2} del={3} showLineNumbers`.
 */
export function parseFence(info: string): FenceInfo {
  const draft: Draft = {
    lang: null,
    title: null,
    lines: new Map(),
    words: [],
    firstNumber: null,
    unknown: [],
  };
  const text = info.trim();
  const attributes = /^\{\s*((?:[.#][\w+#-]+|[\w-]+=\S+)(?:\s+[^}]*)?)\}$/.exec(text)?.[1];
  if (attributes !== undefined) {
    readAttributes(attributes, draft);
    return draft;
  }
  const knitr = /^\{\s*([A-Za-z][\w+#-]*)\s*(?:[,\s]([^}]*))?\}$/.exec(text);
  if (knitr !== null) {
    draft.lang = knitr[1] ?? null;
    readTokens((knitr[2] ?? "").replaceAll(",", " "), draft);
    return draft;
  }
  const [, lang = "", rest = ""] = /^([^\s:{=,]*)([\s\S]*)$/.exec(text) ?? [];
  draft.lang = lang === "" ? null : lang;
  readRest(
    rest.replace(/^(?:,[^\s,{=:]+)+/, (words) => words.replaceAll(",", " ")),
    draft,
  );
  return draft;
}

function readRest(rest: string, draft: Draft): void {
  const colon = /^:(?:title=)?(?:"([^"]+)"|([^\s{]+))/.exec(rest);
  if (colon !== null) draft.title = colon[1] ?? colon[2] ?? null;
  readTokens(colon === null ? rest : rest.slice(colon[0].length), draft);
}

function readAttributes(text: string, draft: Draft): void {
  for (const token of text.split(/\s+/)) {
    if (/^\.(?:numberLines|number-lines|line-numbers)$/i.test(token)) draft.firstNumber ??= 1;
    else if (token.startsWith(".") && draft.lang === null) draft.lang = token.slice(1);
    else if (!token.startsWith("#")) readTokens(token, draft);
  }
}

function readTokens(text: string, draft: Draft): void {
  for (const match of text.matchAll(TOKEN)) {
    const [whole, key, double, single, braces, brackets, bare, range, pattern, quoted, quotedSingle, word] =
      match;
    if (key !== undefined) readKey(key, double ?? single ?? braces ?? brackets ?? bare ?? "", whole, draft);
    else if (range !== undefined) readBraces(range, draft);
    else if (pattern !== undefined) draft.words.push(pattern.replace(/\\(.)/g, "$1"));
    else if (quoted !== undefined) draft.words.push(quoted);
    else if (quotedSingle !== undefined) draft.words.push(quotedSingle);
    else if (word !== undefined) readWord(word, draft);
  }
}

const TITLES = new Set(["title", "filename", "file", "name", "caption"]);
const NUMBERS = new Set(["showlinenumbers", "linenos", "numberlines", "linenumbers", "line-numbers"]);
const MARKS: Readonly<Record<string, LineMark>> = {
  mark: "mark",
  hl_lines: "mark",
  highlight: "mark",
  ins: "ins",
  del: "del",
  add: "ins",
  rem: "del",
};

function readKey(key: string, value: string, whole: string, draft: Draft): void {
  const lower = key.toLowerCase();
  const mark = MARKS[lower];
  if (TITLES.has(lower)) draft.title = value;
  else if (NUMBERS.has(lower))
    draft.firstNumber = /^(?:false|0)$/i.test(value) ? null : Number.parseInt(value, 10) || 1;
  else if (/^(?:start|startlinenumber|startfrom|linenostart)$/.test(lower))
    draft.firstNumber = Number(value) || 1;
  else if (mark !== undefined) {
    if (/[\d]/.test(value) && /^[\d,\s"'–-]+$/.test(value)) addLines(value, mark, draft);
    else if (mark === "mark") draft.words.push(value.replace(/^["'/]|["'/]$/g, ""));
    else draft.unknown.push(whole);
  } else if (lower === "lang" && draft.lang === "diff") draft.lang = value;
  else draft.unknown.push(whole);
}

function readBraces(text: string, draft: Draft): void {
  if (/^[\d,\s-]+$/.test(text)) addLines(text, "mark", draft);
  else readTokens(text, draft);
}

function readWord(word: string, draft: Draft): void {
  if (NUMBERS.has(word.toLowerCase())) draft.firstNumber ??= 1;
  else if (/^mark:[\d,-]+$/.test(word)) addLines(word.slice(5), "mark", draft);
  else if (draft.title === null && /^[\w./@-]+\.\w{1,8}$/.test(word)) draft.title = word;
  else draft.unknown.push(word);
}

/** Most lines that one range may mark: a slip of the finger needn't take memory. */
const MOST_LINES = 10_000;

function addLines(ranges: string, mark: LineMark, { lines }: Draft): void {
  for (const range of ranges.replace(/["']/g, "").split(/[\s,]+/)) {
    const [, from, to] = /^(\d+)(?:[-–](\d+))?$/.exec(range) ?? [];
    if (from === undefined) continue;
    const last = Math.min(Number(to ?? from), Number(from) + MOST_LINES);
    for (let line = Number(from); line <= last; line += 1) lines.set(line, mark);
  }
}
