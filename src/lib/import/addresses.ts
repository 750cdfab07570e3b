/** Old addresses and the new places that they lead to. */
import { possibleOutputFile } from "../site/urls.ts";

export class AddressBook {
  readonly #paths = new Map<string, string>();
  readonly #queries = new Map<string, string>();
  readonly #hosts = new Set<string>();

  /** Notes an address of the old blog's, so that others on its host count as the blog's own. */
  addHost(address: string | null): void {
    const url = address === null ? null : URL.parse(address);
    if (url !== null && /^https?:$/.test(url.protocol)) this.#hosts.add(bareHost(url.hostname));
  }

  /** Notes where an old address leads; the first to name it has it. @returns whether it was free. */
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

  /** Site path that an address of the old blog leads to now, with its fragment; null for all other addresses. */
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
 * The alias for an old address: its path, as `aliases` in front matter has it. Null when there is none: the front page, an
 * address with a query, one that can't be a file, one on a host of many blogs, which stays there.
 * @param base path of the new blog, in which its files are; an address outside of it can't be one of them.
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

/** A path as the site has it, which doesn't know its base; null for one outside. @param base `/blog/`, or `/`. */
export function withinBase(path: string, base: string): string | null {
  if (base === "/") return path;
  return `${path}/`.startsWith(base) ? `/${path.slice(base.length)}` : null;
}

/** A path as it's compared with others. */
export function foldedPath(path: string): string {
  return path.replace(/\/$/, "").toLowerCase();
}

/** Whether an address is on a host of many blogs, so that nothing of it can lead here. */
export function isShared(address: string | null): boolean {
  const url = URL.parse(address ?? "");
  return url !== null && SHARED_HOSTS.has(bareHost(url.hostname));
}

const SHARED_HOSTS = new Set(["medium.com", "tumblr.com", "substack.com", "notion.so"]);

/** File systems take names of 255 bytes; hosts add endings to some. */
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

/** The query by which an address names a text: `?p=12`; null for other addresses. */
export function queryOf(address: string): string | null {
  const url = URL.parse(address);
  return url === null ? null : queryKey(url);
}

/** WordPress finds posts by `?p=12`. */
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
