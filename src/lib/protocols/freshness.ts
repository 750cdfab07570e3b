import type { GuardedResponse } from "./http-message.ts";

/**
 * Returns how long a response stays fresh, in milliseconds; 0 if its headers don't say. Redirected responses are never
 * fresh, because the redirect may change. https://www.rfc-editor.org/rfc/rfc9111
 */
export function freshForMs(response: GuardedResponse, now: Date): number {
  if (response.redirects.length > 0 || response.header("vary") === "*") return 0;
  const directives = directivesOf(response.headers("cache-control").join(","));
  if (directives.has("no-store") || directives.has("no-cache")) return 0;
  const maxAge = directives.get("max-age");
  const seconds =
    maxAge === undefined ? secondsToExpiry(response, now) : Number(maxAge) - ageOf(response.header("age"));
  return Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : 0;
}

function directivesOf(header: string): ReadonlyMap<string, string> {
  return new Map(
    header.split(",").map((directive) => {
      const [name = "", value = ""] = directive.split("=", 2);
      return [name.trim().toLowerCase(), value.trim().replaceAll('"', "")];
    }),
  );
}

function secondsToExpiry(response: GuardedResponse, now: Date): number {
  const expires = Date.parse(response.header("expires") ?? "");
  const date = Date.parse(response.header("date") ?? "");
  return (expires - (Number.isNaN(date) ? now.getTime() : date)) / 1000;
}

function ageOf(header: string | null): number {
  return header !== null && /^\d+$/.test(header) ? Number(header) : 0;
}
