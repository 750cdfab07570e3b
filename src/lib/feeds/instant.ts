/** An instant (ISO 8601 in UTC) as feeds show it: without milliseconds of zero. */
export function instant(iso: string): string {
  return iso.replace(".000Z", "Z");
}

/** The same for milliseconds since 1970. */
export function instantOfMs(ms: number): string {
  return instant(new Date(ms).toISOString());
}

/**
 * Time of a feed without items, which must have one: the month in which Atom was published, since validators reject 1970.
 */
export const NEVER = "2005-12-01T00:00:00.000Z";
