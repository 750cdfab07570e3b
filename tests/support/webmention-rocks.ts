import type { ServerResponse } from "node:http";
import { JSDOM } from "jsdom";
import type { SeenRequest, TestServer } from "./http-server.ts";
import { sendHtml, sendText, startServer } from "./http-server.ts";

/** A stand-in for https://webmention.rocks on loopback. */
export interface RocksServer extends TestServer {
  /** Notifications by the endpoint they reached: the right one, or one that must not get any. */
  readonly posts: { readonly good: string[]; readonly error: string[] };
}

/** Response of a discovery case. */
interface Served {
  readonly link?: readonly string[];
  readonly linkName?: string;
  readonly head?: string;
  readonly body?: string;
}

/**
 * Returns cases 1 to 22 of webmention.rocks' discovery tests, and case 24, which is commented out in its source.
 * `e` is the endpoint of a case; a notification to `x` fails the case. @param abs origin of the server.
 */
function discoveryCases(abs: string): Readonly<Record<number, Served>> {
  const e = (test: number) => `/test/${test}/webmention`;
  const x = (test: number) => `/test/${test}/webmention/error`;
  return {
    1: { link: [`<${e(1)}>; rel=webmention`] },
    2: { link: [`<${abs}${e(2)}>; rel=webmention`] },
    3: { head: `<link rel="webmention" href="${e(3)}">` },
    4: { head: `<link href="${abs}${e(4)}" rel="webmention">` },
    5: { body: `<a rel="webmention" href="${e(5)}">webmention endpoint</a>` },
    6: { body: `<a href="${abs}${e(6)}" rel="webmention">webmention endpoint</a>` },
    7: { linkName: "LinK", link: [`<${abs}${e(7)}>; rel=webmention`] },
    8: { link: [`<${abs}${e(8)}>; rel="webmention"`] },
    9: { head: `<link rel="webmention somethingelse" href="${e(9)}">` },
    10: { link: [`<${abs}${e(10)}>; rel="webmention somethingelse"`] },
    11: {
      link: [`<${e(11)}>; rel="webmention"`],
      head: `<link rel="webmention" href="${x(11)}">`,
      body: `<a href="${x(11)}" rel="webmention">X</a>`,
    },
    12: {
      head: `<link rel="not-webmention" href="${x(12)}">`,
      body: `<a href="${e(12)}" rel="webmention">E</a>`,
    },
    13: {
      body: `<!-- <a href="${x(13)}" rel="webmention">X</a> --><a href="${e(13)}" rel="webmention">E</a>`,
    },
    14: {
      body: `<code>&lt;a href="${x(14)}" rel="webmention"&gt;&lt;/a&gt;</code><a href="${e(14)}" rel="webmention">E</a>`,
    },
    15: { head: `<link rel="webmention" href="">` },
    16: {
      body: `<a href="${e(16)}" rel="webmention">E</a><link rel="webmention" href="${x(16)}">`,
    },
    17: { body: `<link rel="webmention" href="${e(17)}"><a href="${x(17)}" rel="webmention">X</a>` },
    18: { link: [`<${x(18)}>; rel="other"`, `<${e(18)}>; rel="webmention"`] },
    19: { link: [`<${x(19)}>; rel="other", <${e(19)}>; rel="webmention"`] },
    20: { head: `<link rel="webmention">`, body: `<a href="${e(20)}" rel="webmention">E</a>` },
    21: { head: `<link rel="webmention" href="${e(21)}?query=yes">` },
    22: { head: `<link rel="webmention" href="22/webmention">` },
    24: { body: `<b rel="webmention" href="${x(24)}">X</b><a rel="webmention" href="${e(24)}">E</a>` },
  };
}

/** Starts the stand-in. Its responses follow aaronpk/webmention.rocks 7b97198. */
export async function startRocks(): Promise<RocksServer> {
  const posts = { good: new Array<string>(), error: new Array<string>() };
  const oneUse = new OneUseKeys();
  const editing = new EditingTests(oneUse);
  let served: Readonly<Record<number, Served>> = {};
  const server = await startServer(async (request, response) => {
    const url = new URL(request.url, server.origin);
    const segments = url.pathname.split("/").slice(1);
    if (segments[0] === "update" || segments[0] === "delete") {
      return editing.answer(request, url, response);
    }
    const test = Number(segments[1]);
    if (test === 23) return redirectedCase(request, url, response, posts, oneUse);
    if (segments[3] === "error") {
      posts.error.push(request.url);
      return sendText(response, "This endpoint must not be used", 400);
    }
    const isEndpoint = segments[2] === "webmention" || (test === 15 && request.method === "POST");
    if (isEndpoint) return endpoint(request, url, response, `${server.origin}/test/${test}`, posts.good);
    if (request.method !== "GET") {
      posts.error.push(request.url);
      return sendText(response, "Not an endpoint", 400);
    }
    return servePage(response, test, served[test] ?? {});
  });
  served = discoveryCases(server.origin);
  return Object.assign(server, { posts });
}

function servePage(
  response: ServerResponse,
  test: number,
  { link, linkName = "Link", head, body }: Served,
): void {
  response.writeHead(
    200,
    [["Content-Type", "text/html; charset=UTF-8"], ...(link ?? []).map((value) => [linkName, value])].flat(),
  );
  response.end(
    `<!doctype html><html><head><title>Discovery Test #${test}</title>${head ?? ""}</head><body>${body ?? ""}</body></html>`,
  );
}

/** Validates a notification like every endpoint of webmention.rocks; responds 400 with the reason if it's invalid. */
async function endpoint(
  request: SeenRequest,
  url: URL,
  response: ServerResponse,
  target: string,
  good: string[],
): Promise<void> {
  const problem = await endpointProblem(request, url, target);
  if (problem !== null) return sendText(response, problem, 400);
  good.push(request.url);
  sendText(response, "Webmention was successful", 202);
}

async function endpointProblem(request: SeenRequest, url: URL, target: string): Promise<string | null> {
  if (request.method !== "POST") return "method";
  if (request.headers["content-type"] !== "application/x-www-form-urlencoded") return "content-type";
  const form = new URLSearchParams(request.body);
  const source = form.get("source");
  if (source === null || !/^https?:$/.test(URL.parse(source)?.protocol ?? "")) return "source";
  if (form.get("target") !== target) return `target is not ${target}`;
  if (url.pathname.includes("/21/") && url.searchParams.get("query") !== "yes") return "query is missing";
  if (form.has("query")) return "query in the body";
  const { hrefs } = await fetchSource(source);
  return hrefs.includes(target) ? null : "no link";
}

/** Fetches the source and extracts its `href`s as webmention.rocks does: as strings, never resolved. */
async function fetchSource(source: string) {
  const answer = await fetch(source);
  const { document } = new JSDOM(await answer.text()).window;
  const status = document.querySelector('meta[http-equiv="Status"]')?.getAttribute("content") ?? "";
  return {
    hrefs: [...document.querySelectorAll("a[href]")].map((a) => a.getAttribute("href")),
    isGone: answer.status === 410 || status.startsWith("410"),
  };
}

/** Case 23: a redirect to a page that can be fetched once, with an endpoint that can be used once. */
async function redirectedCase(
  request: SeenRequest,
  url: URL,
  response: ServerResponse,
  posts: { readonly good: string[]; readonly error: string[] },
  keys: OneUseKeys,
): Promise<void> {
  if (url.pathname === "/test/23/page") {
    response.writeHead(302, { location: `page/${keys.make()}` }).end();
    return;
  }
  const [, key = ""] = /^\/test\/23\/page\/(\w+)$/.exec(url.pathname) ?? [];
  if (key !== "") {
    if (!keys.use(key)) return sendText(response, "Fetched twice", 410);
    const path = `webmention-endpoint/${keys.make()}`;
    response.writeHead(200, { "content-type": "text/html", link: `<${path}>; rel="webmention"` });
    response.end(`<a href="${path}" rel="webmention">endpoint</a>`);
    return;
  }
  const [, endpointKey = ""] = /^\/test\/23\/page\/webmention-endpoint\/(\w+)$/.exec(url.pathname) ?? [];
  if (!keys.use(endpointKey)) {
    posts.error.push(request.url);
    return sendText(response, "Used twice, or resolved against the wrong page", 400);
  }
  return endpoint(request, url, response, `${url.origin}/test/23/page`, posts.good);
}

class OneUseKeys {
  readonly #open = new Set<string>();
  #made = 0;

  make(): string {
    const key = `k${++this.#made}x${Math.trunc(performance.now() * 1000).toString(36)}`;
    this.#open.add(key);
    return key;
  }

  use(key: string): boolean {
    return this.#open.delete(key);
  }
}

/** Tests update 1, update 2 and delete 1: endpoints with one-use keys, and the progress of each source. */
class EditingTests {
  readonly #keys: OneUseKeys;
  readonly #done = new Set<string>();

  constructor(keys: OneUseKeys) {
    this.#keys = keys;
  }

  async answer(request: SeenRequest, url: URL, response: ServerResponse): Promise<void> {
    if (request.method === "GET") {
      const path = `${url.pathname}/webmention?key=${this.#keys.make()}`;
      response.writeHead(200, { link: `<${path}>; rel=webmention` }).end(`<h1>${url.pathname}</h1>`);
      return;
    }
    if (!this.#keys.use(url.searchParams.get("key") ?? "")) return sendText(response, "used key", 400);
    const form = new URLSearchParams(request.body);
    const page = url.pathname.replace(/\/webmention$/, "");
    if (form.get("target") !== url.origin + page) return sendText(response, "wrong target", 400);
    const source = form.get("source") ?? "";
    const { hrefs, isGone } = await fetchSource(source);
    const links = (path: string) => hrefs.includes(url.origin + path);
    const [status, word] = this.#judge(page, source, links, isGone);
    sendText(response, word, status);
  }

  #judge(page: string, source: string, links: (path: string) => boolean, isGone: boolean): [number, string] {
    if (page.startsWith("/update/1")) return this.#update1(page, source, links);
    if (page.startsWith("/update/2")) return this.#update2(page, source, links);
    return this.#delete1(source, links, isGone);
  }

  #update1(page: string, source: string, links: (path: string) => boolean): [number, string] {
    const [one, two] = [links("/update/1"), links("/update/1/part/2")];
    const started = this.#done.has(`update1 ${source}`);
    if (!started && page === "/update/1") {
      if (!one) return [400, "no link"];
      if (two) return [200, "test_failed"];
      this.#done.add(`update1 ${source}`);
      return [200, "started"];
    }
    if (!started) return [200, "test_not_started"];
    return one && two ? [200, "passed"] : [200, "incomplete"];
  }

  #update2(page: string, source: string, links: (path: string) => boolean): [number, string] {
    const [one, two] = [links("/update/2"), links("/update/2/part/2")];
    const started = this.#done.has(`update2 ${page} ${source}`);
    if (!started) {
      if (!one || !two) return [400, "link both first"];
      this.#done.add(`update2 ${page} ${source}`);
      return [200, "started"];
    }
    if (page === "/update/2") return one && !two ? [200, "passed"] : [200, "incomplete"];
    return two ? [200, "incomplete"] : [200, "passed"];
  }

  #delete1(source: string, links: (path: string) => boolean, isGone: boolean): [number, string] {
    const linked = links("/delete/1");
    if (!this.#done.has(`delete1 ${source}`)) {
      if (isGone || !linked) return [400, "start with a page that links here"];
      this.#done.add(`delete1 ${source}`);
      return [200, "started"];
    }
    if (linked) return [200, "not_deleted"];
    return isGone ? [200, "passed"] : [400, "neither 410 nor a tombstone"];
  }
}

/** Serves the sender's blog: a page whose content tests can change. */
export async function startSource(): Promise<{
  server: TestServer;
  pages: Map<string, string | { status: number; html: string }>;
}> {
  const pages = new Map<string, string | { status: number; html: string }>();
  const server = await startServer(({ url }, response) => {
    const page = pages.get(url);
    if (page === undefined) sendHtml(response, "Not found", 404);
    else if (typeof page === "string") sendHtml(response, page);
    else sendHtml(response, page.html, page.status);
  });
  return { server, pages };
}
