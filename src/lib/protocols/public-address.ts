import ipaddr from "ipaddr.js";

/** The only IPv6 block allocated by IANA for global unicast: 2000::/3. */
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether an IP address belongs to the public internet: a unicast address that IANA lists as globally reachable.
 * False for private, loopback, link-local, carrier-grade NAT, unique local, multicast, documentation, benchmarking and
 * reserved blocks of both families, and for every IPv6 form that embeds an IPv4 address (`::/96`, IPv4-mapped,
 * IPv4-translated, NAT64, 6to4, Teredo), since the embedded address may be in one of these blocks.
 * See https://www.iana.org/assignments/iana-ipv4-special-registry and -ipv6-special-registry.
 *
 * @param address an IPv4 or IPv6 literal without brackets; anything else isn't public.
 */
export function isPublicAddress(address: string): boolean {
  const parsed = parseAddress(address);
  if (parsed === null) return false;
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(globalUnicast)) return false;
  return parsed.range() === "unicast";
}

/** Whether an IP address is in 127.0.0.0/8 or is ::1; false for IPv4-mapped spellings. */
export function isLoopbackAddress(address: string): boolean {
  return parseAddress(address)?.range() === "loopback";
}

/** Returns the IP address in a URL's host (`[::1]`, `127.0.0.1`), or null if the host is a name. */
export function addressOfHost(hostname: string): string | null {
  const bare = hostname.startsWith("[") && hostname.endsWith("]") ? hostname.slice(1, -1) : hostname;
  return parseAddress(bare) === null ? null : bare;
}

/** Normalizes an IP address for comparison; returns other text unchanged. */
export function canonicalAddress(address: string): string {
  return parseAddress(address)?.toNormalizedString() ?? address;
}

/** Accepts only strict spellings: `new URL()` has already normalized `2130706433`, `0x7f.1` and the like. */
function parseAddress(address: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return ipaddr.IPv4.parse(address);
  if (ipaddr.IPv6.isValid(address)) return ipaddr.IPv6.parse(address);
  return null;
}
