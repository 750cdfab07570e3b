import type { ServerResponse } from "node:http";

/** Fault of a request. */
export type NetworkFault =
  "none" | "500" | "503" | "401" | "reset" | "html" | "cut" | "wrong-shape" | "429" | "429-long" | "empty";

/** Responds with a fault. @returns false for `none`: the server sends the normal response. */
export function failWith(fault: NetworkFault, response: ServerResponse): boolean {
  const json = { "content-type": "application/json" };
  switch (fault) {
    case "none":
      return false;
    case "reset":
      response.destroy();
      return true;
    case "html":
      response.writeHead(200, { "content-type": "text/html" }).end("<h1>We'll be back</h1>");
      return true;
    case "cut":
      response.writeHead(200, json).end('{"id": "1", "content": "<p>');
      return true;
    case "wrong-shape":
      response.writeHead(200, json).end('{"message": "hello"}');
      return true;
    case "empty":
      response.writeHead(200, json).end("");
      return true;
    case "429":
      response.writeHead(429, { ...json, "retry-after": "1" }).end('{"error": "Too many requests"}');
      return true;
    case "429-long": {
      const reset = new Date(Date.now() + 4 * 60_000).toISOString();
      const limits = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
      response.writeHead(429, { ...json, ...limits }).end('{"error": "Too many requests"}');
      return true;
    }
    default:
      response.writeHead(Number(fault), json).end('{"error": "no"}');
      return true;
  }
}
