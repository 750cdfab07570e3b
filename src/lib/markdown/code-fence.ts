/** Language and options of a code block, in any common dialect. */
export interface FenceInfo {
  /** Name of the language as written; null if there is none. */
  readonly lang: string | null;
  readonly title: string | null;
  /** Marks by 1-based line number. */
  readonly lines: ReadonlyMap<number, LineMark>;
  /** Text to mark in the code. */
  readonly words: readonly WordMark[];
  /** Number of the first line; null if lines aren't numbered. */
  readonly firstNumber: number | null;
  /** Whether lines begin with `+` and `-` as in a diff, although the language is a different one. */
  readonly isDiff: boolean;
  /** Unknown options. */
  readonly unknown: readonly string[];
}

export type LineMark = "mark" | "ins" | "del";

/** Text that is marked wherever it occurs in the code. */
export interface WordMark {
  readonly text: string;
  readonly mark: LineMark;
}

interface Draft {
  lang: string | null;
  title: string | null;
  lines: Map<number, LineMark>;
  words: WordMark[];
  firstNumber: number | null;
  isDiff: boolean;
  unknown: string[];
}

/** Tokens: `key="…"` (`title:"…"` in Obsidian), `key={…}`, `key=[…]`, `{…}`, `/…/`, `"…"`, a word. */
const TOKEN =
  /([\w-]+)(?:=|(?<=\btitle):(?="))(?:"([^"]*)"|'([^']*)'|\{([^}]*)\}|\[([^\]]*)\]|([^\s}]+))|\{([^}]*)\}|\/((?:\\.|[^/\\])+)\/(?=\s|$)|"([^"]*)"|'([^']*)'|(\[[^\]\n]+\]|\S+)/g;

/**
 * Parses the info string of a code fence: `js {1,3-4} title="a.js"`, `js:a.js`, `js:title=a.js`, `js{2}`,
 * `{.js .numberLines}`, `{r, echo=FALSE}`, `rust,ignore`, `go {hl_lines=[1]}`, `ts ins={2} del={3} showLineNumbers`.
 */
export function parseFence(info: string): FenceInfo {
  const draft: Draft = {
    lang: null,
    title: null,
    lines: new Map(),
    words: [],
    firstNumber: null,
    isDiff: false,
    unknown: [],
  };
  // Eleventy's highlighter accepts lines after a slash: marked, `js/1,3-4`, or inserted and deleted, `js/1/3`.
  const [whole = "", lang, lines, deleted] =
    /^([\w+#.-]+)\/(\d[\d,-]*)?(?:\/(\d[\d,-]*))?(?=\s|$)/.exec(info.trim()) ?? [];
  if (lang !== undefined && (lines !== undefined || deleted !== undefined)) {
    if (lines !== undefined) addLines(lines, deleted === undefined ? "mark" : "ins", draft);
    if (deleted !== undefined) addLines(deleted, "del", draft);
    readInfo(lang + info.trim().slice(whole.length), draft);
  } else readInfo(info.trim(), draft);
  settleDiff(draft);
  return draft;
}

function readInfo(text: string, draft: Draft): void {
  const attributes = /^\{\s*((?:[.#][\w+#-]+|[\w-]+=\S+)(?:\s+[^}]*)?)\}$/.exec(text)?.[1];
  if (attributes !== undefined) {
    readAttributes(attributes, draft);
    return;
  }
  const knitr = /^\{\s*([A-Za-z][\w+#-]*)\s*(?:[,\s]([^}]*))?\}$/.exec(text);
  if (knitr !== null) {
    draft.lang = knitr[1] ?? null;
    readTokens((knitr[2] ?? "").replaceAll(",", " "), draft);
    return;
  }
  const isOptions = /^[\w-]+=/.test(text);
  const [, lang = "", rest = ""] = isOptions ? ["", "", text] : (/^([^\s:{=,]*)([\s\S]*)$/.exec(text) ?? []);
  draft.lang = lang === "" ? null : lang;
  if (/^,[^"'{]*$/.test(rest)) readCommas(rest.slice(1), draft);
  else
    readRest(
      rest.replace(/^(?:,[^\s,{=:]+)+/, (words) => words.replaceAll(",", " ")),
      draft,
    );
}

/** Comma-separated options of Zola and rustdoc: `rust,linenos,hl_lines=3 5-6`. */
function readCommas(text: string, draft: Draft): void {
  for (const option of text.split(",")) {
    const [, key, value] = /^\s*([\w-]+)=(.*)$/.exec(option) ?? [];
    if (key === undefined || value === undefined) readTokens(option, draft);
    else readKey(key, value.trim(), option, draft);
  }
}

/** `diff-js` (Prism, Eleventy), `diff_js` (Qiita) and `js-diff` combine both languages in one name. */
const BOTH = /^(?:(?:diff|udiff|patch)[-_+/]([\w+#.-]+)|([\w+#.-]+?)[-_+/]diff)$/i;

function settleDiff(draft: Draft): void {
  const [, after, before] = BOTH.exec(draft.lang ?? "") ?? [];
  const other = after ?? before;
  if (other === undefined) return;
  draft.lang = other;
  draft.isDiff = true;
}

function isDiffName(name: string | null): boolean {
  return name !== null && /^(?:diff|udiff|patch)$/i.test(name);
}

/** Applies a second language beside `diff`, in either order; false if the name isn't one. */
function isOtherLanguage(name: string, draft: Draft): boolean {
  if (isDiffName(name) && draft.lang !== null && !isDiffName(draft.lang)) draft.isDiff = true;
  else if (isDiffName(draft.lang) && /^[a-z][\w+#-]*$/i.test(name) && !OPTIONS.has(name.toLowerCase())) {
    draft.lang = name;
    draft.isDiff = true;
  } else return false;
  return true;
}

/** Option names of other programs, which aren't a second language. */
const OPTIONS = new Set([
  "wrap",
  "nowrap",
  "copy",
  "nocopy",
  "collapse",
  "live",
  "editable",
  "focus",
  "mark",
  "frame",
]);

function readRest(rest: string, draft: Draft): void {
  const colon = /^:(?:title=)?(?:"([^"]+)"|([^\s{]+))/.exec(rest);
  if (colon !== null) readColon(colon[1] ?? colon[2] ?? "", draft);
  readTokens(colon === null ? rest : rest.slice(colon[0].length), draft);
}

/** Text after a colon: a title, VitePress's `ts:line-numbers=5` or `ts:no-line-numbers`, or `js:diff`. */
function readColon(text: string, draft: Draft): void {
  const [, name = "", value = ""] = /^([\w-]+)(?:=(\w+))?$/.exec(text) ?? [];
  if (NUMBERS.has(name.toLowerCase())) readKey(name, value, text, draft);
  else if (name !== "no-line-numbers" && !(isDiffName(name) && isOtherLanguage(name, draft)))
    draft.title = text;
}

function readAttributes(text: string, draft: Draft): void {
  for (const token of text.split(/\s+/)) {
    if (/^\.(?:numberLines|number-lines|line-numbers)$/i.test(token)) draft.firstNumber ??= 1;
    else if (token.startsWith(".") && draft.lang === null) draft.lang = token.slice(1);
    else if (token.startsWith(".") && isOtherLanguage(token.slice(1), draft)) continue;
    else if (!token.startsWith("#")) readTokens(token, draft);
  }
}

function readTokens(text: string, draft: Draft): void {
  for (const match of text.matchAll(TOKEN)) {
    const [whole, key, double, single, braces, brackets, bare, range, pattern, quoted, quotedSingle, word] =
      match;
    if (key !== undefined) readKey(key, double ?? single ?? braces ?? brackets ?? bare ?? "", whole, draft);
    else if (range !== undefined) readBraces(range, draft);
    else if (pattern !== undefined) addWord(pattern.replace(/\\(.)/g, "$1"), "mark", draft);
    else if (quoted !== undefined) addWord(quoted, "mark", draft);
    else if (quotedSingle !== undefined) addWord(quotedSingle, "mark", draft);
    else if (word !== undefined) readWord(word, draft);
  }
}

const TITLES = new Set(["title", "filename", "file", "name", "caption"]);
const NUMBERS = new Set([
  ...["showlinenumbers", "linenos", "linenums", "numberlines", "number-lines", "linenumbers", "line-numbers"],
]);
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
    else addWord(value.replace(/^["'/]|["'/]$/g, ""), mark, draft);
  } else if (/^(?:lang|language)$/.test(lower) && isOtherLanguage(value, draft)) return;
  else if (lower === "diff" && /^(?:true|1)$/i.test(value)) draft.isDiff = true;
  else draft.unknown.push(whole);
}

/** `{1,3-4}`, `{.numberLines}`, `{numberLines: true}`, `{linenos=table,hl_lines=[1]}`, `{"A label":1-3}`. */
function readBraces(text: string, draft: Draft): void {
  const [, label, labeledLines] = /^\s*("[^"]*"):\s*([\d,\s-]+)$/.exec(text) ?? [];
  if (/^[\d,\s.-]*\d[\d,\s.-]*$/.test(text)) addLines(text, "mark", draft);
  else if (label !== undefined && labeledLines !== undefined) {
    addLines(labeledLines, "mark", draft);
    draft.unknown.push(label);
  } else if (/^\s*[.#]/.test(text)) readAttributes(text.trim(), draft);
  else readTokens(text.replace(/,(?=\s*[\w-]+\s*[=:])/g, " ").replace(/([\w-]+):\s*(?=\S)/g, "$1="), draft);
}

function addWord(text: string, mark: LineMark, { words }: Draft): void {
  if (text !== "") words.push({ text, mark });
}

function readWord(word: string, draft: Draft): void {
  // VitePress: `{1,3}:line-numbers`.
  if (/^:[\w-]+(?:=\w+)?$/.test(word) && draft.title === null) {
    readColon(word.slice(1), draft);
    return;
  }
  const [, name = "", first] = /^([\w-]+)(?:\{(\d+)\})?$/.exec(word) ?? [];
  if (NUMBERS.has(name.toLowerCase())) draft.firstNumber ??= Number(first ?? 1);
  else if (/^mark:[\d,-]+$/.test(word)) addLines(word.slice(5), "mark", draft);
  else if (draft.title === null && /^[\w./@-]+\.\w{1,8}$/.test(word)) draft.title = word;
  else if (!isOtherLanguage(word, draft)) draft.unknown.push(word);
}

/** Maximum number of lines in one range, so that a typo doesn't use up memory. */
const MAX_LINES = 10_000;

function addLines(ranges: string, mark: LineMark, { lines, unknown }: Draft): void {
  for (const range of ranges.replace(/["']/g, "").split(/[\s,]+/)) {
    if (range === "") continue;
    const [, from, to = from] = /^(\d+)(?:(?:[-–]|\.\.)(\d+))?$/.exec(range) ?? [];
    if (from === undefined) {
      unknown.push(range);
      continue;
    }
    const [first, last] = [Number(from), Number(to)].toSorted((a, b) => a - b);
    const end = Math.min(last ?? 0, (first ?? 0) + MAX_LINES);
    for (let line = first ?? 0; line <= end; line += 1) lines.set(line, mark);
  }
}
