/** The service worker. It runs in browsers only; `src/client/service-worker.ts` starts it. */

/** Data about the site, which a build writes into the worker's file. */
export interface WorkerPlan {
  /** Hash of the shell; if it changes, browsers install the worker again. */
  readonly version: string;
  /** Base path of the site. */
  readonly base: string;
  /** Path of the page that is shown offline in place of a page that isn't cached. */
  readonly offlinePage: string;
  /** Paths of files that are fetched in advance and never evicted, including the offline page. */
  readonly shell: readonly string[];
  /** Path prefixes of files that never change. */
  readonly immutable: readonly string[];
  /** Paths of pages that must not stay in a browser: sensitive and removed posts. */
  readonly leave: readonly string[];
  /** Path prefixes of requests that the worker ignores. */
  readonly untouched: readonly string[];
  /** Names of the caches; unique per site, since all sites of an origin share the cache storage. */
  readonly caches: { readonly pages: string; readonly files: string };
  /** Maximum number of entries in each cache. */
  readonly most: { readonly pages: number; readonly files: number };
  /** Time to wait for the network if there is a cached copy. */
  readonly patienceMs: number;
}

/** The plan and the state of the running worker. */
export interface WorkerState extends WorkerPlan {
  /** URLs of opened sensitive pages, whose pictures aren't cached. */
  readonly sensitive: Set<string>;
  /** Whether the worker is unregistering; nothing more is cached then. */
  isLeaving: boolean;
}

/** The parts of worker events used here; TypeScript's `webworker` types can't be combined with those of pages. */
interface WorkerEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface RequestEvent extends WorkerEvent {
  readonly request: Request;
  readonly preloadResponse: Promise<Response | undefined>;
  respondWith(answer: Promise<Response>): void;
}

interface VisitEvent extends WorkerEvent {
  /** URLs of a page and of its files. */
  readonly data: readonly string[];
}

/** The worker's global object. */
export interface WorkerScope {
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: WorkerEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: RequestEvent) => void): void;
  addEventListener(type: "message", listener: (event: VisitEvent) => void): void;
}

/** Registers the worker's listeners. */
export function startWorker(worker: WorkerScope, given: WorkerPlan): void {
  const plan: WorkerState = { ...given, sensitive: new Set(), isLeaving: false };
  let isWanted: Promise<void> | undefined;
  worker.addEventListener("install", (event) => {
    event.waitUntil(Promise.all([fetchShell(plan).then(() => worker.skipWaiting()), forgetLeaving(plan)]));
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

/** Kind of resource at a URL; null for requests that the worker ignores. */
function kindOf({ origin, pathname }: URL, isNavigation: boolean, plan: WorkerState) {
  const begins = (path: string): boolean => pathname.startsWith(path);
  if (origin !== location.origin || !begins(plan.base) || plan.untouched.some(begins)) return null;
  if (isNavigation) return /\/$|\.html$|\/[^./]+$/.test(pathname) ? "page" : null;
  return plan.immutable.some(begins) ? "immutable" : "file";
}

/** Network first: the page from the network, otherwise from the cache, otherwise the offline page. */
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

/** Cache first for a file that never changes; network first for others. */
async function answerFile(event: RequestEvent, isImmutable: boolean, plan: WorkerState): Promise<Response> {
  const kept = await caches.match(event.request, { cacheName: plan.caches.files, ignoreVary: true });
  if (isImmutable && kept !== undefined) return kept;
  try {
    const response = await fetch(event.request);
    const isTrace = plan.sensitive.has(event.request.referrer.replace(/[?#].*/, ""));
    if (response.status === 200 && response.type === "basic" && !isTrace)
      event.waitUntil(keep("files", event.request, response.clone(), plan));
    return response;
  } catch (error) {
    if (kept !== undefined) return kept;
    throw error;
  }
}

/**
 * Caches a page with the style sheets and scripts that it links to, and deletes one that is gone. A page with a
 * quick-exit link (`data-exit`) leaves no trace on the device.
 */
async function keepPage(address: string, response: Response, plan: WorkerState): Promise<void> {
  if (plan.isLeaving) return;
  if (response.status === 404 || response.status === 410) await forgetPage(address, plan);
  const type = response.headers.get("content-type") ?? "";
  const isOwn = response.status === 200 && response.type === "basic" && !response.redirected;
  if (!isOwn || !type.startsWith("text/html")) return;
  const html = await response.clone().text();
  if (html.includes(" data-exit")) {
    plan.sensitive.add(address);
    return forgetPage(address, plan);
  }
  await keep("pages", address, response, plan);
  const links = [...html.matchAll(/<(?:link|script)[^>]*? (?:href|src)="([^"]+\.(?:css|js))"/g)];
  await Promise.all(links.map(([, link]) => keepFile(new URL(link ?? "", address), plan)));
}

/** Deletes a page and its pictures from the caches. */
async function forgetPage(address: string, plan: WorkerState): Promise<void> {
  const pages = await caches.open(plan.caches.pages);
  const kept = await pages.match(address, { ignoreVary: true });
  if (kept === undefined) return;
  const html = await kept.text();
  const files = await caches.open(plan.caches.files);
  const pictures = html.matchAll(/[^\s"',=]+\.(?:avif|webp|jpe?g|png|gif|svg)(?=["'\s,])/gi);
  const addresses = [...pictures].map(([link]) => new URL(link, address));
  await Promise.all(
    addresses
      .filter(({ pathname }) => !plan.shell.includes(pathname))
      .map(({ href }) => files.delete(href, { ignoreVary: true })),
  );
  await pages.delete(address, { ignoreVary: true });
}

/** Deletes all cached pages in `leave`, even if the reader doesn't open them again. */
async function forgetLeaving(plan: WorkerState): Promise<void> {
  const kept = await (await caches.open(plan.caches.pages)).keys();
  const leaving = kept.filter(({ url }) => plan.leave.includes(new URL(url).pathname));
  await Promise.all(leaving.map(({ url }) => forgetPage(url, plan)));
}

/** Caches a page, or a file of a page, that was loaded before the worker was active. */
async function keepVisited(address: URL, plan: WorkerState): Promise<void> {
  const isPage = address.pathname.endsWith("/");
  if (kindOf(address, isPage, plan) === null) return;
  if (!isPage) return keepFile(address, plan);
  const page = address.origin + address.pathname;
  await keepPage(page, await fetch(page), plan);
}

/** Caches a file that never changes, unless it is cached already. */
async function keepFile(address: URL, plan: WorkerState): Promise<void> {
  if (kindOf(address, false, plan) !== "immutable") return;
  if ((await caches.match(address.href, { cacheName: plan.caches.files })) !== undefined) return;
  const response = await fetch(address.href);
  if (response.status === 200) await keep("files", address.href, response, plan);
}

/** Adds a response to a cache as the newest entry and evicts the oldest entries beyond the limit. */
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

/** Caches the offline page and the home page, and the files of the shell that aren't cached yet. */
async function fetchShell(plan: WorkerState): Promise<void> {
  const page = await fetch(plan.offlinePage, { cache: "no-cache" });
  if (page.status !== 200) throw new Error(`${plan.offlinePage} can't be had`);
  await keep("files", plan.offlinePage, page, plan);
  await Promise.all(plan.shell.map((address) => keepFile(new URL(address, location.origin), plan)));
  await keepVisited(new URL(plan.base, location.origin), plan);
}

/** Unregisters the worker and deletes its caches once its own file is gone, which means that the site turned it off. */
async function leaveIfUnwanted(worker: WorkerScope, plan: WorkerState): Promise<void> {
  const own = await fetch(worker.location.href, { cache: "no-store" }).catch(() => null);
  if (own === null || (own.status !== 404 && own.status !== 410)) return;
  plan.isLeaving = true;
  await worker.registration.unregister();
  await Promise.all([plan.caches.pages, plan.caches.files].map((name) => caches.delete(name)));
}
