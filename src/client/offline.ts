/**
 * Installs the service worker and has it keep what this first page showed; from then on it sees for itself.
 * Fetched once, after the page has loaded.
 * @param address of the worker's file.
 */
export async function install(address: string): Promise<void> {
  const container = navigator.serviceWorker;
  await container.register(address);
  const { active } = await container.ready;
  const shown = performance.getEntriesByType("resource").map(({ name }) => name);
  active?.postMessage([location.href, ...shown]);
}
