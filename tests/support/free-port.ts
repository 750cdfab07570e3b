import { createServer } from "node:net";

/** The range is below the ephemeral ports of operating systems, and above the ports that browsers block. */
const FIRST = 11_000;
const LAST = 32_000;
/** Number of ports for one process; processes that run at the same time start at different blocks. */
const BLOCK = 100;

let next = FIRST + ((process.pid * BLOCK) % (LAST - FIRST));

/**
 * Returns a free port on loopback, for a server that needs a fixed port. No other test gets the same port, and the
 * operating system doesn't use it for connections or for servers that listen on port 0.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = next;
    next = next === LAST ? FIRST : next + 1;
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
