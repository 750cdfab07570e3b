/** Generates JSON Schemas for editors and a Markdown reference for the docs from the content schemas. */
import { stringify } from "yaml";
import type * as z from "zod";
import { settingsSchema } from "../site/settings-schema.ts";
import { jsonSchemaOf } from "../yaml/json-schema.ts";
import { authorSchema } from "./author-schema.ts";
import { pageSchema } from "./page-schema.ts";
import { postSchema } from "./post-schema.ts";
import { seriesSchema } from "./series-schema.ts";

interface Kind {
  /** File name below `schemas/`. */
  readonly schemaFile: string;
  readonly title: string;
  readonly schema: z.ZodObject;
}

export const KINDS = {
  site: { schemaFile: "site.schema.json", title: "Settings: content/site.yaml", schema: settingsSchema },
  post: {
    schemaFile: "post.schema.json",
    title: "A post: front matter in content/posts/",
    schema: postSchema,
  },
  page: {
    schemaFile: "page.schema.json",
    title: "A page: front matter in content/pages/",
    schema: pageSchema,
  },
  author: {
    schemaFile: "author.schema.json",
    title: "An author: content/authors/<id>.yaml",
    schema: authorSchema,
  },
  series: {
    schemaFile: "series.schema.json",
    title: "A series: content/series/<id>.yaml",
    schema: seriesSchema,
  },
} as const satisfies Record<string, Kind>;

/** The JSON Schema of a kind of content, for editors. */
export function editorSchema({ title, schema }: Kind): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = jsonSchemaOf(schema);
  return { $schema, title, ...rest };
}

/** Markdown reference of all keys of a kind of content: meaning, default and example. @param level heading level. */
export function keyReference({ schema }: Kind, level: number): string {
  const { properties, required } = describedObject(jsonSchemaOf(schema));
  return Object.entries(properties)
    .map(([key, field]) => keySection(key, field, required.includes(key), "#".repeat(level)))
    .join("\n");
}

interface Field {
  readonly description: string;
  readonly examples: readonly unknown[];
  readonly default: unknown;
  /** Nested keys, and whether they are required. */
  readonly inner: readonly { readonly key: string; readonly field: Field; readonly isRequired: boolean }[];
}

function keySection(key: string, field: Field, isRequired: boolean, marks: string): string {
  const example = stringify({ [key]: field.examples[0] }, { lineWidth: 0 }).trimEnd();
  const inner = field.inner.map((part) => `- \`${part.key}\`: ${part.field.description}${ruleOf(part)}`);
  const parts = [
    `${marks} \`${key}\`\n`,
    `${field.description}${ruleOf({ field, isRequired })}\n`,
    `\`\`\`yaml\n${example}\n\`\`\`\n`,
  ];
  return [...parts, ...(inner.length === 0 ? [] : [`${inner.join("\n")}\n`])].join("\n");
}

function ruleOf({ field, isRequired }: Pick<Field["inner"][number], "field" | "isRequired">): string {
  if (isRequired) return " Must be there.";
  const { default: value } = field;
  const isPlain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return isPlain && value !== "" ? ` Default: \`${value}\`.` : "";
}

function describedObject(schema: Readonly<Record<string, unknown>>): {
  readonly properties: Readonly<Record<string, Field>>;
  readonly required: readonly string[];
} {
  const { properties = {}, required = [] } = schema;
  const fields = Object.entries(recordOf(properties)).map(([key, value]) => [key, fieldOf(recordOf(value))]);
  return {
    properties: Object.fromEntries(fields),
    required: Array.isArray(required) ? required.map(String) : [],
  };
}

function fieldOf(schema: Readonly<Record<string, unknown>>): Field {
  const { description, examples, anyOf, items } = schema;
  const forms = [schema, recordOf(items), ...(Array.isArray(anyOf) ? anyOf.map(recordOf) : [])];
  const group = forms.map(describedObject).find(({ properties }) => Object.keys(properties).length > 0);
  const inner = Object.entries(group?.properties ?? {}).map(([key, field]) => ({
    key,
    field,
    isRequired: group?.required.includes(key) ?? false,
  }));
  return {
    description: typeof description === "string" ? description : "",
    examples: Array.isArray(examples) ? examples : [],
    default: schema["default"],
    inner,
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
  return isRecord ? Object.fromEntries(Object.entries(value)) : {};
}
