/**
 * Reads YAML as plain values with the line of each key. Uses the YAML 1.2 core schema, so that a date stays text and is
 * never interpreted in the machine's time zone.
 */
import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, visit } from "yaml";
import type { Document, Pair, ScalarTag } from "yaml";
import type { AuthorIssue } from "../author-error.ts";
import { conflictIssue } from "./conflict-markers.ts";
import { slipsIn } from "./slips.ts";
import { quoted, yamlIssue } from "./syntax.ts";

/** `!!timestamp 2026-03-01` gives the date as text; `!!binary`, which Ruby writes for non-ASCII text, is decoded. */
const AS_TEXT: ScalarTag[] = [
  { tag: "tag:yaml.org,2002:timestamp", resolve: (text) => text },
  ...["tag:yaml.org,2002:binary", "!binary"].map((tag) => ({
    tag,
    resolve: (text: string) => Buffer.from(text, "base64").toString("utf8"),
  })),
];

/** Keys and values of an author's file, in whatever data format it is written. */
export interface YamlSource {
  /** Path from the project's root. */
  readonly file: string;
  /** Plain data; null when the text is empty or broken. */
  readonly data: unknown;
  /** Errors that prevent reading the text; `data` is null then. */
  readonly issues: readonly AuthorIssue[];
  /** 1-based line in the file of the key at a path, or of the nearest key around it. */
  lineOf(path: readonly PropertyKey[]): number;
  /** A scalar as it was written, such as `3.10`, without quotes; null when there is none at the path. */
  writtenAt(path: readonly PropertyKey[]): string | null;
}

/**
 * Reads YAML text.
 * @param lineOffset number of lines in the file before the text.
 */
export function readYaml(written: string, file: string, lineOffset = 0): YamlSource {
  const text = indentedQuotes(written);
  const conflict = conflictIssue(text.replaceAll("\r\n", "\n"), file);
  if (conflict !== null) return unreadable({ ...conflict, line: (conflict.line ?? 1) + lineOffset });
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    schema: "core",
    customTags: AS_TEXT,
    merge: true,
    lineCounter,
    prettyErrors: false,
    logLevel: "silent",
  });
  const lineAt = (offset: number): number => lineOffset + Math.max(1, lineCounter.linePos(offset).line);
  const error = document.errors.find(({ code }) => code === "MISSING_CHAR") ?? document.errors[0];
  const hasKeys = error === undefined && (isMap(document.contents) || document.contents === null);
  const slips = hasKeys ? [] : slipsIn(text, file, lineOffset);
  const broken = error === undefined || slips.length > 0 ? slips : [yamlIssue(error, text, file, lineAt)];
  const data = broken.length === 0 ? toData(document) : null;
  const aliases: AuthorIssue[] =
    data instanceof AliasProblem
      ? [{ ...data.issue, file, line: lineOffset + 1, ...starredText(text, lineOffset) }]
      : [];
  const comments =
    broken.length === 0
      ? [...hiddenByComments(document, text, file, lineAt), ...hiddenByMarks(document, text, file, lineAt)]
      : [];
  const issues = [...broken, ...aliases, ...comments];
  return {
    file,
    data: issues.length === 0 ? data : null,
    issues,
    lineOf: (path) => lineAt(offsetOf(document, path)),
    writtenAt: (path) => {
      const node = document.getIn(path.map(keyInPath), true);
      return isScalar(node) ? (node.source ?? null) : null;
    },
  };
}

/**
 * Indents the continuation lines of a quoted value that start at the beginning of the line. Jekyll, Hugo and Eleventy
 * accept such lines, and their meaning is unambiguous.
 */
function indentedQuotes(text: string): string {
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const [, quote, rest = ""] = /^[\w-]+:[ \t]+(["'])(.*)$/.exec(lines[at] ?? "") ?? [];
    if (quote === undefined || rest.includes(quote)) continue;
    const end = lines.findIndex((line, index) => index > at && line.includes(quote));
    if (end === -1 || !(lines[end] ?? "").trimEnd().endsWith(quote)) continue;
    for (let line = at + 1; line <= end; line += 1) lines[line] = (lines[line] ?? "").replace(/^(?=\S)/, " ");
    at = end;
  }
  return lines.join("\n");
}

/** A source that couldn't be read, with the reason. */
export function unreadable(issue: AuthorIssue): YamlSource {
  const line = issue.line ?? 1;
  return { file: issue.file, data: null, issues: [issue], lineOf: () => line, writtenAt: () => null };
}

function keyInPath(key: PropertyKey): string | number {
  return typeof key === "number" ? key : String(key);
}

class AliasProblem {
  readonly issue: Pick<AuthorIssue, "message" | "hint">;

  constructor(message: string) {
    this.issue = {
      message: `The YAML can't be read: ${message}`,
      hint: "`&name` marks a value and `*name` repeats it. Write the values out instead.",
    };
  }
}

/** Converts a document to plain data. Values that contain themselves are rejected before anything is built. */
function toData(document: Document): unknown {
  if (isCyclic(document)) return new AliasProblem("a value contains itself through `&` and `*`");
  try {
    const data: unknown = document.toJS({ maxAliasCount: 100 });
    return data === undefined ? null : data;
  } catch (error) {
    if (error instanceof ReferenceError) {
      const isBomb = error.message.startsWith("Excessive");
      return new AliasProblem(
        isBomb
          ? "its `*` aliases repeat values too often"
          : "a `*` alias names a value that isn't marked with `&`",
      );
    }
    if (error instanceof Error) return new AliasProblem(`\`<<\` needs keys with values (${error.message})`);
    throw error;
  }
}

function isCyclic(document: Document): boolean {
  let isFound = false;
  visit(document, {
    Alias: (_, alias, path) => {
      const target = alias.resolve(document);
      if (target === undefined || !path.includes(target)) return undefined;
      isFound = true;
      return visit.BREAK;
    },
  });
  return isFound;
}

/** Finds text that YAML reads as a comment because it begins with a `#`: `title: #100days`. */
function hiddenByComments(
  document: Document,
  text: string,
  file: string,
  lineAt: (offset: number) => number,
): AuthorIssue[] {
  const inList = /^(\s*- )(#[^\s#!-].*)$/m.exec(text);
  const items = inList === null || !isNothing(document, inList.index) ? [] : [inList];
  const lost = items.map(({ 1: dash = "", 2: tag = "", index }) => ({
    message: `A \`#\` after a space begins a comment, so this list item is empty: ${tag}`,
    file,
    line: lineAt(index),
    hint: `Leave the # out, or put the text in quotes:\n${dash}${tag.replace(/^#/, "")}`,
  }));
  return [
    ...lost,
    ...pairsIn(document).flatMap(({ key, value }) => {
      if (!isScalar(value) || !value.comment || /^[\s!#-]/.test(value.comment)) return [];
      const isText = value.value === null || (typeof value.value === "string" && value.type === "PLAIN");
      const start = startOf(key);
      if (!isText || start === undefined || /^\d/.test(String(value.value ?? ""))) return [];
      const lineEnd = text.indexOf("\n", start);
      const written = text.slice(start, lineEnd === -1 ? undefined : lineEnd).trimEnd();
      const name = keyOf(key);
      const whole = written.slice(written.indexOf(":") + 1).trim();
      if (!written.includes(`#${value.comment.split("\n")[0] ?? ""}`)) return [];
      return [
        {
          message: `A \`#\` after a space begins a comment, so \`${name}\` is only: ${String(value.value ?? "nothing")}`,
          file,
          line: lineAt(start),
          hint: `Put the text in quotes; before a comment of your own write \`# \`, with a space:\n${name}: ${quoted(whole)}`,
        },
      ];
    }),
  ];
}

/** Whether an empty list item starts at or after an offset; a line of block text may just look like one. */
function isNothing(document: Document, offset: number): boolean {
  let isFound = false;
  visit(document, {
    Seq: (_, { items }) => {
      isFound ||= items.some(
        (item) => isScalar(item) && item.value === null && (startOf(item) ?? -1) >= offset,
      );
    },
  });
  return isFound;
}

/** Finds text whose first word YAML reads as a tag or an anchor: `title: !important`, `title: &amp`. */
function hiddenByMarks(
  document: Document,
  text: string,
  file: string,
  lineAt: (offset: number) => number,
): AuthorIssue[] {
  const repeated = new Set<string>();
  visit(document, { Alias: (_, { source }) => void repeated.add(source) });
  return pairsIn(document).flatMap(({ key, value }) => {
    if (!isScalar(value)) return [];
    const isAnchor = value.anchor !== undefined && !repeated.has(value.anchor);
    const isTag = value.tag?.startsWith("!") === true && !/^!!|^!binary$/.test(value.tag);
    const start = startOf(key);
    if ((!isAnchor && !isTag) || start === undefined) return [];
    const name = keyOf(key);
    const written = (text.slice(start).split("\n", 1)[0] ?? "").trimEnd();
    const whole = written.slice(written.indexOf(":") + 1).trim();
    return [
      {
        message: `YAML reads a text that begins with ${isAnchor ? "& as an anchor" : "! as a tag"}: ${whole}`,
        file,
        line: lineAt(start),
        hint: `Put the text in quotes:\n${name}: ${quoted(whole)}`,
      },
    ];
  });
}

/** The first line with a value that begins with `*`, which YAML reads as an alias, and its corrected form. */
function starredText(text: string, lineOffset: number): Pick<AuthorIssue, "line" | "hint"> | null {
  const lines = text.split("\n");
  const at = lines.findIndex((line) => /^\s*(?:- )?[\w-]+:[ \t]+\*\S/.test(line));
  const [, before = "", value = ""] = /^(.*?:[ \t]+)(\*.*)$/.exec(lines[at] ?? "") ?? [];
  if (!/^\*[\w-]+$/.test(value.trim()) && value !== "")
    return {
      line: lineOffset + at + 1,
      hint: `A text that begins with a star needs quotes:\n${before}${quoted(value)}`,
    };
  return null;
}

/** All key-value pairs, including nested ones. */
function pairsIn(document: Document): readonly Pair[] {
  const pairs: Pair[] = [];
  visit(document, { Pair: (_, pair) => void pairs.push(pair) });
  return pairs;
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
    if (isAlias(node)) node = node.resolve(document);
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
