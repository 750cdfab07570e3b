/** Rewrites front matter of other generators with our keys, keeping comments, order and everything else. */
import { isMap, isScalar, parseDocument, stringify } from "yaml";
import type { Pair } from "yaml";
import { divide, type Divided } from "../../yaml/front-matter.ts";
import { tagSlug } from "../../site/slug.ts";
import { readFrontMatter } from "../../yaml/read-front-matter.ts";
import { coverOf, isRecord } from "../front-matter/convert.ts";
import { meantKey } from "../front-matter/foreign-keys.ts";
import { knownKeys, translateHead, type HeadKind } from "../front-matter/read-head.ts";
import type { Translated } from "../front-matter/translation.ts";

export interface FixedText {
  readonly text: string;
  /** A phrase for each change, such as `pubDate → date`. */
  readonly changes: readonly string[];
}

/**
 * The text of a file with our keys; null if there is nothing to change, or if its front matter can't be parsed or
 * rewritten without other changes.
 * @param tagNames spelling of each tag, by its slug.
 */
export function fixFrontMatter(
  text: string,
  file: string,
  kind: HeadKind,
  tagNames: ReadonlyMap<string, string> = new Map(),
): FixedText | null {
  const divided = divide(text);
  const source = readFrontMatter(divided, file);
  if (divided.head === null || divided.closesAt !== null || source.issues.length > 0) return null;
  const translated = translateHead(source, kind);
  const wanted = wantedData(translated, kind, tagNames);
  const changes = changesOf(translated, wanted);
  if (changes.length === 0 || translated.issues.length > 0 || !isRecord(source.data)) return null;
  const isYaml = divided.format === "yaml" && text.replace(/^\uFEFF/, "").trimStart().startsWith("---");
  const spliced = isYaml ? spliceYaml(divided.head, source.data, translated, wanted) : null;
  const heads = [spliced, comments(divided) + stringifyAll(wanted.data)].filter((head) => head !== null);
  const expected = settled(wanted.data);
  for (const head of heads) {
    const fixed = `---\n${head}---\n${divided.body}`;
    const again = translateHead(readFrontMatter(divide(fixed), file), kind);
    const found = wantedData(again, kind, tagNames);
    const isDone = settled(found.data) === expected && changesOf(again, found).length === 0;
    if (isDone && divide(fixed).body === divided.body) return { text: fixed, changes };
  }
  return null;
}

interface Wanted {
  /** All keys after the rewrite, in the order of the file. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Unknown keys, which are moved below `extra`. */
  readonly moved: readonly string[];
  /** A phrase for each change to a value of our own keys. */
  readonly values: readonly string[];
}

function wantedData({ source }: Translated, kind: HeadKind, tagNames: ReadonlyMap<string, string>): Wanted {
  const known = knownKeys(kind);
  const read = isRecord(source.data) ? source.data : {};
  const moved = Object.keys(read).filter((key) => !known.includes(key) && meantKey(key, known) === null);
  const written = Object.entries(read).map(([key, value]) => [key, asWritten(value, [key], source)]);
  const kept = written.filter(([key]) => !moved.includes(String(key)) && key !== "extra");
  const own = isRecord(read["extra"]) ? read["extra"] : {};
  const extra = { ...own, ...Object.fromEntries(moved.map((key) => [key, read[key]])) };
  const hasExtra = Object.keys(extra).length > 0 || "extra" in read;
  const values: string[] = [];
  const data = kept.map(([key, value]) => {
    const fixed = key === "cover" && typeof value === "string" ? coverOf(value) : key === "tags" ? spelled(value, tagNames) : value;
    if (fixed !== value) values.push(key === "cover" ? "cover → cover.src" : `tags: ${String(fixed)}`);
    return [key, fixed] as const;
  });
  return { data: { ...Object.fromEntries(data), ...(hasExtra ? { extra } : {}) }, moved, values };
}

/** Tags in their common spelling, without duplicates; the value itself if there is nothing to change. */
function spelled(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (!Array.isArray(value) || !value.every((tag) => typeof tag === "string")) return value;
  const tags = [...new Set(value.map((tag) => names.get(tagSlug(tag)) ?? tag))];
  return tags.length === value.length && tags.every((tag, at) => tag === value[at]) ? value : tags;
}

/** Replaces numbers with their written form, so that `3.10` doesn't become 3.1. */
function asWritten(value: unknown, path: readonly PropertyKey[], source: Translated["source"]): unknown {
  if (Array.isArray(value)) return value.map((item, at) => asWritten(item, [...path, at], source));
  return typeof value === "number" ? (source.writtenAt(path) ?? String(value)) : value;
}

/** Canonical form for comparison: sorted by key, without empty values. */
function settled(data: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(data).filter(([, value]) => value !== null && value !== "");
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function changesOf({ readings }: Translated, { moved, values }: Wanted): readonly string[] {
  return [
    ...readings.map(({ from, to }) => (to === null ? `${from} left out` : `${from} → ${to}`)),
    ...moved.map((key) => `${key} → extra.${key}`),
    ...values,
  ];
}

function stringifyAll(data: Readonly<Record<string, unknown>>): string {
  return Object.keys(data).length === 0 ? "" : stringify(data, { lineWidth: 0, flowCollectionPadding: false });
}

/** Comment lines of TOML front matter, which are moved to the beginning of the YAML. */
function comments({ format, head }: Divided): string {
  if (format !== "toml") return "";
  return [...(head ?? "").matchAll(/^[ \t]*#.*$/gm)].map(([line]) => `${line.trim()}\n`).join("");
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits YAML in place, keeping comments and order. Null if it isn't a block mapping with a key per line. */
function spliceYaml(
  head: string,
  before: Readonly<Record<string, unknown>>,
  { origins }: Translated,
  { data, moved }: Wanted,
): string | null {
  const { contents } = parseDocument(head, { schema: "core", merge: true, logLevel: "silent" });
  if (!isMap(contents) || contents.flow === true) return null;
  const targets = new Map([...origins].flatMap(([to, from]) => from.map((key, at) => [key, { to, isFirst: at === 0 }])));
  const edits = contents.items.flatMap((pair): Edit[] => {
    const place = placeOf(pair, head);
    if (place === null) return [];
    const target = targets.get(place.key);
    const removal = { start: place.start, end: place.end, text: "" };
    if (moved.includes(place.key) || place.key === "extra") return [removal];
    if (target === undefined && place.key in data) return [];
    if (target === undefined || !target.isFirst) return [removal];
    const isWritten = isSame(before[place.key], data[target.to]);
    if (isWritten && (origins.get(target.to)?.length ?? 0) === 1)
      return target.to === place.key ? [] : [{ start: place.start, end: place.keyEnd, text: target.to }];
    return [{ ...removal, text: stringifyAll({ [target.to]: data[target.to] }) }];
  });
  const spliced = edits
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: replacement }) => text.slice(0, start) + replacement + text.slice(end), head);
  const extra = data["extra"] === undefined ? "" : stringifyAll({ extra: data["extra"] });
  return (spliced === "" || spliced.endsWith("\n") ? spliced : `${spliced}\n`) + extra;
}

/** Whether two values are equal; a number is equal to any string, which is its written form. */
function isSame(before: unknown, after: unknown): boolean {
  if (Array.isArray(before) && Array.isArray(after))
    return before.length === after.length && before.every((item, at) => isSame(item, after[at]));
  return (typeof before === "number" && typeof after === "string") || JSON.stringify(before) === JSON.stringify(after);
}

function placeOf({ key, value }: Pair, head: string) {
  if (!isScalar(key) || !key.range) return null;
  const [start, keyEnd] = key.range;
  const valueEnd = rangeEnd(value) ?? keyEnd;
  const isAtLineStart = valueEnd > start && head[valueEnd - 1] === "\n";
  const newline = head.indexOf("\n", valueEnd);
  const end = isAtLineStart ? valueEnd : newline === -1 ? head.length : newline + 1;
  return { key: String(key.value), start, keyEnd, end };
}

function rangeEnd(node: unknown): number | null {
  if (typeof node !== "object" || node === null || !("range" in node) || !Array.isArray(node.range)) return null;
  const end: unknown = node.range[2];
  return typeof end === "number" ? end : null;
}
