/** Maximum number of entries in one request: the AppView accepts 25, Mastodon 20. */
const BATCH = 20;

/** Splits items into groups of at most 20. */
export function batches<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / BATCH) }, (_, index) =>
    items.slice(index * BATCH, (index + 1) * BATCH),
  );
}
