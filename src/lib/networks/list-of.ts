import * as z from "zod";

/** A list that must be there; entries of another shape are left out. */
export function listOf<Schema extends z.ZodType>(schema: Schema) {
  return z.array(z.unknown()).transform((list) => partsOf(list, schema));
}

/** The same of a part that servers may leave out; anything but a list is an empty one. */
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
