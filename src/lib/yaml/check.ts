/**
 * Checks YAML against a Zod schema and reports every error with its line, what was expected, and a corrected example:
 * the author's own value where the correction is obvious, else the example in the schema.
 *
 * A custom message in a schema completes the sentence "`key` should be …"; `params.fix` of a custom issue is the
 * corrected value, `params.hint` replaces the whole hint, and `params.fault` replaces everything after the key.
 */
import * as z from "zod";
import { stringify } from "yaml";
import type { AuthorIssue } from "../author-error.ts";
import { didYouMean } from "../did-you-mean.ts";
import { slugOf } from "../site/slug.ts";
import { isWebAddress, webAddressMeant } from "../site/values.ts";
import { coerce } from "./coerce.ts";
import { jsonSchemaOf } from "./json-schema.ts";
import type { YamlSource } from "./source.ts";

export interface Checked<T> {
  /** Null when there are issues. */
  readonly value: T | null;
  /** The valid keys, so that checks across files can continue; the whole value when there are no issues. */
  readonly partial: Partial<T>;
  readonly issues: readonly AuthorIssue[];
}

export interface CheckOptions {
  /** Owner of the keys, such as `a post` or `content/site.yaml`: "`x` isn't a key of a post". */
  readonly owner: string;
  /** Hints for keys that other programs use, such as `pubDate`. */
  readonly otherNames?: Readonly<Record<string, string>>;
  /** Guesses the intended key for an unknown one; null falls back to the key with the most similar spelling. */
  readonly meantKey?: (key: string, known: readonly string[]) => string | null;
  /** Key under which a file can keep values that Backfence has no key for. */
  readonly extraKey?: string;
  /** Example values for missing keys, used in corrections. */
  readonly samples?: Readonly<Record<string, unknown>>;
}

/** Checks parsed data against a schema. Keys without a value or with empty text count as absent (see `NEVER_EMPTY`). */
export function checkYaml<T extends object>(
  schema: z.ZodObject & z.ZodType<T>,
  source: YamlSource,
  options: CheckOptions,
): Checked<T> {
  if (source.issues.length > 0) return { value: null, partial: {}, issues: source.issues };
  const data = coerce(schema, withoutEmpty(source.data ?? {}), source.writtenAt);
  if (!isRecord(data)) return { value: null, partial: {}, issues: [notKeys(schema, source, options)] };
  const result = schema.safeParse(data, { error: expectation });
  if (result.success) return { value: result.data, partial: result.data, issues: [] };
  const describe = describer(schema, { ...source, data, raw: source.data }, options);
  return { value: null, partial: validKeys(schema, data), issues: result.error.issues.flatMap(describe) };
}

function isRecord(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

/** Checks each key on its own and returns the valid ones. The cast is safe: each value was parsed by its own field. */
function validKeys<T extends object>(
  schema: z.ZodObject & z.ZodType<T>,
  data: Readonly<Record<string, unknown>>,
): Partial<T> {
  const right = Object.entries(schema.shape).flatMap(([key, field]) => {
    const result = z.safeParse(field, data[key]);
    return result.success && result.data !== undefined ? [[key, result.data]] : [];
  });
  return Object.fromEntries(right) as Partial<T>;
}

function notKeys(schema: z.ZodType, source: YamlSource, options: CheckOptions): AuthorIssue {
  const [key = "title", sample] = Object.entries(propertiesOf(jsonSchemaOf(schema)))[0] ?? [];
  return {
    message: `${options.owner.charAt(0).toUpperCase()}${options.owner.slice(1)} should consist of keys with values`,
    file: source.file,
    line: source.lineOf([]),
    hint: `For example:\n${stringify({ [key]: valueAt(sample, ["examples", 0]) }).trimEnd()}`,
  };
}

/** Completes "`key` should be …" for Zod's built-in checks. */
export function expectation(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return TYPES[issue.expected] ?? issue.expected;
    case "invalid_value":
      return choice(issue.values.map(String));
    case "too_small":
      return `at least ${amount(issue.minimum, issue.origin)}`;
    case "too_big":
      return `at most ${amount(issue.maximum, issue.origin)}`;
    default:
      return "written differently";
  }
}

/** A limit with its unit: characters of a text, entries of a list. Numbers have none. */
function amount(limit: number | bigint, origin: string): string {
  const [one, several] = UNITS[origin] ?? ["", ""];
  return `${limit}${Number(limit) === 1 ? one : several}`;
}

const UNITS: Readonly<Record<string, readonly [one: string, several: string]>> = {
  string: [" character", " characters"],
  array: [" entry", " entries"],
};

const TYPES: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "keys with values",
  record: "keys with values",
};

function choice(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}

/** A source with `data` coerced to the types of the schema; `raw` is the data before that. */
interface CheckedSource extends YamlSource {
  readonly raw: unknown;
}

function describer(
  schema: z.ZodType,
  source: CheckedSource,
  options: CheckOptions,
): (issue: z.core.$ZodIssue) => AuthorIssue[] {
  const root: unknown = jsonSchemaOf(schema);
  const describe = (issue: z.core.$ZodIssue): AuthorIssue[] => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) =>
        unknownKey(key, issue.path, source, options, schemaAt(root, issue.path)),
      );
    }
    const inner = issuesOfUnion(issue);
    if (inner !== null) return inner.flatMap(describe);
    // The correction for the first entry already covers the whole list.
    const isSaid = linksMeant(issue, source, root)?.isFirst === false;
    return isSaid ? [] : [wrongValue(issue, source, root, options)];
  };
  return describe;
}

/** Error of the union member whose type matches the value; null if none matches. */
function issuesOfUnion(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] | null {
  if (issue.code !== "invalid_union") return null;
  const meant = issue.errors.find(
    (errors) =>
      errors.length > 0 && !errors.some(({ code, path }) => code === "invalid_type" && path.length === 0),
  );
  return meant?.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })) ?? null;
}

function unknownKey(
  key: string,
  path: readonly PropertyKey[],
  source: YamlSource,
  options: CheckOptions,
  schema: unknown,
): AuthorIssue {
  const known = Object.keys(propertiesOf(schema));
  const owner = path.length === 0 ? options.owner : `\`${nameOf(path)}\``;
  const names = path.length === 0 ? Object.entries(options.otherNames ?? {}) : [];
  const advice = names.find(([name]) => plainName(name) === plainName(key))?.[1];
  const guess = (path.length === 0 ? options.meantKey : undefined)?.(key, known) ?? didYouMean(key, known);
  return {
    message: `\`${key}\` isn't a key of ${owner}`,
    file: source.file,
    line: source.lineOf([...path, key]),
    hint:
      advice ??
      (guess === null
        ? unknownHint(key, path, known, source, options)
        : `Did you mean \`${guess}\`?${known.includes(guess) ? otherwiseKept(key, path, source, options) : ""}`),
  };
}

/** A key in lower case and without separators, which programs write differently. */
function plainName(key: string): string {
  return key.toLowerCase().replaceAll(/[-_\s]/g, "");
}

function unknownHint(
  key: string,
  path: readonly PropertyKey[],
  known: readonly string[],
  source: YamlSource,
  { extraKey }: CheckOptions,
): string {
  if (path.length > 0 && known.length > 0) return `The keys of \`${nameOf(path)}\` are: ${known.join(", ")}.`;
  if (extraKey === undefined || path.length > 0) return "Leave it out, or look for its name in the docs.";
  return `Leave it out, or keep it for components of your own:\n${keptBelow(extraKey, key, source)}`;
}

/** Further advice for keys of up to three characters: they resemble many keys, so the guess may be wrong. */
function otherwiseKept(
  key: string,
  path: readonly PropertyKey[],
  source: YamlSource,
  { extraKey }: CheckOptions,
): string {
  if (extraKey === undefined || path.length > 0 || key.length > 3) return "";
  return ` Otherwise leave it out, or keep it for components of your own:\n${keptBelow(extraKey, key, source)}`;
}

function keptBelow(extraKey: string, key: string, source: YamlSource): string {
  return stringify({ [extraKey]: { [key]: valueAt(source.data, [key]) } }, { lineWidth: 0 }).trimEnd();
}

function wrongValue(
  issue: z.core.$ZodIssue,
  source: CheckedSource,
  root: unknown,
  { samples = {} }: CheckOptions,
): AuthorIssue {
  const name = nameOf(issue.path);
  const written = valueAt(source.data, issue.path);
  const sample = issue.path.length === 1 ? samples[String(issue.path[0])] : undefined;
  const placeholder = placeholderIn(valueAt(source.raw, issue.path));
  if (placeholder !== null)
    return {
      message: `\`${name}\` still contains an unfilled template placeholder: {{ ${placeholder} }}`,
      file: source.file,
      line: source.lineOf(issue.path),
      hint: sample === undefined ? example(issue, undefined, source, root) : yamlOf(issue.path, sample),
    };
  const isMissing = written === undefined || written === "";
  return {
    message: `\`${name}\` ${fault(issue, written)}`,
    file: source.file,
    line: source.lineOf(issue.path),
    hint:
      isMissing && sample !== undefined ? yamlOf(issue.path, sample) : example(issue, written, source, root),
  };
}

/** Name in a template placeholder, or null. YAML reads `{{ title }}` as a mapping whose key is a mapping. */
function placeholderIn(value: unknown): string | null {
  if (!isRecord(value)) return null;
  const [key = "", ...others] = Object.keys(value);
  if (others.length > 0 || value[key] !== null) return null;
  return /^\{\s*([\w.$| -]+?)(?:\s*:\s*null)?\s*\}$/.exec(key)?.[1] ?? null;
}

function fault(issue: z.core.$ZodIssue, written: unknown): string {
  const said: unknown = issue.code === "custom" ? issue.params?.["fault"] : undefined;
  if (typeof said === "string") return said;
  if (written === undefined) return "is missing";
  if (written === null || (typeof written === "string" && written.trim() === "")) return "is empty";
  return `should be ${issue.message}, but is ${shown(written)}`;
}

/** A value as it was written, shortened. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a group of keys";
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** Hint with the author's value, corrected if possible; else the schema's description and example. */
function example(issue: z.core.$ZodIssue, written: unknown, source: CheckedSource, root: unknown): string {
  const schema = schemaAt(root, issue.path);
  if (issue.code === "custom") {
    const { fix, hint }: { readonly fix?: unknown; readonly hint?: unknown } = issue.params ?? {};
    if (typeof hint === "string") return hint;
    if (fix !== undefined) return `Write it like this:\n${yamlOf(issue.path, fix)}`;
  }
  const isPicture = issue.code === "invalid_type" && "src" in propertiesOf(schema);
  if (isPicture && typeof written === "string")
    return `Give its path and a description:\n${flowOf(nameOf(issue.path), pictureMeant(written))}`;
  const links = linksMeant(issue, source, root);
  if (links !== null) return `Write it like this:\n${yamlOf(links.path, links.value)}`;
  if (issue.code === "invalid_type" && issue.expected === "string" && isTexts(written)) {
    const isProse = PROSE.has(nameOf(issue.path));
    if (isProse || written.length === 1)
      return `Write it as text:\n${yamlOf(issue.path, isProse ? `[${written.join(", ")}]` : written[0])}`;
  }
  const [around, sample] = wholeGroup(root, issue.path, written, source) ?? sampleFor(root, issue.path);
  return [textOf(schema, "description"), "For example:", yamlOf(around, sample)]
    .filter((line) => line !== null)
    .join("\n");
}

/** Converts a path or a Markdown image to the keys of a picture. */
function pictureMeant(written: string): { readonly src: string; readonly alt: string } {
  const [, alt, src] = /^!\[([^\]]*)\]\(([^)]*)\)$/.exec(written.trim()) ?? [];
  return { src: src ?? written, alt: alt === undefined || alt === "" ? "What it shows" : alt };
}

function flowOf(key: string, value: object): string {
  return `${key}: ${stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trim()}`;
}

/** Keys of prose: a YAML list there is probably text that begins with a word in brackets. */
const PROSE: ReadonlySet<string> = new Set(["title", "description", "kicker", "question"]);

function isTexts(value: unknown): value is readonly (string | number)[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((one) => typeof one === "string" || typeof one === "number")
  );
}

/** The author's group plus an example for its missing key; null if that isn't the problem or a key is unknown. */
function wholeGroup(root: unknown, path: readonly PropertyKey[], written: unknown, source: CheckedSource) {
  const around = path.slice(0, -1);
  const group = valueAt(source.data, around);
  const sample = valueAt(schemaAt(root, path), ["examples", 0]);
  const isKnown =
    isRecord(group) && Object.keys(group).every((key) => key in propertiesOf(schemaAt(root, around)));
  if (written !== undefined || sample === undefined || path.length < 2 || !isKnown) return null;
  return [around, { ...group, [String(path.at(-1))]: sample }] as const;
}

/** Corrects a list of links that contains plain strings: each gets a label and a URL. null for any other issue. */
function linksMeant(issue: z.core.$ZodIssue, source: CheckedSource, root: unknown) {
  const properties = propertiesOf(schemaAt(root, issue.path));
  const at = issue.path.at(-1);
  if (issue.code !== "invalid_type" || !("label" in properties && "url" in properties)) return null;
  const path = issue.path.slice(0, -1);
  const list = valueAt(source.data, path);
  if (!Array.isArray(list) || typeof at !== "number" || typeof list[at] !== "string") return null;
  const value = list.map((item: unknown) => (typeof item === "string" ? linkMeant(item) : item));
  return { path, value, isFirst: list.findIndex((item) => typeof item === "string") === at };
}

/** `about` means the page `/about/`; the label is the last part of a path, or the host of a web address. */
function linkMeant(text: string): { readonly label: string; readonly url: string } {
  const word = text.trim();
  const address = isWebAddress(word) ? word : webAddressMeant(word);
  if (address !== null) return { label: new URL(address).hostname.replace(/^www\./, ""), url: address };
  const name = word.split("/").findLast((part) => part !== "") ?? "Home";
  const label = name.charAt(0).toUpperCase() + name.slice(1).replaceAll("-", " ");
  return { label, url: word.startsWith("/") ? word : `/${slugOf(word)}/` };
}

/** The example for a path or, if there is none, for its nearest parent that has one; with that path. */
function sampleFor(root: unknown, path: readonly PropertyKey[]): readonly [readonly PropertyKey[], unknown] {
  const sample = valueAt(schemaAt(root, path), ["examples", 0]);
  return sample !== undefined || path.length === 0 ? [path, sample] : sampleFor(root, path.slice(0, -1));
}

function yamlOf(path: readonly PropertyKey[], value: unknown): string {
  return stringify(wrap(path, value), { lineWidth: 0, flowCollectionPadding: false }).trimEnd();
}

function wrap(path: readonly PropertyKey[], value: unknown): unknown {
  return path.reduceRight<unknown>(
    (inner, key) => (typeof key === "number" ? [inner] : { [String(key)]: inner }),
    value,
  );
}

function nameOf(path: readonly PropertyKey[]): string {
  return path
    .filter((key) => typeof key !== "number")
    .map(String)
    .join(".");
}

/** Keys that aren't dropped when empty but reported: an empty title is more likely forgotten than intended. */
const NEVER_EMPTY = new Set(["title", "name"]);

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    // In `redirects`, dropping an address without a target would hide the error.
    const isNeeded = NEVER_EMPTY.has(key) || key.startsWith("/");
    if (isNeeded && inner === null) return [[key, ""]];
    const isEmpty = inner === null || (typeof inner === "string" && inner.trim() === "" && !isNeeded);
    return isEmpty ? [] : [[key, withoutEmpty(inner)]];
  });
  return Object.fromEntries(entries);
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    data,
  );
}

/** The part of a JSON Schema for a path, also searched for in `anyOf` alternatives; `{}` if there is none. */
function schemaAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((schema, key) => {
    const child = typeof key === "number" ? itemsOf(schema) : propertiesOf(schema)[String(key)];
    return child ?? {};
  }, root);
}

function propertiesOf(schema: unknown): Readonly<Record<string, unknown>> {
  for (const candidate of [schema, ...alternatives(schema)]) {
    const properties = valueAt(candidate, ["properties"]);
    if (typeof properties === "object" && properties !== null)
      return Object.fromEntries(Object.entries(properties));
  }
  return {};
}

function itemsOf(schema: unknown): unknown {
  return [schema, ...alternatives(schema)].map((candidate) => valueAt(candidate, ["items"])).find(Boolean);
}

function alternatives(schema: unknown): readonly unknown[] {
  const anyOf = valueAt(schema, ["anyOf"]);
  return Array.isArray(anyOf) ? anyOf.flatMap((one: unknown) => [one, ...alternatives(one)]) : [];
}

function textOf(schema: unknown, key: string): string | null {
  const value = valueAt(schema, [key]);
  return typeof value === "string" ? value : null;
}
