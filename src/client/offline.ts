/**
 * Installs the service worker and sends it the resources of this page to cache; the worker intercepts later requests
 * itself. Loaded once, after the page's load event.
 * @param address URL of the worker's script.
 */
export async function install(address: string): Promise<void> {
  const container = navigator.serviceWorker;
  await container.register(address);
  const { active } = await container.ready;
  const shown = performance.getEntriesByType("resource").map(({ name }) => name);
  active?.postMessage([location.href, ...shown]);
}
