/** An instant (ISO 8601 in UTC) as feeds show it: without the milliseconds that hardly any has. */
export function instant(iso: string): string {
  return iso.replace(".000Z", "Z");
}

/** The same for milliseconds since 1970. */
export function instantOfMs(ms: number): string {
  return instant(new Date(ms).toISOString());
}

/**
 * Stands for "never" where a feed must name an instant and has nothing to show: the month in which Atom was published,
 * since validators take 1970 for a mistake.
 */
export const NEVER = "2005-12-01T00:00:00.000Z";
