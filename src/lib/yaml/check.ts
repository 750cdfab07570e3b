/**
 * Holds YAML against a Zod schema and says every mistake the way an author can mend it: the line, what was expected,
 * and a corrected example out of the schema's own descriptions.
 *
 * A custom message in a schema completes the sentence "`key` should be …".
 */
import * as z from "zod";
import { stringify } from "yaml";
import type { AuthorIssue } from "../author-error.ts";
import { didYouMean } from "../did-you-mean.ts";
import { jsonSchemaOf } from "./json-schema.ts";
import type { YamlSource } from "./source.ts";

export interface Checked<T> {
  /** Null when there are issues. */
  readonly value: T | null;
  /** The keys that are right, so that checks across files can go on; all of them when there are no issues. */
  readonly partial: Partial<T>;
  readonly issues: readonly AuthorIssue[];
}

export interface CheckOptions {
  /** What the keys belong to, such as `a post` or `content/site.yaml`: "`x` is no key of a post". */
  readonly owner: string;
  /** Advice for keys that other programs use, such as `pubDate`. */
  readonly otherNames?: Readonly<Record<string, string>>;
}

/** Checks what `readYaml` read. Keys without a value count as absent. */
export function checkYaml<T extends object>(
  schema: z.ZodObject & z.ZodType<T>,
  source: YamlSource,
  options: CheckOptions,
): Checked<T> {
  if (source.issues.length > 0) return { value: null, partial: {}, issues: source.issues };
  const data = withoutEmpty(source.data ?? {});
  if (!isRecord(data)) return { value: null, partial: {}, issues: [notKeys(schema, source, options)] };
  const result = schema.safeParse(data, { error: expectation });
  if (result.success) return { value: result.data, partial: result.data, issues: [] };
  const describe = describer(schema, source, options);
  return { value: null, partial: rightKeys(schema, data), issues: result.error.issues.flatMap(describe) };
}

function isRecord(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

/** Each key is checked by itself, as the schema says; what is true of the parts is true of the partial whole. */
function rightKeys<T extends object>(
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
    message: `${options.owner.charAt(0).toUpperCase()}${options.owner.slice(1)} should be written as keys with values`,
    file: source.file,
    line: source.lineOf([]),
    hint: `For example:\n${stringify({ [key]: valueAt(sample, ["examples", 0]) }).trimEnd()}`,
  };
}

/** Completes "`key` should be …" for the checks that come with Zod. */
function expectation(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return TYPES[issue.expected] ?? issue.expected;
    case "invalid_value":
      return choice(issue.values.map(String));
    case "too_small":
      return issue.origin === "number" || issue.origin === "int"
        ? `at least ${issue.minimum}`
        : "something, not nothing";
    case "too_big":
      return issue.origin === "string" ? `at most ${issue.maximum} characters` : `at most ${issue.maximum}`;
    default:
      return "written differently";
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "keys with values",
};

function choice(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}

function describer(
  schema: z.ZodType,
  source: YamlSource,
  options: CheckOptions,
): (issue: z.core.$ZodIssue) => AuthorIssue[] {
  const root: unknown = jsonSchemaOf(schema);
  return (issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) =>
        unknownKey(key, issue.path, source, options, schemaAt(root, issue.path)),
      );
    }
    return [wrongValue(issue, source, root)];
  };
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
  const advice =
    path.length === 0 && Object.hasOwn(options.otherNames ?? {}, key) ? options.otherNames?.[key] : undefined;
  const guess = didYouMean(key, known);
  return {
    message: `\`${key}\` is no key of ${owner}`,
    file: source.file,
    line: source.lineOf([...path, key]),
    hint: advice ?? (guess === null ? `Known keys: ${known.join(", ")}.` : `Did you mean \`${guess}\`?`),
  };
}

function wrongValue(issue: z.core.$ZodIssue, source: YamlSource, root: unknown): AuthorIssue {
  const name = nameOf(issue.path);
  const written = valueAt(source.data, issue.path);
  return {
    message: `\`${name}\` ${fault(written, issue.message)}`,
    file: source.file,
    line: source.lineOf(issue.path),
    hint: example(issue, written, root),
  };
}

function fault(written: unknown, expected: string): string {
  if (written === undefined) return "is missing";
  if (written === null || (typeof written === "string" && written.trim() === "")) return "is empty";
  return `should be ${expected}, but is ${shown(written)}`;
}

/** A value as it was written, shortened. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return "a group of keys";
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** What was written, corrected where that is plain; else the schema's description and example. */
function example(issue: z.core.$ZodIssue, written: unknown, root: unknown): string {
  const schema = schemaAt(root, issue.path);
  const isTextExpected = issue.message === TYPES["string"];
  if (isTextExpected && (typeof written === "number" || typeof written === "boolean")) {
    return `Put it in quotes:\n${nested(issue.path, `"${String(written)}"`)}`;
  }
  if (issue.code === "invalid_type" && issue.expected === "array" && typeof written === "string") {
    return `A list stands in brackets:\n${nested(issue.path, `[${written}]`)}`;
  }
  const [around, sample] = sampleFor(root, issue.path);
  const yaml = stringify(wrap(around, sample), { lineWidth: 0, flowCollectionPadding: false }).trimEnd();
  return [textOf(schema, "description"), "For example:", yaml].filter((line) => line !== null).join("\n");
}

/** The example at a path or, where there is none, of what is around it. */
function sampleFor(root: unknown, path: readonly PropertyKey[]): readonly [readonly PropertyKey[], unknown] {
  const sample = valueAt(schemaAt(root, path), ["examples", 0]);
  return sample !== undefined || path.length === 0 ? [path, sample] : sampleFor(root, path.slice(0, -1));
}

function nested(path: readonly PropertyKey[], yaml: string): string {
  const keys = path.filter((key) => typeof key === "string");
  return keys.map((key, depth) => `${"  ".repeat(depth)}${key}:`).join("\n") + ` ${yaml}`;
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

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutEmpty(inner)]));
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    data,
  );
}

/** The part of a JSON Schema that is about a path; alternatives are searched for the one that has it. */
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
  return Array.isArray(anyOf) ? anyOf : [];
}

function textOf(schema: unknown, key: string): string | null {
  const value = valueAt(schema, [key]);
  return typeof value === "string" ? value : null;
}
