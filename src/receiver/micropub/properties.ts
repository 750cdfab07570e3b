/** Properties of a post as Micropub clients send them: microformats2 names with lists of values. */
import * as z from "zod";
import { invalid } from "./micropub-error.ts";

export type Properties = ReadonlyMap<string, readonly unknown[]>;

/** A picture in a request: a URL, or uploaded bytes. */
export type PhotoValue =
  { readonly url: string; readonly alt: string } | { readonly bytes: Uint8Array; readonly alt: string };

const NAME = /^[a-z][a-z\d-]{0,60}$/;
const MOST_PROPERTIES = 100;
const MOST_VALUES = 200;
/** Maximum nesting of objects within a value, since YAML and JSON serializers are recursive. */
const DEEPEST = 12;

/** Parses an object of lists. @param what its name in the message. @throws MicropubError */
export function propertiesIn(raw: unknown, what: string): Properties {
  const { data } = z.record(z.string(), z.array(z.unknown())).safeParse(raw);
  if (data === undefined || Array.isArray(raw))
    throw invalid(`${what} must be an object whose values are lists`);
  const entries = Object.entries(data);
  checkSize(entries.length);
  for (const [name, values] of entries) checkProperty(name, values);
  return new Map(entries);
}

export function checkSize(count: number): void {
  if (count > MOST_PROPERTIES) throw invalid(`More than ${MOST_PROPERTIES} properties`);
}

export function checkProperty(name: string, values: readonly unknown[]): void {
  if (!NAME.test(name)) throw invalid(`${JSON.stringify(name.slice(0, 60))} can't be the name of a property`);
  if (values.length > MOST_VALUES) throw invalid(`${name} has more than ${MOST_VALUES} values`);
  if (values.some((value) => !isWithin(value, DEEPEST))) throw invalid(`${name} nests too deep`);
}

function isWithin(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return depth > 0 && Object.values(value).every((inner) => isWithin(inner, depth - 1));
}

/** Plain text of a value; null when it has none. */
export function textOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (isObject(value)) return textOf(value["value"] ?? value["text"] ?? null);
  return null;
}

/** The text of a property's only value; null when it's missing or empty. @throws MicropubError for several values. */
export function oneText(properties: Properties, name: string): string | null {
  const values = properties.get(name) ?? [];
  if (values.length > 1) throw invalid(`${name} can have one value only`);
  const text = values.length === 0 ? null : textOf(values[0]);
  if (values.length > 0 && text === null) throw invalid(`${name} must be text`);
  return text === null || text.trim() === "" ? null : text.trim();
}

/** All texts of a property, without duplicates. @throws MicropubError for a value without text. */
export function allTexts(properties: Properties, name: string): readonly string[] {
  const texts = (properties.get(name) ?? []).map((value) => {
    const text = textOf(value);
    if (text === null) throw invalid(`${name} must be text`);
    return text.trim();
  });
  return [...new Set(texts.filter((text) => text !== ""))];
}

/** URLs of a property; a value may be an object with a `url`, such as an h-cite. @throws MicropubError */
export function addressesOf(properties: Properties, name: string): readonly string[] {
  const addresses = (properties.get(name) ?? []).map((value) => {
    const text = (typeof value === "string" ? value : (citedUrl(value) ?? textOf(value) ?? "")).trim();
    if (!/^https?:\/\/[^\s<>"]+$/i.test(text) || text.length > 2000 || !URL.canParse(text))
      throw invalid(`${name} must be an http or https address`);
    return text;
  });
  return [...new Set(addresses)];
}

function citedUrl(value: unknown): string | null {
  if (!isObject(value) || !isObject(value["properties"])) return null;
  const urls: unknown = value["properties"]["url"];
  const [first]: unknown[] = Array.isArray(urls) ? urls : [];
  return typeof first === "string" ? first : null;
}

/** The pictures of a property: URLs or uploads, with their descriptions. @throws MicropubError */
export function photosOf(properties: Properties, name: string): readonly PhotoValue[] {
  return (properties.get(name) ?? []).map((value, at): PhotoValue => {
    const alts = properties.get(`mp-${name}-alt`) ?? [];
    const alt = textOf(isObject(value) ? value["alt"] : null) ?? textOf(alts[at] ?? null) ?? "";
    if (isObject(value) && value["bytes"] instanceof Uint8Array) return { bytes: value["bytes"], alt };
    const url = (textOf(value) ?? "").trim();
    if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
      throw invalid(`${name} must be an http or https address`);
    return { url, alt };
  });
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
