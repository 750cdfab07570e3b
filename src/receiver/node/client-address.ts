import type { HttpBindings } from "@hono/node-server";

/**
 * The IP address of a client behind a number of trusted proxies. Each proxy appends the address it saw to
 * `X-Forwarded-For`; earlier entries come from the client and aren't trusted.
 */
export function clientAddress(request: Request, bindings: unknown, proxies: number): string | null {
  if (proxies > 0) {
    const seen = (request.headers.get("x-forwarded-for") ?? "").split(",").map((entry) => entry.trim());
    const address = seen.at(-proxies);
    if (address !== undefined && address !== "") return withoutPort(address);
  }
  return isNode(bindings) ? (bindings.incoming.socket.remoteAddress ?? null) : null;
}

/** Removes the port that some proxies add: `1.2.3.4:5678`, `[2001:db8::1]:5678`. */
function withoutPort(address: string): string {
  return /^\[([^\]]*)\](?::\d+)?$|^([\d.]+):\d+$/.exec(address)?.slice(1).find(Boolean) ?? address;
}

function isNode(bindings: unknown): bindings is HttpBindings {
  return typeof bindings === "object" && bindings !== null && "incoming" in bindings;
}
