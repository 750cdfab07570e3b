import * as z from "zod";

/** The JSON Schema (2020-12) of what an author may write, with all descriptions, examples and defaults. */
export function jsonSchemaOf(schema: z.ZodType): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(schema, {
    io: "input",
    // Zod omits examples and defaults where parsing changes the value; ours are input values, as authors write them.
    override: ({ zodSchema, jsonSchema }) => {
      const { def } = zodSchema._zod;
      if (def.type === "default" && typeof def.defaultValue === "string")
        jsonSchema.default = def.defaultValue;
      const examples = z.globalRegistry.get(zodSchema)?.examples;
      if (Array.isArray(examples)) jsonSchema.examples = examples;
    },
  });
}
