/**
 * On each page that the dev server shows. A change may come between the making of the page and the moment in which its
 * connection stands, so the page says which state of the blog it shows, and is loaded again if there's a newer one.
 */
import { STATE_EVENT, STATE_HEADER } from "./dev-state.ts";

const [visit] = performance.getEntriesByType("navigation");
if (visit instanceof PerformanceNavigationTiming) {
  const shown = visit.serverTiming.find(({ name }) => name === STATE_HEADER)?.description ?? "";
  import.meta.hot?.send(STATE_EVENT, { shown });
}
