/** Maps old addresses to new site paths. */
import { possibleOutputFile } from "../site/urls.ts";

export class AddressBook {
  readonly #paths = new Map<string, string>();
  readonly #queries = new Map<string, string>();
  readonly #hosts = new Set<string>();

  /** Adds the host of an old address, so that other addresses on it count as the old blog's. */
  addHost(address: string | null): void {
    const url = address === null ? null : URL.parse(address);
    if (url !== null && /^https?:$/.test(url.protocol)) this.#hosts.add(bareHost(url.hostname));
  }

  /** Maps an old address to a site path; the first mapping wins. @returns whether the address has this mapping. */
  add(address: string, target: string): boolean {
    const url = this.#urlOf(address);
    if (url === null) return false;
    const key = pathKey(url.pathname);
    const query = queryKey(url);
    const map = query === null ? this.#paths : this.#queries;
    const name = query ?? key;
    if (map.has(name)) return map.get(name) === target;
    map.set(name, target);
    return true;
  }

  /** The new site path for an address of the old blog, with its fragment; null for all other addresses. */
  find(address: string): string | null {
    const url = this.#urlOf(address);
    if (url === null) return null;
    const query = queryKey(url);
    const target = query === null ? this.#paths.get(pathKey(url.pathname)) : this.#queries.get(query);
    return target === undefined ? null : target + url.hash;
  }

  /** Whether an address belongs to the old blog. */
  isOwn(address: string): boolean {
    return this.#urlOf(address) !== null;
  }

  #urlOf(address: string): URL | null {
    const base = "http://path.invalid/";
    const isPath = /^\/(?!\/)/.test(address);
    const url = URL.parse(address, isPath ? base : undefined);
    if (url === null || !/^https?:$/.test(url.protocol)) return null;
    return isPath || this.#hosts.has(bareHost(url.hostname)) ? url : null;
  }
}

/**
 * The path of an old address, for `aliases` in front matter. Null for the front page, an address with a query, a path
 * that can't be a file, and hosts shared by many blogs, where the old page stays.
 * @param base path of the new blog on its host; addresses outside it get no alias.
 */
export function aliasFor(address: string, base: string): string | null {
  const url = URL.parse(address, "http://path.invalid/");
  if (url === null || url.search !== "" || SHARED_HOSTS.has(bareHost(url.hostname))) return null;
  const path = withinBase(decoded(url.pathname), base);
  if (path === null) return null;
  if (path.split("/").some((part) => Buffer.byteLength(part) > LONGEST_NAME)) return null;
  const isPossible = path !== "/" && !/[^\S ]|\\|%.* | .*%/.test(path) && possibleOutputFile(path) !== null;
  return isPossible ? path.replaceAll(" ", "%20") : null;
}

/** A path without the base path; null for one outside it. @param base `/blog/`, or `/`. */
export function withinBase(path: string, base: string): string | null {
  if (base === "/") return path;
  return `${path}/`.startsWith(base) ? `/${path.slice(base.length)}` : null;
}

/** A path for comparison: lower case, without a trailing slash. */
export function foldedPath(path: string): string {
  return path.replace(/\/$/, "").toLowerCase();
}

/** Whether an address is on a host shared by many blogs, so that it can't be redirected. */
export function isShared(address: string | null): boolean {
  const url = URL.parse(address ?? "");
  return url !== null && SHARED_HOSTS.has(bareHost(url.hostname));
}

const SHARED_HOSTS = new Set(["medium.com", "tumblr.com", "substack.com", "notion.so"]);

/** In bytes. File systems allow 255; web hosts append extensions to some names. */
const LONGEST_NAME = 200;

function bareHost(host: string): string {
  return host.toLowerCase().replace(/^www\./, "");
}

function pathKey(path: string): string {
  return (
    decoded(path)
      .toLowerCase()
      .replace(/\/index\.html?$/, "/")
      .replace(/\/+$/, "") || "/"
  );
}

/** The query that identifies a text, such as `?p=12`; null for other addresses. */
export function queryOf(address: string): string | null {
  const url = URL.parse(address);
  return url === null ? null : queryKey(url);
}

/** WordPress identifies posts by `?p=12`. */
function queryKey(url: URL): string | null {
  for (const name of ["p", "page_id"]) {
    const value = url.searchParams.get(name);
    if (value !== null && /^\d+$/.test(value)) return `?p=${value}`;
  }
  return null;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path).normalize("NFC");
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}
