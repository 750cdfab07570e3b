/** Parses requests to the Micropub endpoint in all three encodings (https://www.w3.org/TR/micropub/#create). */
import type { ReceiverRequest } from "../http.ts";
import { BadFormError, readForm } from "../http.ts";
import { invalid } from "./micropub-error.ts";
import { checkProperty, checkSize, isObject, propertiesIn, type Properties } from "./properties.ts";

export type MicropubRequest =
  | { readonly action: "create"; readonly properties: Properties }
  | { readonly action: "update"; readonly url: string; readonly update: Update }
  | { readonly action: "delete" | "undelete"; readonly url: string };

/** Changes of an update to a post's properties. */
export interface Update {
  readonly replace: Properties;
  readonly add: Properties;
  readonly deleteValues: Properties;
  readonly deleteAll: readonly string[];
}

export interface ReadRequest {
  readonly request: MicropubRequest;
  /** Token in the body, or null. */
  readonly token: string | null;
}

/** Properties that accept uploaded files. */
const FILES = /^(?:photo|featured)(?:\[\d*\])?$/;

/** Parameters that aren't properties. */
const CONTROLS: ReadonlySet<string> = new Set(["access_token", "h", "action", "url"]);

/** Parses a request by its content type. @throws MicropubError */
export async function readRequest(c: ReceiverRequest): Promise<ReadRequest> {
  const type = (c.req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "application/json") return { request: fromJson(await jsonOf(c)), token: null };
  if (type === "multipart/form-data") return fromFields(await multipartOf(c));
  if (type === "application/x-www-form-urlencoded" || type === "") return fromFields(await formOf(c));
  throw invalid(
    "The body must be application/json, application/x-www-form-urlencoded or multipart/form-data",
  );
}

async function jsonOf(c: ReceiverRequest): Promise<unknown> {
  try {
    return JSON.parse(await c.req.text());
  } catch (error) {
    if (error instanceof SyntaxError) throw invalid("The body isn't JSON");
    throw error;
  }
}

type Fields = ReadonlyMap<string, readonly unknown[]>;

async function formOf(c: ReceiverRequest): Promise<Fields> {
  try {
    const form = await readForm(c);
    return new Map(form.names().map((name) => [name, form.all(name)]));
  } catch (error) {
    if (error instanceof BadFormError) throw invalid(error.message);
    throw error;
  }
}

async function multipartOf(c: ReceiverRequest): Promise<Fields> {
  const fields = new Map<string, unknown[]>();
  for (const [name, value] of await formDataOf(c)) {
    // Browsers send an empty file when none was chosen.
    if (typeof value !== "string" && value.size === 0) continue;
    if (typeof value !== "string" && !FILES.test(name))
      throw invalid(`A file can't be the value of ${name}, only of photo`);
    const read = typeof value === "string" ? value : { bytes: new Uint8Array(await value.arrayBuffer()) };
    fields.set(name, [...(fields.get(name) ?? []), read]);
  }
  return fields;
}

/** Parses a multipart body. @throws MicropubError for any other body. */
export async function formDataOf(c: ReceiverRequest): Promise<FormData> {
  try {
    return await c.req.raw.formData();
  } catch (error) {
    if (error instanceof TypeError) throw invalid("The body isn't multipart/form-data");
    throw error;
  }
}

function fromFields(fields: Fields): ReadRequest {
  const one = (name: string) => {
    const [value] = fields.get(name) ?? [];
    return typeof value === "string" ? value : "";
  };
  const token = fields.has("access_token") ? one("access_token") : null;
  const action = one("action");
  if (action === "delete" || action === "undelete") return { request: { action, url: one("url") }, token };
  if (action !== "")
    throw invalid(action === "update" ? "An update must be JSON" : "There is no such action");
  const properties = new Map<string, readonly unknown[]>();
  for (const [field, values] of fields) {
    if (CONTROLS.has(field)) continue;
    const { name, read } = propertyOf(field);
    // Forms also send empty fields.
    const filled = values.filter((value) => value !== "");
    properties.set(name, [...(properties.get(name) ?? []), ...filled.map(read)]);
  }
  checkSize(properties.size);
  for (const [name, values] of properties) checkProperty(name, values);
  checkType(one("h") || "entry");
  return { request: { action: "create", properties }, token };
}

/** Parses a field's name: `category[]` is a list value, `content[html]` a part of an object. */
function propertyOf(field: string): { readonly name: string; readonly read: (value: unknown) => unknown } {
  const [, name = field, part = ""] = /^([a-z\d-]+)\[([a-z\d-]*)\]$/.exec(field) ?? [];
  return { name, read: (value) => (part === "" || /^\d+$/.test(part) ? value : { [part]: value }) };
}

function fromJson(body: unknown): MicropubRequest {
  if (!isObject(body)) throw invalid("The body must be a JSON object");
  const { action, type, properties = {} } = body;
  if (action === undefined || action === "create") {
    const [kind]: unknown[] = Array.isArray(type) ? type : [type];
    checkType(kind === undefined ? "entry" : String(kind).replace(/^h-/, ""));
    return { action: "create", properties: propertiesIn(properties, "properties") };
  }
  const url = typeof body["url"] === "string" ? body["url"] : "";
  if (action === "delete" || action === "undelete") return { action, url };
  if (action !== "update") throw invalid("There is no such action");
  return { action, url, update: updateIn(body) };
}

function updateIn(body: Readonly<Record<string, unknown>>): Update {
  const { replace = {}, add = {}, delete: removed = {} } = body;
  const isList = Array.isArray(removed);
  const update: Update = {
    replace: propertiesIn(replace, "replace"),
    add: propertiesIn(add, "add"),
    deleteValues: isList ? new Map() : propertiesIn(removed, "delete"),
    deleteAll: isList ? removed.map(nameIn) : [],
  };
  const count = update.replace.size + update.add.size + update.deleteValues.size + update.deleteAll.length;
  if (count === 0) throw invalid("An update needs replace, add or delete");
  return update;
}

function nameIn(name: unknown): string {
  if (typeof name !== "string")
    throw invalid("delete must be a list of names, or an object whose values are lists");
  checkProperty(name, []);
  return name;
}

function checkType(type: string): void {
  if (type !== "entry")
    throw invalid(`Posts of the type h-${type.slice(0, 40)} aren't known here, only h-entry`);
}
