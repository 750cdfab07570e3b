/** An instant, ISO 8601 in UTC, of milliseconds since 1970. */
export function instantOfMs(ms: number): string {
  return new Date(ms).toISOString();
}

/**
 * Time of a feed without items, which must have one: the month in which Atom was published, since validators reject 1970.
 */
export const NEVER = "2005-12-01T00:00:00.000Z";
