import { createServer } from "node:net";

/** Below the ports that systems hand out by themselves, and above those to which browsers don't connect. */
const FIRST = 11_000;
const LAST = 32_000;
/** Ports of one process; the blocks of processes that run at the same time aren't the same. */
const BLOCK = 100;

let next = FIRST + ((process.pid * BLOCK) % (LAST - FIRST));

/**
 * A free port of loopback, for a server that is told its port: no other test is given it, and no system takes it for a
 * connection or for a server that asks for any port.
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
