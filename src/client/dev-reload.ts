/**
 * On each page of the dev server. Content may change between the rendering of a page and the moment at which its
 * WebSocket is connected, so the page says which version it shows, and the server reloads it if there is a newer one.
 */
const STATE_HEADER = "content-state";
const STATE_EVENT = "backfence:shown";

const [visit] = performance.getEntriesByType("navigation");
if (visit instanceof PerformanceNavigationTiming) {
  const shown = visit.serverTiming.find(({ name }) => name === STATE_HEADER)?.description ?? "";
  import.meta.hot?.send(STATE_EVENT, { shown });
}
