import * as z from "zod";

/** The JSON Schema (2020-12) of what an author may write, with all descriptions, examples and defaults. */
export function jsonSchemaOf(schema: z.ZodType): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(schema, {
    io: "input",
    // Zod leaves examples out where parsing changes the value; ours are always what the author writes.
    override: ({ zodSchema, jsonSchema }) => {
      const examples = z.globalRegistry.get(zodSchema)?.examples;
      if (Array.isArray(examples)) jsonSchema.examples = examples;
    },
  });
}
