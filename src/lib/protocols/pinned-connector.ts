import { isIPv6 } from "node:net";
import type { LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { FetchError } from "./fetch-error.ts";
import { canonicalAddress } from "./public-address.ts";

/**
 * Connects to the checked addresses and no others, whatever the name resolves to by then. An address literal never
 * reaches `lookup`; vetUrl has checked it, and the connected socket's peer is compared in every case.
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
