/**
 * Astro renders a page as the answer to a request. Node's own classes for those cost each thread 0.2 s to load, and
 * then check and copy: a tenth of what rendering pages takes. Threads that only render static pages do without them:
 * nobody sends these headers, and a body is handed on as it is.
 */
type Pairs = Iterable<readonly [string, string]> | Readonly<Record<string, string>>;

class PageHeaders {
  readonly #values = new Map<string, string>();

  constructor(pairs: Pairs = []) {
    for (const [name, value] of isList(pairs) ? pairs : Object.entries(pairs)) this.set(name, value);
  }

  get(name: string): string | null {
    return this.#values.get(name.toLowerCase()) ?? null;
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase());
  }

  set(name: string, value: string): void {
    this.#values.set(name.toLowerCase(), String(value));
  }

  append(name: string, value: string): void {
    this.set(name, this.has(name) ? `${this.get(name)}, ${value}` : value);
  }

  delete(name: string): void {
    this.#values.delete(name.toLowerCase());
  }

  [Symbol.iterator](): Iterator<[string, string]> {
    return this.#values.entries();
  }
}

class PageRequest {
  readonly url: string;
  readonly method = "GET";
  readonly headers = new PageHeaders();

  constructor(url: URL | string) {
    this.url = String(url);
  }
}

interface PageInit {
  readonly status?: number;
  readonly statusText?: string;
  readonly headers?: Pairs;
}

class PageResponse {
  readonly body: Uint8Array | null;
  readonly status: number;
  readonly statusText: string;
  readonly headers: PageHeaders;

  constructor(
    body: Uint8Array | string | null = null,
    { status = 200, statusText = "", headers }: PageInit = {},
  ) {
    this.body = typeof body === "string" ? Buffer.from(body) : body;
    this.status = status;
    this.statusText = statusText;
    this.headers = new PageHeaders(headers);
  }

  bytes(): Promise<Uint8Array> {
    return Promise.resolve(this.body ?? new Uint8Array());
  }
}

/** By the names of the platform's. */
export const PAGE_HTTP = { Headers: PageHeaders, Request: PageRequest, Response: PageResponse } as const;

/** Puts them in the place of the platform's in this thread. Assigned, not defined: that would load the platform's. */
export function usePageHttp(): void {
  Object.assign(globalThis, PAGE_HTTP);
}

function isList(pairs: Pairs): pairs is Iterable<readonly [string, string]> {
  return Symbol.iterator in pairs;
}
