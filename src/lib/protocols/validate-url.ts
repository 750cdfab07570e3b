import { lookup } from "node:dns/promises";
import { FetchError } from "./fetch-error.ts";
import { addressOfHost, isLoopbackAddress, isPublicAddress } from "./public-address.ts";

/** Resolves a host name to all its IPv4 and IPv6 addresses in one lookup. */
export type Resolver = (hostname: string) => Promise<readonly string[]>;

/** A URL that may be requested, with the only IP addresses that its connection may use. */
export interface VettedUrl {
  readonly url: URL;
  readonly addresses: readonly string[];
}

/** The system's resolver, including the hosts file. */
export const systemResolver: Resolver = async (hostname) =>
  (await lookup(hostname, { all: true, order: "verbatim" })).map(({ address }) => address);

/** Names that never belong to the public internet: RFC 6761, 6762, 8375, and ICANN's `.internal`. */
const localNames = ["localhost", "local", "internal", "home.arpa", "localdomain"];

/**
 * Checks an untrusted URL: http or https, no credentials, port 80 or 443, and a host whose addresses are all public. A
 * host with both public and other addresses is refused.
 *
 * @param allowLoopback also allows loopback hosts, on any port.
 * @throws FetchError
 */
export async function validateUrl(
  address: string,
  resolve: Resolver,
  allowLoopback: boolean,
): Promise<VettedUrl> {
  const url = parseHttpUrl(address);
  const addresses = await addressesOf(url, resolve, allowLoopback);
  const isLoopback = allowLoopback && addresses.every(isLoopbackAddress);
  if (!isLoopback && !addresses.every(isPublicAddress)) {
    throw new FetchError("blocked-address", url.href, `${url.hostname} is not on the public internet`);
  }
  if (!isLoopback && !isWebPort(url)) throw blockedPort(url);
  return { url, addresses };
}

/**
 * Parses an absolute http or https URL without credentials.
 *
 * @throws FetchError
 */
export function parseHttpUrl(address: string): URL {
  const url = URL.parse(address);
  if (url === null) throw new FetchError("bad-url", address, `"${address}" is not an absolute URL`);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new FetchError("bad-scheme", address, `${url.protocol} is neither http nor https`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new FetchError(
      "credentials",
      `${url.protocol}//${url.host}/`,
      "The URL contains a user name or password",
    );
  }
  return url;
}

async function addressesOf(url: URL, resolve: Resolver, allowLoopback: boolean): Promise<readonly string[]> {
  const literal = addressOfHost(url.hostname);
  if (literal !== null) return [literal];
  if (!allowLoopback && !isWebPort(url)) throw blockedPort(url);
  const name = url.hostname.endsWith(".") ? url.hostname.slice(0, -1) : url.hostname;
  if (allowLoopback && isBelow(name, "localhost")) return ["127.0.0.1", "::1"];
  if (localNames.some((local) => isBelow(name, local))) {
    throw new FetchError("blocked-address", url.href, `${url.hostname} is a local name`);
  }
  let addresses: readonly string[];
  try {
    addresses = await resolve(url.hostname);
  } catch (cause) {
    throw new FetchError("dns", url.href, `${url.hostname} doesn't resolve`, { cause });
  }
  if (addresses.length === 0) throw new FetchError("dns", url.href, `${url.hostname} has no address`);
  return addresses;
}

function blockedPort(url: URL): FetchError {
  return new FetchError("blocked-port", url.href, `Port ${url.port} is neither 80 nor 443`);
}

/** The URL parser leaves the port empty when it's the scheme's default. */
function isWebPort(url: URL): boolean {
  return url.port === "" || url.port === "80" || url.port === "443";
}

function isBelow(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}
