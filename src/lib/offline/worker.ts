/**
 * The service worker. Each function's source text goes into `/sw.js`, so it may use nothing but the others in
 * {@link WORKER_PARTS}, its arguments, and what browsers offer to workers.
 */

/** What the worker is told by the build. */
export interface WorkerPlan {
  /** Names the shell; another one makes browsers install the worker anew. */
  readonly version: string;
  /** Base path of the site. */
  readonly base: string;
  /** Address of the page that is shown in place of one that wasn't visited. */
  readonly offlinePage: string;
  /** Addresses of files that are fetched before they are needed and never let go of, that page among them. */
  readonly shell: readonly string[];
  /** Beginnings of addresses whose files never change. */
  readonly immutable: readonly string[];
  /** Beginnings of addresses that are left to the browser. */
  readonly untouched: readonly string[];
  /** Names of the caches, which all sites of a host share. */
  readonly caches: { readonly pages: string; readonly files: string };
  /** How much is kept in each. */
  readonly most: { readonly pages: number; readonly files: number };
  /** How long a reader waits for the network when there is a kept copy. */
  readonly patienceMs: number;
}

/** What the worker goes by while it runs. */
export interface WorkerState extends WorkerPlan {
  /** Whether it is removing itself: then nothing more is kept. */
  isLeaving: boolean;
}

/** Events of workers, as far as they are used here; TypeScript knows them only in place of those of pages. */
interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface RequestEvent extends WorkerEvent {
  readonly request: Request;
  readonly preloadResponse: Promise<Response | undefined>;
  respondWith(answer: Promise<Response>): void;
}

interface VisitEvent extends WorkerEvent {
  /** Addresses of a page and of what it shows. */
  readonly data: readonly string[];
}

/** The worker's global object. */
interface WorkerScope {
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: WorkerEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: RequestEvent) => void): void;
  addEventListener(type: "message", listener: (event: VisitEvent) => void): void;
}

/** Listens. */
function startWorker(worker: WorkerScope, given: WorkerPlan): void {
  const plan: WorkerState = { ...given, isLeaving: false };
  let isWanted: Promise<void> | undefined;
  worker.addEventListener("install", (event) => {
    event.waitUntil(fetchShell(plan).then(() => worker.skipWaiting()));
  });
  worker.addEventListener("activate", (event) => {
    event.waitUntil(Promise.all([worker.clients.claim(), worker.registration.navigationPreload?.enable()]));
  });
  worker.addEventListener("message", (event) => {
    event.waitUntil(Promise.all(event.data.map((address) => keepVisited(new URL(address), plan))));
  });
  worker.addEventListener("fetch", (event) => {
    const { request } = event;
    const kind = kindOf(new URL(request.url), request.mode === "navigate", plan);
    const isOurs = request.method === "GET" && !request.headers.has("range") && !plan.isLeaving;
    if (!isOurs || kind === null) return;
    if (kind === "page") {
      isWanted ??= leaveIfUnwanted(worker, plan);
      event.waitUntil(isWanted);
      event.respondWith(answerPage(event, plan));
    } else if (/^(style|script|font|image|manifest)$/.test(request.destination)) {
      event.respondWith(answerFile(event, kind === "immutable", plan));
    }
  });
}

/** What an address leads to; null for what is none of the worker's business. */
function kindOf({ origin, pathname }: URL, isNavigation: boolean, plan: WorkerState) {
  const begins = (path: string): boolean => pathname.startsWith(path);
  if (origin !== location.origin || !begins(plan.base) || plan.untouched.some(begins)) return null;
  if (isNavigation) return /\/$|\.html$|\/[^./]+$/.test(pathname) ? "page" : null;
  return plan.immutable.some(begins) ? "immutable" : "file";
}

/** The page as it is on the network, or else as it was on the last visit. */
async function answerPage(event: RequestEvent, plan: WorkerState): Promise<Response> {
  const { origin, pathname } = new URL(event.request.url);
  const address = origin + pathname;
  const fromNetwork = event.preloadResponse.then((preloaded) => preloaded ?? fetch(event.request));
  const fresh = fromNetwork.then((response) => {
    event.waitUntil(keepPage(address, response.clone(), plan));
    return response;
  });
  event.waitUntil(fresh.catch(() => undefined));
  const kept = await caches.match(address, { cacheName: plan.caches.pages, ignoreVary: true });
  if (kept === undefined)
    return fresh.catch(async () => (await caches.match(plan.offlinePage)) ?? Response.error());
  const patience = new Promise<Response>((resolve) => setTimeout(resolve, plan.patienceMs, kept));
  const shown = await Promise.race([fresh, patience]).catch(() => kept);
  return shown.status >= 500 ? kept : shown;
}

/** A file that never changes from what is kept, another one from the network as long as there is one. */
async function answerFile(event: RequestEvent, isImmutable: boolean, plan: WorkerState): Promise<Response> {
  const kept = await caches.match(event.request, { cacheName: plan.caches.files, ignoreVary: true });
  if (isImmutable && kept !== undefined) return kept;
  try {
    const response = await fetch(event.request);
    if (response.status === 200 && response.type === "basic")
      event.waitUntil(keep("files", event.request, response.clone(), plan));
    return response;
  } catch (error) {
    if (kept !== undefined) return kept;
    throw error;
  }
}

/**
 * Keeps a page with the style sheets and scripts that it links to, and forgets one that is gone. One that a reader may
 * have to leave quickly leaves no trace on the device.
 */
async function keepPage(address: string, response: Response, plan: WorkerState): Promise<void> {
  if (plan.isLeaving) return;
  const isGone = response.status === 404 || response.status === 410;
  if (isGone) await (await caches.open(plan.caches.pages)).delete(address);
  const type = response.headers.get("content-type") ?? "";
  const isOwn = response.status === 200 && response.type === "basic" && !response.redirected;
  if (!isOwn || !type.startsWith("text/html")) return;
  const html = await response.clone().text();
  if (html.includes(" data-exit")) return;
  await keep("pages", address, response, plan);
  const links = [...html.matchAll(/<(?:link|script)[^>]*? (?:href|src)="([^"]+\.(?:css|js))"/g)];
  await Promise.all(links.map(([, link]) => keepFile(new URL(link ?? "", address), plan)));
}

/** Keeps what a page showed that was opened before there was a worker. */
async function keepVisited(address: URL, plan: WorkerState): Promise<void> {
  const isPage = address.pathname.endsWith("/");
  if (kindOf(address, isPage, plan) === null) return;
  if (!isPage) return keepFile(address, plan);
  const page = address.origin + address.pathname;
  await keepPage(page, await fetch(page), plan);
}

/** Keeps a file that never changes, unless it is kept. */
async function keepFile(address: URL, plan: WorkerState): Promise<void> {
  if (kindOf(address, false, plan) !== "immutable") return;
  if ((await caches.match(address.href, { cacheName: plan.caches.files })) !== undefined) return;
  const response = await fetch(address.href);
  if (response.status === 200) await keep("files", address.href, response, plan);
}

/** Keeps an answer as the newest and lets go of the oldest ones past the bound. */
async function keep(
  kind: "pages" | "files",
  key: RequestInfo,
  response: Response,
  { caches: names, most, shell, isLeaving }: WorkerState,
): Promise<void> {
  if (isLeaving) return;
  const cache = await caches.open(names[kind]);
  await cache.delete(key);
  await cache.put(key, response);
  const keys = await cache.keys();
  const mayGo = keys.filter(({ url }) => !shell.includes(new URL(url).pathname));
  await Promise.all(mayGo.slice(0, Math.max(0, keys.length - most[kind])).map((old) => cache.delete(old)));
}

/** Fetches the home page and the one for what wasn't visited, and what belongs to every page unless it is there. */
async function fetchShell(plan: WorkerState): Promise<void> {
  const page = await fetch(plan.offlinePage, { cache: "no-cache" });
  if (page.status !== 200) throw new Error(`${plan.offlinePage} can't be had`);
  await keep("files", plan.offlinePage, page, plan);
  await Promise.all(plan.shell.map((address) => keepFile(new URL(address, location.origin), plan)));
  await keepVisited(new URL(plan.base, location.origin), plan);
}

/** Removes the worker and what it kept once its own file is gone: the blog doesn't want it any more. */
async function leaveIfUnwanted(worker: WorkerScope, plan: WorkerState): Promise<void> {
  const own = await fetch(worker.location.href, { cache: "no-store" }).catch(() => null);
  if (own === null || (own.status !== 404 && own.status !== 410)) return;
  plan.isLeaving = true;
  await worker.registration.unregister();
  await Promise.all([plan.caches.pages, plan.caches.files].map((name) => caches.delete(name)));
}

/** All that the file consists of, besides the call of the first with the worker's global object and the plan. */
export const WORKER_PARTS = [
  startWorker,
  kindOf,
  answerPage,
  answerFile,
  keepPage,
  keepVisited,
  keepFile,
  keep,
  fetchShell,
  leaveIfUnwanted,
] as const;
