/**
 * Converts values as people write them to the types of a schema, where the meaning is unambiguous: `3.10` and `true` as
 * text where text is expected, `yes` and `no` as booleans, a single value or `a, b` where a list is expected.
 */
import type * as z from "zod";

type Schema = z.core.$ZodType;

/** A value as it was written; null when unknown. */
type WrittenAt = (path: readonly PropertyKey[]) => string | null;

/** Converts data to the types of a schema; ambiguous values are returned unchanged. */
export function coerce(
  schema: Schema,
  value: unknown,
  writtenAt: WrittenAt,
  path: readonly PropertyKey[] = [],
): unknown {
  if (value === undefined || value === null) return value;
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "readonly":
      return coerce(def.innerType, value, writtenAt, path);
    case "pipe":
      return coerce(def.in, value, writtenAt, path);
    case "union":
      return coerceUnion(def.options, value, writtenAt, path);
    case "string":
      return asText(value, writtenAt, path);
    case "enum":
      return asChoice(asText(value, writtenAt, path), Object.values(def.entries));
    case "boolean":
      return asBoolean(value);
    case "number":
      return asNumber(value);
    case "array":
      return asList(value).map((item, at) =>
        coerce(def.element, item, Array.isArray(value) ? writtenAt : onlyText, [...path, at]),
      );
    case "object":
      return coerceObject(def.shape, value, writtenAt, path);
    default:
      return value;
  }
}

/** Matches an enum value, ignoring case. */
function asChoice(value: unknown, words: readonly (string | number)[]): unknown {
  if (typeof value !== "string") return value;
  return words.find((word) => String(word).toLowerCase() === value.trim().toLowerCase()) ?? value;
}

const onlyText: WrittenAt = () => null;

function coerceUnion(
  options: readonly Schema[],
  value: unknown,
  writtenAt: WrittenAt,
  path: readonly PropertyKey[],
) {
  const isList = Array.isArray(value);
  const fitting = options.find(
    (option) => ((option as z.core.$ZodTypes)._zod.def.type === "array") === isList,
  );
  return fitting === undefined ? value : coerce(fitting, value, writtenAt, path);
}

function coerceObject(
  shape: Readonly<Record<string, Schema>>,
  value: unknown,
  writtenAt: WrittenAt,
  path: readonly PropertyKey[],
): unknown {
  if (typeof value !== "object" || Array.isArray(value) || value === null) return value;
  const entries = Object.entries(withLabel(shape, value)).map(([key, inner]) => {
    const field = Object.hasOwn(shape, key) ? shape[key] : undefined;
    return [key, field === undefined ? inner : coerce(field, inner, writtenAt, [...path, key])];
  });
  return Object.fromEntries(entries);
}

/** Reads `About: /about/` as a label and a URL where the schema has those keys. */
function withLabel(shape: Readonly<Record<string, Schema>>, value: object): object {
  const [[key = "", inner] = [], ...more] = Object.entries(value);
  const isPair = more.length === 0 && typeof inner === "string" && !Object.hasOwn(shape, key);
  return isPair && "label" in shape && "url" in shape ? { label: key, url: inner } : value;
}

function asText(value: unknown, writtenAt: WrittenAt, path: readonly PropertyKey[]): unknown {
  return typeof value === "number" || typeof value === "boolean" ? (writtenAt(path) ?? String(value)) : value;
}

const YES = /^(?:true|yes|y|on)$/i;
const NO = /^(?:false|no|n|off)$/i;

function asBoolean(value: unknown): unknown {
  if (value === 0 || value === 1) return value === 1;
  if (typeof value !== "string") return value;
  const word = value.trim();
  return YES.test(word) ? true : NO.test(word) ? false : value;
}

function asNumber(value: unknown): unknown {
  return typeof value === "string" && /^[+-]?\d+(?:\.\d+)?$/.test(value.trim()) ? Number(value) : value;
}

/** Splits text at commas (`a, b`; for addresses only at commas before a space); wraps any other single value. */
function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.filter((item) => item !== null && item !== "");
  if (typeof value !== "string") return [value];
  return value
    .split(/^(?:https?:|\/)/i.test(value) ? /,\s+/ : ",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
