/**
 * YAML as authors write it: plain values (YAML 1.2 core schema, so that a date stays text and is never read in the
 * machine's zone), and for each key the line on which it stands.
 */
import { isMap, isPair, isSeq, LineCounter, parseDocument } from "yaml";
import type { Document } from "yaml";
import type { AuthorIssue } from "../author-error.ts";
import { yamlIssue } from "./syntax.ts";

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
  const error = document.errors.find(({ code }) => code === "MISSING_CHAR") ?? document.errors[0];
  const issues = error === undefined ? [] : [yamlIssue(error, text, file, lineAt)];
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
