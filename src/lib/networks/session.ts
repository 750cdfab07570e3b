/** Fetches JSON from servers of networks, with conditional requests and within the servers' rate limits. */
import { FetchError } from "../protocols/fetch-error.ts";
import type { GuardedClient } from "../protocols/guarded-fetch.ts";
import type { GuardedResponse } from "../protocols/http-message.ts";
import { faultOfError, faultOfStatus, parsedJson, PullFault } from "../responses/pull/api-client.ts";
import type { HttpStore } from "./http-store.ts";

export interface SessionOptions {
  readonly client: GuardedClient;
  readonly store: HttpStore;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly timeoutMs?: number | undefined;
  /** A request that would have to wait longer than this for a rate limit fails; the next pull tries again. */
  readonly maxWaitMs: number;
}

export interface NetworkAnswer {
  readonly status: number;
  /** Null for one of the expected statuses. */
  readonly value: unknown;
  /** Value of the `Link` header. */
  readonly link: string | null;
}

export interface NetworkRequest {
  /** The server's name in messages. */
  readonly service: string;
  readonly token?: string | null | undefined;
  /** See `ApiRequest`. */
  readonly tokenHint?: string | undefined;
  /** Error statuses to return instead of throwing a fault. */
  readonly expected?: readonly number[];
}

/** Requests of one pull, which share the servers' rate limits. */
export interface NetworkSession {
  /** Fetches JSON, and retries rate-limited requests twice. @throws PullFault */
  ask(url: string, request: NetworkRequest): Promise<NetworkAnswer>;
}

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 8 * 1024 * 1024;
const TRIES = 3;

/** @see NetworkSession */
export function networkSession(options: SessionOptions): NetworkSession {
  /** Time when requests to each host may resume, in ms since 1970. */
  const pauses = new Map<string, number>();
  return {
    ask: async (url, request) => {
      const host = new URL(url).host;
      for (let tried = 1; ; tried++) {
        await waitFor(pauses.get(host) ?? 0, request.service, options);
        const { answer, isLimited, pausedUntil } = await askOnce(url, request, options);
        if (pausedUntil !== null) pauses.set(host, pausedUntil);
        if (!isLimited) return answer;
        if (tried === TRIES) throw new PullFault("rateLimit", `${request.service} asks to wait (429)`);
      }
    },
  };
}

async function waitFor(until: number, service: string, options: SessionOptions): Promise<void> {
  const ms = until - options.now();
  if (ms <= 0) return;
  if (ms > options.maxWaitMs) {
    throw new PullFault("rateLimit", `${service} asks to wait for ${Math.ceil(ms / 1000)} seconds`);
  }
  await options.sleep(ms);
}

interface Attempt {
  readonly answer: NetworkAnswer;
  /** Whether the server refused the request because of its rate limit; `answer` is then meaningless. */
  readonly isLimited: boolean;
  readonly pausedUntil: number | null;
}

async function askOnce(url: string, request: NetworkRequest, options: SessionOptions): Promise<Attempt> {
  const { service, token = null, tokenHint, expected = [] } = request;
  // Responses to requests with a token may not be public and aren't cached.
  const kept = token === null ? options.store.get(url) : null;
  const response = await fetched(url, request, kept, options);
  const pausedUntil = pauseOf(response, options.now());
  const link = response.header("link");
  const rest = { isLimited: false, pausedUntil };
  if (response.status === 304 && kept !== null)
    return { ...rest, answer: { status: 200, value: kept.value, link: kept.link } };
  if (isRateLimit(response)) {
    const until = pausedUntil ?? options.now() + 5000;
    return { answer: { status: response.status, value: null, link }, isLimited: true, pausedUntil: until };
  }
  if (expected.includes(response.status))
    return { ...rest, answer: { status: response.status, value: null, link } };
  const fault = faultOfStatus(response, { service, token, tokenHint });
  if (fault !== null) throw fault;
  const value = parsedJson(response, service);
  const [etag, lastModified] = [response.header("etag"), response.header("last-modified")];
  if (token === null && (etag !== null || lastModified !== null))
    options.store.set({ url, etag, lastModified, link, value });
  return { ...rest, answer: { status: response.status, value, link } };
}

async function fetched(
  url: string,
  { service, token }: NetworkRequest,
  kept: { readonly etag: string | null; readonly lastModified: string | null } | null,
  { client, timeoutMs }: SessionOptions,
): Promise<GuardedResponse> {
  try {
    return await client.fetch(url, {
      accept: "application/json",
      timeoutMs: timeoutMs ?? TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      bearer: token ?? undefined,
      ifNoneMatch: kept?.etag ?? undefined,
      ifModifiedSince: kept?.etag == null ? (kept?.lastModified ?? undefined) : undefined,
    });
  } catch (error) {
    if (error instanceof FetchError) throw faultOfError(error, service);
    throw error;
  }
}

function isRateLimit({ status, header }: GuardedResponse): boolean {
  return status === 429 || (status === 403 && header("x-ratelimit-remaining") === "0");
}

/**
 * Time when requests may resume, in ms since 1970; null for no pause. Mastodon sends `X-RateLimit-Reset` as a date,
 * Bluesky `RateLimit-Reset` in seconds since 1970, both `Retry-After`.
 */
function pauseOf(response: GuardedResponse, now: number): number | null {
  const remaining = response.header("x-ratelimit-remaining") ?? response.header("ratelimit-remaining");
  if (remaining !== "0" && !isRateLimit(response)) return null;
  const retry = response.header("retry-after");
  if (retry !== null && /^\d+$/.test(retry)) return now + Number(retry) * 1000;
  const date = Date.parse(retry ?? "");
  if (!Number.isNaN(date)) return date;
  const reset = response.header("x-ratelimit-reset") ?? response.header("ratelimit-reset");
  if (reset === null) return null;
  const at = /^\d+$/.test(reset) ? secondsOf(Number(reset), now) : Date.parse(reset);
  return Number.isNaN(at) ? null : at;
}

/** Converts seconds to ms since 1970; a number below 1,000,000,000 counts from now. */
function secondsOf(seconds: number, now: number): number {
  return seconds < 1_000_000_000 ? now + seconds * 1000 : seconds * 1000;
}
