import { Client } from "undici";
import type { Dispatcher } from "undici";
import { decodeText, mediaTypeOf } from "./decode-text.ts";
import { FetchError } from "./fetch-error.ts";
import type { GuardedRequest, GuardedResponse } from "./http-message.ts";
import { pinnedConnector } from "./pinned-connector.ts";
import { acceptedCodings, readBody } from "./read-body.ts";
import type { VettedUrl } from "./validate-url.ts";

/** User agent, and limits for requests that don't set their own. */
export interface HopPolicy {
  readonly userAgent: string;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Result of one hop: a response or a redirect. */
export type HopResult =
  { readonly response: GuardedResponse } | { readonly status: number; readonly location: string };

/**
 * Makes one request on its own connection, which is always closed afterwards. Doesn't follow redirects.
 *
 * @param redirects URLs of the hops before this one, copied to the response.
 * @throws FetchError
 */
export async function fetchHop(
  { url, addresses }: VettedUrl,
  request: GuardedRequest,
  policy: HopPolicy,
  signal: AbortSignal,
  redirects: readonly string[],
): Promise<HopResult> {
  const client = new Client(url.origin, {
    connect: pinnedConnector(addresses, request.timeoutMs ?? policy.timeoutMs),
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  try {
    const data = await client.request(requestOptions(url, request, policy, signal));
    // Destroying an unread body emits an error, which is irrelevant by then.
    data.body.on("error", () => undefined);
    const headers = (name: string) => headerValues(data.headers[name.toLowerCase()]);
    const location = headers("location")[0];
    if (redirectStatuses.has(data.statusCode) && location !== undefined) {
      return { status: data.statusCode, location };
    }
    return { response: await readResponse(url, data, headers, request, policy, redirects) };
  } catch (cause) {
    if (cause instanceof FetchError) throw cause;
    throw new FetchError("network", url.href, `${url.host} can't be reached: ${messageOf(cause)}`, { cause });
  } finally {
    await client.destroy();
  }
}

function requestOptions(
  url: URL,
  request: GuardedRequest,
  policy: HopPolicy,
  signal: AbortSignal,
): Dispatcher.RequestOptions {
  return {
    path: `${url.pathname}${url.search}`,
    method: request.method ?? "GET",
    headers: {
      "user-agent": policy.userAgent,
      accept: request.accept ?? "*/*",
      "accept-encoding": acceptedCodings,
      ...(request.bearer === undefined ? {} : { authorization: `Bearer ${request.bearer}` }),
      ...(request.ifNoneMatch === undefined ? {} : { "if-none-match": request.ifNoneMatch }),
      ...(request.ifModifiedSince === undefined ? {} : { "if-modified-since": request.ifModifiedSince }),
      ...(request.body === undefined ? {} : { "content-type": request.body.type }),
    },
    body: request.body?.content ?? null,
    signal,
  };
}

async function readResponse(
  url: URL,
  data: Dispatcher.ResponseData,
  headers: (name: string) => readonly string[],
  request: GuardedRequest,
  policy: HopPolicy,
  redirects: readonly string[],
): Promise<GuardedResponse> {
  const contentType = headers("content-type")[0] ?? null;
  const mediaType = mediaTypeOf(contentType);
  const isSkipped = !(request.wants?.(mediaType) ?? true);
  if (isSkipped && request.whenUnwanted === "fail") {
    throw new FetchError("content-type", url.href, `The response is ${mediaType ?? "of unknown type"}`);
  }
  const limits = {
    maxBytes: request.maxBytes ?? policy.maxBytes,
    whenTooLarge: request.whenTooLarge ?? "fail",
  };
  const body = isSkipped
    ? { bytes: Buffer.alloc(0), isTruncated: false }
    : await readBody(data.body, headers("content-encoding").join(", ") || null, limits, url.href);
  return {
    url: url.href,
    redirects,
    status: data.statusCode,
    header: (name) => headers(name)[0] ?? null,
    headers,
    mediaType,
    ...body,
    isSkipped,
    text: () => decodeText(body.bytes, contentType),
  };
}

/** Decodes header values as UTF-8 if they are valid UTF-8 (common in redirects), else as Latin-1. */
function headerValues(value: string | string[] | undefined): readonly string[] {
  const values = value === undefined ? [] : typeof value === "string" ? [value] : value;
  return values.map((latin1) => {
    const utf8 = Buffer.from(latin1, "latin1").toString("utf8");
    return (utf8.includes("\uFFFD") ? latin1 : utf8).trim();
  });
}

function messageOf(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(messageOf).join("; ");
  // OpenSSL's messages contain error numbers and source locations; `reason` is the readable part.
  if (cause instanceof Error && "reason" in cause && typeof cause.reason === "string") return cause.reason;
  return cause instanceof Error ? cause.message : String(cause);
}
