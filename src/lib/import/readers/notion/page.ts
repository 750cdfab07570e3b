/** Reads a page of a Notion export: its title, the properties of its row, and its text. */
import { parseDate } from "../../../content/dates.ts";
import type { EntryState } from "../../archive.ts";
import { anyDate, englishDate } from "../source-dates.ts";

export interface NotionPage {
  readonly title: string;
  /** Values by property name, as written by Notion. */
  readonly properties: ReadonlyMap<string, string>;
  readonly text: string;
}

/** Property names that are recognized without a table. */
const COMMON = new Set(
  "tags tag category categories status state published publish draft date created author authors slug url summary description".split(
    " ",
  ),
);

/** @param columns column names of the page's database; empty for a page without one. */
export function readPage(source: string, columns: ReadonlySet<string>): NotionPage {
  const [, title = "", rest = source] = /^\s*#[ \t]+([^\n]*)\n?([\s\S]*)$/.exec(source) ?? [];
  const { properties, text } = takeProperties(rest.replace(/^\n+/, ""), columns);
  return { title: title.trim(), properties, text: plainBlocks(text) };
}

/** Splits off lines such as `Tags: a, b` after the title, if each of them is a property. */
function takeProperties(text: string, columns: ReadonlySet<string>): Omit<NotionPage, "title"> {
  const properties = new Map<string, string>();
  const [block = ""] = text.split(/\n[ \t]*\n/, 1);
  for (const line of block.split("\n")) {
    const [, name = "", value = ""] = /^([^:\n]{1,80}):[ \t]*(.*)$/.exec(line) ?? [];
    const isProperty = name !== "" && (columns.has(name) || COMMON.has(name.toLowerCase()));
    if (!isProperty) return { properties: new Map(), text };
    properties.set(name, value.trim());
  }
  return { properties, text: text.slice(block.length).replace(/^\n+/, "") };
}

/** Converts callouts to quotations, since Markdown within HTML isn't parsed. */
function plainBlocks(text: string): string {
  return text.replace(/^<aside>\n([\s\S]{0,20000}?)\n?<\/aside>$/gm, (_whole, inner: string) =>
    inner
      .trim()
      .split("\n")
      .map((line) => (line === "" ? ">" : `> ${line}`))
      .join("\n"),
  );
}

/** Shortens links to other pages to their ids, without folders. */
export function linksByNumber(text: string): string {
  return text
    .replace(/\]\((?!https?:)[^()\n]*?([0-9a-f]{32})\.md((?:#[^()\s]*)?)\)/gi, "]($1.md$2)")
    .replace(
      /\]\(https:\/\/www\.notion\.so\/[^()\s]*?([0-9a-f]{32})(?:\?[^()\s#]*)?((?:#[^()\s]*)?)\)/gi,
      "]($1.md$2)",
    )
    .replace(/\[([^\]\n]*)\]\((?!https?:)[^()\n]*?[0-9a-f]{32}(?:_all)?\.csv\)/gi, "$1");
}

export interface ReadProperties {
  readonly date: string | null;
  readonly updated: string | null;
  readonly state: EntryState;
  /** Whether the page has a property for its publication state. */
  readonly saysState: boolean;
  readonly tags: readonly string[];
  readonly authors: readonly string[];
  readonly slug: string;
  readonly description: string | null;
  /** Names of the properties that were used. */
  readonly used: ReadonlySet<string>;
}

export function readProperties(properties: ReadonlyMap<string, string>): ReadProperties {
  const used = new Set<string>();
  const first = (pattern: RegExp): string => {
    for (const [name, value] of properties) {
      if (!pattern.test(name) || value === "") continue;
      used.add(name);
      return value;
    }
    return "";
  };
  const published = dateOf(first(/^(?:publish(?:ed)?(?: (?:date|on|at))?|publication date|date|posted)$/i));
  const created = dateOf(first(/^(?:created(?: time| at| on)?|creation date)$/i));
  const other = published ?? created ?? dateOf(first(/\b(?:date|day)\b/i));
  const updated = dateOf(first(/^(?:last edited(?: time)?|updated(?: at)?|modified)$/i));
  const { state, says } = stateOf(properties, used);
  return {
    date: other,
    updated,
    state,
    saysState: says,
    tags: listOf(`${first(/^tags?$/i)},${first(/^(?:categor(?:y|ies)|topics?)$/i)}`),
    authors: listOf(first(/^(?:authors?|written by)$/i)),
    slug: first(/^(?:slug|permalink)$/i),
    description: first(/^(?:summary|description|excerpt|subtitle)$/i) || null,
    used,
  };
}

/** `March 17, 2008 10:22 AM`, `2008/03/17`, and ranges with an arrow, of which the start is used. */
function dateOf(value: string): string | null {
  const text = value.replace(/^@/, "").split("→", 1)[0]?.trim() ?? "";
  if (text === "" || /^(?:yes|no)$/i.test(text)) return null;
  const named = englishDate(text);
  if (named !== null) return named;
  const parsed = parseDate(text, "UTC");
  if (!parsed.isValid) return null;
  // A time without a zone is in the blog's time zone.
  if (/(?:[Zz]|[+-]\d\d:?\d\d)$/.test(text)) return anyDate(parsed.instant);
  return parsed.instant.slice(0, /\d:\d/.test(text) ? 19 : 10);
}

const PUBLIC = /^(?:published|public|live|posted|done|complete[d]?|yes|true|✅.*)$/i;
const SCHEDULED = /^(?:scheduled|queued)$/i;
const HELD = /^(?:private|archived|internal|deleted)$/i;

/** A page is a draft unless a property says that it was published. */
function stateOf(
  properties: ReadonlyMap<string, string>,
  used: Set<string>,
): { state: EntryState; says: boolean } {
  let isPublic: boolean | null = null;
  for (const [name, value] of properties) {
    const isDraftBox = /^draft$/i.test(name);
    if (!isDraftBox && !/^(?:status|state|published\??|publish|public|visibility)$/i.test(name)) continue;
    if (value === "" || dateOf(value) !== null) continue;
    used.add(name);
    if (HELD.test(value)) return { state: "private", says: true };
    if (SCHEDULED.test(value)) return { state: "scheduled", says: true };
    const says = PUBLIC.test(value) !== isDraftBox;
    // If two properties contradict each other, the page stays a draft.
    isPublic = isPublic === null ? says : isPublic && says;
  }
  return { state: isPublic === true ? "public" : "draft", says: isPublic !== null };
}

function listOf(value: string): string[] {
  return value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
