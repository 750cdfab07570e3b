/** The service worker. It runs in browsers only; `src/client/service-worker.ts` starts it. */

/** Facts about the site, which a build writes into the worker's file. */
export interface WorkerPlan {
  /** Identifies the shell; a changed one makes browsers install the worker again. */
  readonly version: string;
  /** Base path of the site. */
  readonly base: string;
  /** Address of the page that is shown in place of one that wasn't visited. */
  readonly offlinePage: string;
  /** Addresses of files that are fetched in advance and never evicted, that page among them. */
  readonly shell: readonly string[];
  /** Beginnings of addresses whose files never change. */
  readonly immutable: readonly string[];
  /** Addresses of pages that may not stay in a browser: sensitive posts, and those that were taken down. */
  readonly leave: readonly string[];
  /** Beginnings of addresses that are left to the browser. */
  readonly untouched: readonly string[];
  /** Names of the caches, which all sites of a host share. */
  readonly caches: { readonly pages: string; readonly files: string };
  /** How much is kept in each. */
  readonly most: { readonly pages: number; readonly files: number };
  /** How long a reader waits for the network when there is a kept copy. */
  readonly patienceMs: number;
}

/** The plan and what changes while the worker runs. */
export interface WorkerState extends WorkerPlan {
  /** Addresses of sensitive pages that were opened: their pictures aren't kept. */
  readonly sensitive: Set<string>;
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

/** Kind of resource at an address; null for requests that the worker ignores. */
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
 * Keeps a page with the style sheets and scripts that it links to, and forgets one that is gone. One that a reader may
 * have to leave quickly leaves no trace on the device.
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

/** Deletes what was kept of a page: itself, and the pictures that it shows. */
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

/** Deletes all pages that may not stay, also those that the reader doesn't open again. */
async function forgetLeaving(plan: WorkerState): Promise<void> {
  const kept = await (await caches.open(plan.caches.pages)).keys();
  const leaving = kept.filter(({ url }) => plan.leave.includes(new URL(url).pathname));
  await Promise.all(leaving.map(({ url }) => forgetPage(url, plan)));
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
