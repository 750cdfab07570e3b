import * as z from "zod";

/** Schema of a required list; entries that don't match are dropped. */
export function listOf<Schema extends z.ZodType>(schema: Schema) {
  return z.array(z.unknown()).transform((list) => partsOf(list, schema));
}

/** Schema of an optional list: anything but a list becomes an empty one, entries that don't match are dropped. */
export function optionalListOf<Schema extends z.ZodType>(schema: Schema) {
  return z
    .array(z.unknown())
    .nullish()
    .catch(null)
    .transform((list) => partsOf(list ?? [], schema));
}

function partsOf<Schema extends z.ZodType>(list: readonly unknown[], schema: Schema): z.output<Schema>[] {
  return list.flatMap((entry): z.output<Schema>[] => {
    const parsed = schema.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
}
