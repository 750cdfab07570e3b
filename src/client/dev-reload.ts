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
/** Milliseconds after which a server that still answers isn't about to restart. */
const RESTART_MS = 5000;

const shown = shownState();
if (shown !== undefined && import.meta.hot) {
  const timer = setTimeout(() => void reloadIfOther(shown), ANSWER_MS);
  import.meta.hot.on(STATE_EVENT, () => clearTimeout(timer));
  import.meta.hot.send(STATE_EVENT, { shown });
  // Vite's client reloads once a WebSocket can be opened, which the old server may still allow while it closes.
  import.meta.hot.on("vite:ws:disconnect", () => restarted(shown));
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
  const answer = await askServer();
  if (answer === null) setTimeout(() => void reloadIfOther(shown), RETRY_MS);
  else if (!answer.headers.get("server-timing")?.includes(`"${shown}"`)) location.reload();
}

/** Resolves once another server answers than the one that made this page, or that one still answers. */
async function restarted(shown: string): Promise<void> {
  const [start = ""] = shown.split("-");
  const end = performance.now() + RESTART_MS;
  for (;;) {
    const answer = await askServer();
    const isSame = answer?.headers.get("server-timing")?.includes(`"${start}-`) ?? false;
    if (answer !== null && (!isSame || performance.now() > end)) return;
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/** Null when no server answers. */
function askServer(): Promise<Response | null> {
  return fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
}
