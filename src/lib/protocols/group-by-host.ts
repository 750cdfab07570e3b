/** Hosts that are asked at the same time; each gets its requests one after the other. */
const PARALLEL_HOSTS = 4;

/** Does some work for each item, gently: never two things at once for one host. */
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
