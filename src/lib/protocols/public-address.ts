import ipaddr from "ipaddr.js";

/** The only IPv6 block allocated by IANA for global unicast: 2000::/3. */
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether an IP address belongs to the public internet: a unicast address that IANA lists as globally reachable.
 * Refused are private, loopback, link-local, carrier-grade NAT, unique local, multicast, documentation,
 * benchmarking and reserved blocks of both families, and every IPv6 form that carries an IPv4 address
 * (`::/96`, IPv4-mapped, IPv4-translated, NAT64, 6to4, Teredo), since what it carries may be any of these.
 * See https://www.iana.org/assignments/iana-ipv4-special-registry and -ipv6-special-registry.
 *
 * @param address an IPv4 or IPv6 literal without brackets; anything else counts as not public.
 */
export function isPublicAddress(address: string): boolean {
  const parsed = parseAddress(address);
  if (parsed === null) return false;
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(globalUnicast)) return false;
  return parsed.range() === "unicast";
}

/** Whether an IP address is 127.0.0.0/8 or ::1; IPv4-mapped spellings are not. */
export function isLoopbackAddress(address: string): boolean {
  return parseAddress(address)?.range() === "loopback";
}

/** The IP address that a URL's host stands for (`[::1]` and `127.0.0.1`), or null when the host is a name. */
export function addressOfHost(hostname: string): string | null {
  const bare = hostname.startsWith("[") && hostname.endsWith("]") ? hostname.slice(1, -1) : hostname;
  return parseAddress(bare) === null ? null : bare;
}

/** One spelling for each address, for comparing them; what isn't an address stays as it is. */
export function canonicalAddress(address: string): string {
  return parseAddress(address)?.toNormalizedString() ?? address;
}

/** Strict spellings only: `new URL()` has folded `2130706433`, `0x7f.1` and the like before they get here. */
function parseAddress(address: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return ipaddr.IPv4.parse(address);
  if (ipaddr.IPv6.isValid(address)) return ipaddr.IPv6.parse(address);
  return null;
}
