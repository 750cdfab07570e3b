import { isIPv6 } from "node:net";
import type { LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { FetchError } from "./fetch-error.ts";
import { canonicalAddress } from "./public-address.ts";

/**
 * Creates a connector that only connects to the checked addresses, whatever the name resolves to later. `lookup` isn't
 * called for address literals; `validateUrl` has checked those, and the peer of every connected socket is compared too.
 */
export function pinnedConnector(addresses: readonly string[], timeoutMs: number): buildConnector.connector {
  const checked = new Set(addresses.map(canonicalAddress));
  const pinned = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
  const lookup: LookupFunction = (_hostname, options, callback) => {
    const [first] = pinned;
    if (first === undefined) callback(new Error("no address"), "", 0);
    else if (options.all === true) callback(null, pinned);
    else callback(null, first.address, first.family);
  };
  const connect = buildConnector({ lookup, allowH2: false, timeout: timeoutMs, autoSelectFamily: true });
  return (options, callback) => {
    connect(options, (...result) => {
      const [error, socket] = result;
      if (error === null && !checked.has(canonicalAddress(socket.remoteAddress ?? ""))) {
        socket.destroy();
        callback(
          new FetchError("blocked-address", options.hostname, "Connected to an unchecked address"),
          null,
        );
      } else {
        callback(...result);
      }
    });
  };
}
