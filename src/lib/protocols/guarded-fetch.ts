import { FetchError } from "./fetch-error.ts";
import type { GuardedRequest, GuardedResponse } from "./http-message.ts";
import type { HopPolicy } from "./fetch-hop.ts";
import { fetchHop } from "./fetch-hop.ts";
import type { Resolver } from "./validate-url.ts";
import { systemResolver, validateUrl } from "./validate-url.ts";

export interface GuardedClientOptions {
  /** The blog's URL, part of the User-Agent so that server operators can identify the client. */
  readonly siteUrl: string;
  /** For tests: allows requests to loopback hosts, on any port. */
  readonly allowLoopback?: boolean | undefined;
  readonly resolve?: Resolver | undefined;
  /** Limits for requests that don't set their own. */
  readonly timeoutMs?: number | undefined;
  readonly maxBytes?: number | undefined;
  readonly maxRedirects?: number | undefined;
}

/** HTTP client for URLs chosen by others. */
export interface GuardedClient {
  /**
   * Resolves for every HTTP status, including 404 and 500.
   *
   * @throws FetchError
   */
  fetch(url: string, request?: GuardedRequest): Promise<GuardedResponse>;
}

/**
 * Creates the HTTP client for untrusted URLs: http and https on their default ports; public addresses only; each name
 * resolved once and the connection pinned to the checked addresses; every redirect checked in the same way; limits on
 * redirects, bytes (after decompression) and time (of the whole chain). No cookies, no state between requests.
 */
export function createGuardedClient(options: GuardedClientOptions): GuardedClient {
  const policy: Policy = {
    userAgent: `Backfence (Webmention; +${options.siteUrl})`,
    allowLoopback: options.allowLoopback ?? false,
    resolve: options.resolve ?? systemResolver,
    timeoutMs: options.timeoutMs ?? 5000,
    maxBytes: options.maxBytes ?? 1024 * 1024,
    maxRedirects: options.maxRedirects ?? 5,
  };
  return { fetch: (url, request = {}) => fetchInTime(url, request, policy) };
}

interface Policy extends HopPolicy {
  readonly allowLoopback: boolean;
  readonly resolve: Resolver;
  readonly maxRedirects: number;
}

async function fetchInTime(url: string, request: GuardedRequest, policy: Policy): Promise<GuardedResponse> {
  const timeoutMs = request.timeoutMs ?? policy.timeoutMs;
  const clock = new AbortController();
  const timer = setTimeout(() => {
    clock.abort(new FetchError("timeout", url, `No complete response within ${timeoutMs / 1000} seconds`));
  }, timeoutMs);
  const signal =
    request.signal === undefined ? clock.signal : AbortSignal.any([clock.signal, request.signal]);
  try {
    return await orAborted(followRedirects(url, request, policy, signal), signal, url);
  } finally {
    clearTimeout(timer);
  }
}

/** Settles as soon as the signal fires, even during a DNS lookup, which can't be canceled. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal, url: string): Promise<T> {
  const reason = () =>
    signal.reason instanceof FetchError
      ? signal.reason
      : new FetchError("aborted", url, "The request was canceled", { cause: signal.reason });
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(reason());
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort);
  try {
    return await Promise.race([work, aborted]);
  } catch (error) {
    throw signal.aborted ? reason() : error;
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

async function followRedirects(
  start: string,
  request: GuardedRequest,
  policy: Policy,
  signal: AbortSignal,
): Promise<GuardedResponse> {
  const redirects: string[] = [];
  let current = start;
  let currentRequest = request;
  for (;;) {
    const vetted = await validateUrl(current, policy.resolve, policy.allowLoopback);
    signal.throwIfAborted();
    const answer = await fetchHop(vetted, currentRequest, policy, signal, redirects);
    if ("response" in answer) return answer.response;
    if (redirects.length >= policy.maxRedirects) {
      throw new FetchError("too-many-redirects", start, `More than ${policy.maxRedirects} redirects`);
    }
    if (request.bearer !== undefined) {
      const { host } = new URL(redirectTarget(answer.location, vetted.url));
      throw new FetchError("bad-redirect", current, `A request with a token is not redirected to ${host}`);
    }
    redirects.push(vetted.url.href);
    currentRequest = answer.status === 303 ? asGet(currentRequest) : currentRequest;
    current = redirectTarget(answer.location, vetted.url);
  }
}

/**
 * Converts a request to GET for a 303 redirect. Other redirects repeat the same request: most lead from http to https,
 * where a notification turned into a GET would be lost silently.
 */
function asGet(request: GuardedRequest): GuardedRequest {
  return { ...request, method: request.method === "HEAD" ? "HEAD" : "GET", body: undefined };
}

function redirectTarget(location: string, from: URL): string {
  const target = URL.parse(location, from);
  if (target === null) throw new FetchError("bad-redirect", from.href, `Redirect to "${location}"`);
  return target.href;
}
