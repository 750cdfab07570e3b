/** An instant (ISO 8601 in UTC) as feeds show it: without the milliseconds that hardly any has. */
export function instant(iso: string): string {
  return iso.replace(".000Z", "Z");
}

/** The same for milliseconds since 1970. */
export function instantOfMs(ms: number): string {
  return instant(new Date(ms).toISOString());
}

/** Stands for "never" where a feed must name an instant and has nothing to show. */
export const EPOCH = "1970-01-01T00:00:00.000Z";
