/**
 * Work on single items that costs less for several: what arrives while a batch is worked on becomes the next batch.
 * @returns adds an item; resolves once its batch is done.
 */
export function inBatches<Item>(
  work: (batch: readonly Item[]) => Promise<void>,
): (item: Item) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let waiting: { readonly items: Item[]; readonly done: Promise<void> } | null = null;
  return (item) => {
    if (waiting === null) {
      const items: Item[] = [];
      const done = last.then(() => {
        waiting = null;
        return work(items);
      });
      // A batch that fails doesn't keep the next one from being worked on.
      last = done.catch(() => {});
      waiting = { items, done };
    }
    waiting.items.push(item);
    return waiting.done;
  };
}
