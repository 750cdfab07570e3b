/** Bearer tokens in requests, and errors about them (https://www.rfc-editor.org/rfc/rfc6750). */
import type { ReceiverRequest } from "../http.ts";

/** The token of the `Authorization` header, or null. */
export function bearerOf(c: ReceiverRequest): string | null {
  return /^Bearer +(\S+)\s*$/i.exec(c.req.header("authorization") ?? "")?.[1] ?? null;
}

/** A JSON error response with the `WWW-Authenticate` header of RFC 6750. */
export function jsonError(
  c: ReceiverRequest,
  status: 400 | 401 | 403 | 404 | 405 | 413 | 429 | 500 | 503,
  error: string,
  description: string,
): Response {
  c.header("cache-control", "no-store");
  if (status === 401 || error === "insufficient_scope")
    c.header("www-authenticate", error === "unauthorized" ? "Bearer" : `Bearer error="${error}"`);
  return c.json({ error, error_description: description }, status);
}
