/** Number of hosts contacted at the same time; requests to one host are sequential. */
const PARALLEL_HOSTS = 4;

/** Runs `work` for each item, never for two items of one host at the same time. */
export async function forEachByHost<Item>(
  items: readonly Item[],
  addressOf: (item: Item) => string,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const hosts = [...Map.groupBy(items, (item) => new URL(addressOf(item)).host).values()];
  const worker = async () => {
    for (let host = hosts.shift(); host !== undefined; host = hosts.shift()) {
      for (const item of host) await work(item);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_HOSTS }, worker));
}
