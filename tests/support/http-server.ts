import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A received request with its body. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** Writes the response. An error that it throws becomes a 500 response with the error message. */
export type Handler = (request: SeenRequest, response: ServerResponse) => void | Promise<void>;

/** An HTTP server on loopback, closed by `await using`. */
export interface TestServer extends AsyncDisposable {
  /** Origin without a trailing slash: `http://127.0.0.1:41234`. */
  readonly origin: string;
  readonly port: number;
  /** All requests so far, oldest first. */
  readonly seen: readonly SeenRequest[];
}

/** Starts a server on a free port. */
export async function startServer(handler: Handler, host = "127.0.0.1"): Promise<TestServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((incoming, response) => {
    void answer(incoming, response, handler, seen);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const port = portOf(server.address());
  return {
    origin: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    port,
    seen,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  incoming: IncomingMessage,
  response: ServerResponse,
  handler: Handler,
  seen: SeenRequest[],
): Promise<void> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
    const { method = "GET", url = "/", headers } = incoming;
    const request = { method, url, headers, body: Buffer.concat(chunks).toString("utf8") };
    seen.push(request);
    await handler(request, response);
  } catch (error) {
    if (!response.headersSent) response.writeHead(500);
    response.end(String(error));
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("The server has no port");
  return address.port;
}

/** Sends an HTML page. */
export function sendHtml(response: ServerResponse, html: string, status = 200): void {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8" });
  response.end(html);
}

/** Sends plain text. */
export function sendText(response: ServerResponse, text: string, status = 200): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(text);
}
