/** Converts milliseconds since 1970 to an ISO 8601 time in UTC. */
export function instantOfMs(ms: number): string {
  return new Date(ms).toISOString();
}

/**
 * Update time of a feed without items, because Atom requires one: the month in which Atom was published, since
 * validators reject 1970.
 */
export const NEVER = "2005-12-01T00:00:00.000Z";
