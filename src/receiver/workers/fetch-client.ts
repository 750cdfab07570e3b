/**
 * The guarded client on Workers, where `fetch` can only connect to public addresses. Therefore it checks just the URL
 * of each hop.
 */
import { decodeText, mediaTypeOf } from "../../lib/protocols/decode-text.ts";
import { FetchError } from "../../lib/protocols/fetch-error.ts";
import type { GuardedClient } from "../../lib/protocols/guarded-fetch.ts";
import type { GuardedRequest, GuardedResponse } from "../../lib/protocols/http-message.ts";
import { addressOfHost, isPublicAddress } from "../../lib/protocols/public-address.ts";
import { parseHttpUrl } from "../../lib/protocols/validate-url.ts";

export interface FetchClientOptions {
  readonly siteUrl: string;
  /** For tests: allows loopback hosts and all ports. */
  readonly allowLoopback?: boolean;
}

const TIMEOUT_MS = 5000;
const MAX_BYTES = 1024 * 1024;
const MAX_REDIRECTS = 5;

export function fetchClient({ siteUrl, allowLoopback = false }: FetchClientOptions): GuardedClient {
  const userAgent = `Backfence (Webmention; +${siteUrl})`;
  return {
    fetch: async (url, request = {}) => {
      const signal = AbortSignal.timeout(request.timeoutMs ?? TIMEOUT_MS);
      const redirects: string[] = [];
      let address = url;
      for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
        const checked = publicUrl(address, allowLoopback);
        const response = await ask(checked, request, userAgent, signal);
        const location = response.headers.get("location");
        if (response.status < 300 || response.status >= 400 || location === null)
          return await answerOf(response, checked.href, redirects, request);
        await response.body?.cancel();
        redirects.push(checked.href);
        address = nextUrl(location, checked.href);
      }
      throw new FetchError("too-many-redirects", url, `More than ${MAX_REDIRECTS} redirects`);
    },
  };
}

function publicUrl(address: string, allowLoopback: boolean): URL {
  const url = parseHttpUrl(address);
  if (allowLoopback) return url;
  const literal = addressOfHost(url.hostname);
  const isLocal = /(?:^|\.)(?:localhost|local|internal|localdomain|home\.arpa)\.?$/.test(url.hostname);
  if (isLocal || (literal !== null && !isPublicAddress(literal)))
    throw new FetchError("blocked-address", url.href, `${url.hostname} is not on the public internet`);
  if (!["", "80", "443"].includes(url.port))
    throw new FetchError("blocked-port", url.href, `Port ${url.port} is neither 80 nor 443`);
  return url;
}

function nextUrl(location: string, base: string): string {
  const next = URL.parse(location, base);
  if (next === null) throw new FetchError("bad-redirect", base, "A redirect without a usable address");
  return next.href;
}

async function ask(
  url: URL,
  request: GuardedRequest,
  userAgent: string,
  signal: AbortSignal,
): Promise<Response> {
  try {
    return await fetch(url, {
      method: request.method ?? "GET",
      redirect: "manual",
      signal,
      headers: { "user-agent": userAgent, accept: request.accept ?? "*/*" },
    });
  } catch (cause) {
    if (signal.aborted) throw new FetchError("timeout", url.href, "It took too long", { cause });
    throw new FetchError("network", url.href, `${url.hostname} can't be reached`, { cause });
  }
}

async function answerOf(
  response: Response,
  url: string,
  redirects: readonly string[],
  { wants, maxBytes = MAX_BYTES, whenTooLarge = "fail" }: GuardedRequest,
): Promise<GuardedResponse> {
  const contentType = response.headers.get("content-type");
  const mediaType = mediaTypeOf(contentType);
  const isSkipped = wants !== undefined && !wants(mediaType);
  const { bytes, isTruncated } = isSkipped
    ? { bytes: Buffer.alloc(0), isTruncated: false }
    : await readUpTo(response, maxBytes, url);
  if (isSkipped) await response.body?.cancel();
  if (isTruncated && whenTooLarge === "fail")
    throw new FetchError("too-large", url, `The body is larger than ${maxBytes} bytes`);
  const header = (name: string) => response.headers.get(name)?.trim() ?? null;
  return {
    url,
    redirects,
    status: response.status,
    header,
    headers: (name) => {
      const value = header(name);
      return value === null ? [] : [value];
    },
    mediaType,
    bytes,
    isTruncated,
    isSkipped,
    text: () => decodeText(bytes, contentType),
  };
}

async function readUpTo(response: Response, maxBytes: number, url: string) {
  const chunks: Uint8Array[] = [];
  let room = maxBytes;
  const reader = response.body?.getReader();
  try {
    for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
      chunks.push(part.value.subarray(0, room));
      if (part.value.byteLength > room) {
        await reader?.cancel();
        return { bytes: Buffer.concat(chunks), isTruncated: true };
      }
      room -= part.value.byteLength;
    }
  } catch (cause) {
    throw new FetchError("network", url, "The connection was closed before the end of the response", {
      cause,
    });
  }
  return { bytes: Buffer.concat(chunks), isTruncated: false };
}
