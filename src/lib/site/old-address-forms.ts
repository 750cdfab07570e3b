/** Converts `redirects` and `oldFeeds` from the forms of other programs to the form of site.yaml. */

type Pair = readonly [from: string, to: unknown];

/** Keys that other programs use for an old address and its target. */
const FROM = ["from", "source", "src", "path", "old"];
const TO = ["to", "destination", "dest", "target", "url", "new", "feed"];

/**
 * Converts a list, lines as in `_redirects`, or objects such as `{ from, to, status }` to a map of old addresses to
 * targets. Values in an unknown form are returned unchanged.
 */
export function redirectsMeant(value: unknown): unknown {
  if (typeof value === "string")
    return mapOf(
      value
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean),
      value,
    );
  if (Array.isArray(value)) return mapOf(value, value);
  if (!isGroup(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([from, to]) => [from, isGroup(to) ? (named(to, TO) ?? to) : to]),
  );
}

/** Converts a map of old to new feeds, or a list of maps, to a list. Unknown forms are returned unchanged. */
export function oldFeedsMeant(value: unknown): unknown {
  if (isGroup(value)) return oldFeedsMeant([value]);
  if (!Array.isArray(value)) return value;
  const feeds = value.map((item: unknown) => {
    if (!isGroup(item)) return [item];
    return pairsOf(item)?.map(([path, feed]) => ({ path, feed })) ?? null;
  });
  return feeds.includes(null) ? value : feeds.flat();
}

function mapOf(items: readonly unknown[], otherwise: unknown): unknown {
  const pairs = items.map(pairsOf);
  return pairs.includes(null) ? otherwise : Object.fromEntries(pairs.flatMap((some) => some ?? []));
}

/** The redirects in one item; null if its form is unknown. */
function pairsOf(item: unknown): readonly Pair[] | null {
  if (typeof item === "string") {
    const [, from, to] = /^(\S+?):?\s+(?:(?:->|=>|→)\s+)?(\S+)(?:\s+\d{3}!?)?$/.exec(item.trim()) ?? [];
    return from === undefined ? null : [[from, to]];
  }
  if (!isGroup(item)) return null;
  const from = named(item, FROM);
  const to = named(item, TO);
  if (typeof from === "string" && to !== undefined) return [[from, to]];
  const entries = Object.entries(item);
  return entries.every(([key]) => key.includes("/")) ? entries : null;
}

function named(group: Readonly<Record<string, unknown>>, names: readonly string[]): unknown {
  return names.map((name) => group[name]).find((one) => one !== undefined);
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
