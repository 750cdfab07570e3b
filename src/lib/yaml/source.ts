/**
 * YAML as authors write it: plain values (YAML 1.2 core schema, so that a date stays text and is never read in the
 * machine's zone), and for each key the line on which it stands.
 */
import { isMap, isPair, isSeq, LineCounter, parseDocument } from "yaml";
import type { Document, YAMLError } from "yaml";
import type { AuthorIssue } from "../author-error.ts";

export interface YamlSource {
  /** Path from the project's root. */
  readonly file: string;
  /** Plain data; null when the text is empty or broken. */
  readonly data: unknown;
  /** What keeps the text from being read; `data` is null then. */
  readonly issues: readonly AuthorIssue[];
  /** 1-based line in the file of the key at a path, or of the nearest key around it. */
  lineOf(path: readonly PropertyKey[]): number;
}

/**
 * Reads YAML text.
 * @param lineOffset lines of the file before the text begins.
 */
export function readYaml(text: string, file: string, lineOffset = 0): YamlSource {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    schema: "core",
    lineCounter,
    prettyErrors: false,
    logLevel: "silent",
  });
  const lineAt = (offset: number): number => lineOffset + Math.max(1, lineCounter.linePos(offset).line);
  const issues = document.errors.slice(0, 1).map((error) => yamlIssue(error, text, file, lineAt));
  return {
    file,
    data: issues.length === 0 ? toData(document) : null,
    issues,
    lineOf: (path) => lineAt(offsetOf(document, path)),
  };
}

function toData(document: Document): unknown {
  const data: unknown = document.toJS({ maxAliasCount: 100 });
  return data === undefined ? null : data;
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const key of path) {
    const pair = isMap(node)
      ? node.items.find((item) => isPair(item) && keyOf(item.key) === String(key))
      : undefined;
    if (pair !== undefined) {
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof key === "number") {
      node = node.items[key];
      offset = startOf(node) ?? offset;
    } else {
      break;
    }
  }
  return offset ?? 0;
}

function keyOf(key: unknown): string {
  return String(isNodeWithValue(key) ? key.value : key);
}

function isNodeWithValue(node: unknown): node is { value: unknown } {
  return typeof node === "object" && node !== null && "value" in node;
}

function startOf(node: unknown): number | undefined {
  if (typeof node !== "object" || node === null || !("range" in node) || !Array.isArray(node.range))
    return undefined;
  const start: unknown = node.range[0];
  return typeof start === "number" ? start : undefined;
}

function yamlIssue(
  error: YAMLError,
  text: string,
  file: string,
  lineAt: (offset: number) => number,
): AuthorIssue {
  const start = error.pos[0];
  const written = lineOfText(text, start);
  return {
    message: `The YAML can't be read: ${reasonOf(error, written)}`,
    file,
    line: lineAt(start),
    hint: hintFor(error, written),
  };
}

function reasonOf(error: YAMLError, written: string): string {
  if (error.code === "DUPLICATE_KEY") return `the key \`${keyOn(written)}\` is there twice`;
  const reason = REASONS[error.code];
  if (reason !== undefined) return reason;
  const firstSentence = error.message.split("\n")[0] ?? "";
  return firstSentence.charAt(0).toLowerCase() + firstSentence.slice(1);
}

const REASONS: Readonly<Partial<Record<YAMLError["code"], string>>> = {
  BAD_INDENT: "a line is indented differently from those around it",
  BAD_SCALAR_START: "a text begins with a sign that YAML keeps for itself",
  BLOCK_AS_IMPLICIT_KEY: "there is a second colon on the line",
  BLOCK_IN_FLOW: "a bracket isn't closed",
  MISSING_CHAR: "a quote, bracket or colon is missing",
  MULTILINE_IMPLICIT_KEY: "a line has no colon",
  TAB_AS_INDENT: "a line is indented with a tab",
  UNEXPECTED_TOKEN: "something follows where a value has ended",
};

function keyOn(written: string): string {
  return /^[\s-]*["']?([^:"']+)/.exec(written)?.[1]?.trim() ?? "";
}

function hintFor(error: YAMLError, written: string): string {
  if (error.code === "DUPLICATE_KEY") return "Keep one of the two lines.";
  if (error.code === "TAB_AS_INDENT") return "Indent with spaces, two for each level.";
  const pair = /^(\s*(?:- )?[\p{L}\w-]+): +(\S.*)$/u.exec(written);
  if (pair?.[1] !== undefined && pair[2] !== undefined && needsQuotes(pair[2])) {
    return `A text that holds a colon, a # or begins with a sign needs quotes:\n${pair[1]}: ${JSON.stringify(unquoted(pair[2]))}`;
  }
  return "Each line is `key: value`; lists and groups are indented with spaces:\ntitle: Over the fence\ntags: [customers, privacy]";
}

function needsQuotes(value: string): boolean {
  return /: |:$| #|^[@`%&*!|>[\]{}"',?-]/.test(value);
}

/** A quoted text that went wrong, such as `"He said "hi""`, without its outer quotes. */
function unquoted(value: string): string {
  const trimmed = value.trim();
  const inner = /^(["'])(.*)\1$/.exec(trimmed)?.[2];
  return inner ?? trimmed.replace(/^["']/, "");
}

function lineOfText(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", start);
  return text.slice(start, end === -1 ? undefined : end).replace(/\r$/, "");
}
