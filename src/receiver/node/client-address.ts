import type { HttpBindings } from "@hono/node-server";

/**
 * The address of a client behind so many proxies of one's own: each adds the address it saw at the end of
 * `X-Forwarded-For`; what is before those entries was written by the client itself.
 */
export function clientAddress(request: Request, bindings: unknown, proxies: number): string | null {
  if (proxies > 0) {
    const seen = (request.headers.get("x-forwarded-for") ?? "").split(",").map((entry) => entry.trim());
    const address = seen.at(-proxies);
    if (address !== undefined && address !== "") return withoutPort(address);
  }
  return isNode(bindings) ? (bindings.incoming.socket.remoteAddress ?? null) : null;
}

/** Some proxies write the port as well: `1.2.3.4:5678`, `[2001:db8::1]:5678`. */
function withoutPort(address: string): string {
  return /^\[([^\]]*)\](?::\d+)?$|^([\d.]+):\d+$/.exec(address)?.slice(1).find(Boolean) ?? address;
}

function isNode(bindings: unknown): bindings is HttpBindings {
  return typeof bindings === "object" && bindings !== null && "incoming" in bindings;
}
