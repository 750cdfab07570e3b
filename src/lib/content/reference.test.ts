import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { editorSchema, KINDS } from "./reference.ts";

const root = path.resolve(import.meta.dirname, "../../..");

describe.each(Object.entries(KINDS))("the schema of %s", (_, kind) => {
  const schema = editorSchema(kind);

  test("describes every key, including nested ones, with a valid example", () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    const keys = keysOf(schema, "");
    expect(keys.length).toBeGreaterThan(1);
    for (const { name, field } of keys) {
      expect(field, name).toMatchObject({
        description: expect.stringMatching(/\.$/),
        examples: [expect.anything()],
      });
      expect(ajv.validate(field, field["examples"][0]), `${name}: ${ajv.errorsText()}`).toBe(true);
    }
  });

  test("rejects unknown keys", () => {
    expect(
      new Ajv2020({ strict: true, allowUnionTypes: true }).validate(schema, {
        title: "T",
        name: "N",
        wibble: 1,
      }),
    ).toBe(false);
  });
});

test("the blog accepts the example of each key", () => {
  for (const kind of Object.values(KINDS)) {
    for (const { name, field } of keysOf(editorSchema(kind), "").filter((key) => !key.name.includes("."))) {
      const result = z.safeParse(shapeOf(kind.schema)[name] ?? z.never(), field.examples[0]);
      expect(result.success, `${name}: ${result.error?.message ?? ""}`).toBe(true);
    }
  }
});

function shapeOf(schema: z.ZodObject): Readonly<Record<string, z.core.$ZodType>> {
  return schema.shape;
}

test("VS Code settings assign each schema to its files", () => {
  const settings: unknown = JSON.parse(readFileSync(path.join(root, ".vscode/settings.json"), "utf8"));
  expect(settings).toMatchObject({
    "yaml.schemas": {
      "./schemas/site.schema.json": "content/site.yaml",
      "./schemas/author.schema.json": "content/authors/*.yaml",
      "./schemas/series.schema.json": "content/series/*.yaml",
    },
  });
});

test("the demo blog's settings are valid under the editor schema", () => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  const settings: unknown = parse(readFileSync(path.join(root, "content/site.yaml"), "utf8"));
  expect(ajv.validate(editorSchema(KINDS.site), settings), ajv.errorsText()).toBe(true);
});

interface Key {
  readonly name: string;
  readonly field: Record<string, unknown> & { readonly examples: readonly unknown[] };
}

function keysOf(schema: unknown, prefix: string): Key[] {
  const {
    properties = {},
    items,
    anyOf = [],
  } = schema as { properties?: object; items?: object; anyOf?: object[] };
  const own = Object.entries(properties).flatMap(([key, field]: [string, Key["field"]]) => [
    { name: prefix + key, field },
    ...keysOf(field, `${prefix}${key}.`),
  ]);
  return [
    ...own,
    ...[items ?? {}, ...anyOf].flatMap((inner) => (inner === schema ? [] : keysOfInner(inner, prefix))),
  ];
}

function keysOfInner(schema: object, prefix: string): Key[] {
  return "properties" in schema || "items" in schema ? keysOf(schema, prefix) : [];
}
