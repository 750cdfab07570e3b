/** Generates the fields of the editor's forms from the schemas of front matter. */

/** A field in the editor's configuration. */
export interface EditorField {
  readonly name: string;
  readonly label: string;
  readonly widget: string;
  readonly required: boolean;
  readonly hint?: string;
  readonly [option: string]: unknown;
}

/** Overrides for single fields, by the path of the key: `cover.src`. */
export type FieldOverrides = Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;

const YES_NO = [
  { label: "Yes", value: true },
  { label: "No", value: false },
] as const;

type Schema = Readonly<Record<string, unknown>>;

/**
 * A field for each property of a JSON Schema that a form can show; free-form keys (`extra`) are omitted.
 * @param overrides options of single fields; null omits a field.
 */
export function editorFields(schema: Schema, overrides: FieldOverrides = {}, path = ""): EditorField[] {
  const required = new Set(listOf(schema["required"]).map(String));
  return Object.entries(recordOf(schema["properties"])).flatMap(([name, value]) => {
    const place = `${path}${name}`;
    const own = overrides[place];
    if (own === null) return [];
    const shape = shapeOf(recordOf(value), overrides, `${place}.`);
    if (shape === null) return [];
    const { description } = recordOf(value);
    const hint = typeof description === "string" ? { hint: description.replaceAll("`", "") } : {};
    return [{ name, label: labelOf(name), required: required.has(name), ...hint, ...shape, ...own }];
  });
}

/** `inReplyTo` → `In reply to`. */
function labelOf(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The widget for a value; null if no widget can edit it. */
function shapeOf(
  schema: Schema,
  overrides: FieldOverrides,
  path: string,
): { readonly widget: string; readonly [option: string]: unknown } | null {
  const { type, enum: values, anyOf, items, properties } = schema;
  if (Array.isArray(values)) return { widget: "select", options: values };
  if (Array.isArray(anyOf)) {
    // For a single value or a list, use the list.
    const forms = anyOf.map(recordOf);
    const list = forms.find((form) => form["type"] === "array") ?? forms[0];
    return list === undefined ? null : shapeOf(list, overrides, path);
  }
  switch (type) {
    case "boolean":
      // A boolean widget would write `false` into every edited file, even if a missing value means something else.
      return { widget: "select", options: YES_NO };
    case "string":
      return { widget: "string" };
    case "array": {
      const inner = recordOf(items);
      if ("properties" in inner) return { widget: "list", fields: editorFields(inner, overrides, path) };
      return inner["type"] === "string" ? { widget: "list" } : null;
    }
    case "object":
      return properties === undefined
        ? null
        : { widget: "object", collapsed: true, fields: editorFields(schema, overrides, path) };
    default:
      return null;
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function recordOf(value: unknown): Schema {
  const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
  return isRecord ? Object.fromEntries(Object.entries(value)) : {};
}
