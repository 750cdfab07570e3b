/**
 * On each page of the dev server. Content may change between the rendering of a page and the moment at which its
 * WebSocket is connected, so the page says which version it shows, and the server reloads it if there is a newer one.
 */
const STATE_HEADER = "content-state";
const STATE_EVENT = "backfence:shown";

/** Milliseconds within which a server answers that hasn't restarted in the meantime. */
const ANSWER_MS = 5000;
/** Milliseconds between two attempts to reach a server that restarts. */
const RETRY_MS = 1000;

const shown = shownState();
if (shown !== undefined && import.meta.hot) {
  const timer = setTimeout(() => void reloadIfOther(shown), ANSWER_MS);
  import.meta.hot.on(STATE_EVENT, () => clearTimeout(timer));
  import.meta.hot.send(STATE_EVENT, { shown });
}

/** Undefined where a browser keeps the header from pages, as over plain HTTP from another computer. */
function shownState(): string | undefined {
  const [visit] = performance.getEntriesByType("navigation");
  if (!(visit instanceof PerformanceNavigationTiming)) return undefined;
  const entries: readonly PerformanceServerTiming[] | undefined = visit.serverTiming;
  return entries?.find(({ name }) => name === STATE_HEADER)?.description;
}

/** Vite's client gives up when the server restarts before the WebSocket is open. */
async function reloadIfOther(shown: string): Promise<void> {
  const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (answer === null) setTimeout(() => void reloadIfOther(shown), RETRY_MS);
  else if (!answer.headers.get("server-timing")?.includes(`"${shown}"`)) location.reload();
}
