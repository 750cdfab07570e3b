/** Entries that one request may name: the AppView takes 25, Mastodon 20. */
const BATCH = 20;

/** Items in groups of that size. */
export function batches<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / BATCH) }, (_, index) =>
    items.slice(index * BATCH, (index + 1) * BATCH),
  );
}
