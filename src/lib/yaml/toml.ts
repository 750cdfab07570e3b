/** Reads TOML front matter, as Hugo and Zola write it, into the same form as YAML. */
import { parse, TomlDate, TomlError } from "smol-toml";
import type { AuthorIssue } from "../author-error.ts";
import { conflictIssue } from "./conflict-markers.ts";
import { unreadable, type YamlSource } from "./source.ts";

/**
 * Reads TOML text. Dates are returned as text, with a time zone only where one was written.
 * @param lineOffset number of lines in the file before the text.
 */
export function readToml(text: string, file: string, lineOffset = 0): YamlSource {
  const conflict = conflictIssue(text, file);
  if (conflict !== null) return unreadable({ ...conflict, line: (conflict.line ?? 1) + lineOffset });
  const places = placesOf(text);
  try {
    return {
      file,
      data: plain(parse(text, { integersAsBigInt: "asNeeded" })),
      issues: [],
      lineOf: (path) => lineOffset + nearest(path, places),
      writtenAt: (path) => writtenAt(path, places),
    };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return unreadable(tomlIssue(error, text, file, lineOffset));
  }
}

function tomlIssue(error: TomlError, text: string, file: string, lineOffset: number): AuthorIssue {
  const reason = error.message.split("\n")[0]?.replace(/^Invalid TOML document: /, "") ?? "";
  const line = text.split("\n")[error.line - 1]?.trim() ?? "";
  const [, key, value] = /^([\w-]+)\s*[:=]\s*(.*)$/.exec(line) ?? [];
  const isText = key !== undefined && value !== undefined && !/^["'[{]/.test(value);
  const example = isText ? `${key} = ${JSON.stringify(value)}` : 'title = "Over the fence"';
  return {
    message: `The TOML between the +++ lines can't be read: ${reason}`,
    file,
    line: lineOffset + error.line,
    hint: `Each line is \`key = value\`; text is in quotes:\n${example}`,
  };
}

function plain(value: unknown): unknown {
  if (value instanceof TomlDate) return value.toISOString().replace(/\.000(?=$|[Z+-])/, "");
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

interface Place {
  readonly line: number;
  /** The value after `=`; empty for a table. */
  readonly value: string;
}

/** Positions of keys and tables by their dotted path. */
function placesOf(text: string): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  let table = "";
  for (const [at, line] of text.split("\n").entries()) {
    const header = /^\s*\[\[?\s*([^\]]+?)\s*\]\]?/.exec(line)?.[1];
    const [, key, value] = /^\s*("[^"]+"|'[^']+'|[\w.-]+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (header !== undefined && key === undefined) {
      table = `${nameOf(header)}.`;
      places.set(nameOf(header), { line: at + 1, value: "" });
    } else if (key !== undefined && !places.has(table + nameOf(key))) {
      places.set(table + nameOf(key), { line: at + 1, value: value ?? "" });
    }
  }
  return places;
}

function nameOf(key: string): string {
  return key.replaceAll(/["'\s]/g, "");
}

function nearest(path: readonly PropertyKey[], places: ReadonlyMap<string, Place>): number {
  for (let length = path.length; length > 0; length--) {
    const place = places.get(path.slice(0, length).map(String).join("."));
    if (place !== undefined) return place.line;
  }
  return 1;
}

/** A scalar as it was written, without quotes, alone or in a list. */
function writtenAt(path: readonly PropertyKey[], places: ReadonlyMap<string, Place>): string | null {
  const last = path.at(-1);
  const isItem = typeof last === "number";
  const place = places.get((isItem ? path.slice(0, -1) : path).map(String).join("."));
  if (place === undefined) return null;
  const tokens = place.value.match(/"(?:[^"\\]|\\.)*"|'[^']*'|[^\s,[\]]+/g) ?? [];
  return tokens[isItem ? last : 0]?.replace(/^(["'])(.*)\1$/, "$2") ?? null;
}
