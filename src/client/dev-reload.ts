/**
 * Script of all pages of the dev server. Content can change between the rendering of a page and the connection of its
 * WebSocket, so the page sends its content version, and the server reloads it if there is a newer one.
 */
const STATE_HEADER = "content-state";
const STATE_EVENT = "backfence:shown";

/** Milliseconds to wait for the answer of a server that hasn't restarted. */
const ANSWER_MS = 5000;
/** Milliseconds between two attempts to reach a restarting server. */
const RETRY_MS = 1000;
/** Milliseconds after which a server that still answers is assumed not to restart. */
const RESTART_MS = 5000;

const shown = shownState();
if (shown !== undefined && import.meta.hot) {
  const timer = setTimeout(() => void reloadIfOther(shown), ANSWER_MS);
  import.meta.hot.on(STATE_EVENT, () => clearTimeout(timer));
  import.meta.hot.send(STATE_EVENT, { shown });
  // Vite's client reloads as soon as a WebSocket can be opened, which the old server may still accept while closing.
  import.meta.hot.on("vite:ws:disconnect", () => restarted(shown));
}

/** Content version of this page; undefined if the browser hides the header, as over plain HTTP from another host. */
function shownState(): string | undefined {
  const [visit] = performance.getEntriesByType("navigation");
  if (!(visit instanceof PerformanceNavigationTiming)) return undefined;
  const entries: readonly PerformanceServerTiming[] | undefined = visit.serverTiming;
  return entries?.find(({ name }) => name === STATE_HEADER)?.description;
}

/** Reloads if the server has another version. Needed if the server restarts before Vite's WebSocket is open. */
async function reloadIfOther(shown: string): Promise<void> {
  const answer = await askServer();
  if (answer === null) setTimeout(() => void reloadIfOther(shown), RETRY_MS);
  else if (!answer.headers.get("server-timing")?.includes(`"${shown}"`)) location.reload();
}

/** Resolves when a restarted server answers, or when the same server still answers after `RESTART_MS`. */
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

/** Requests the headers of this page; resolves to null if the server doesn't answer. */
function askServer(): Promise<Response | null> {
  return fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
}
